"""The threat model names a test for everything that it claims, and each of those tests exists."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import REPOSITORY

MODEL = (REPOSITORY / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", MODEL)))
ROWS = [line for line in MODEL.splitlines() if re.match(r"\| (?:V\d|LLM\d| \|)", line)]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_every_test_that_is_named_exists(path: str, name: str) -> None:
    tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_chapter_and_every_risk_is_there() -> None:
    chapters = {int(number) for number in re.findall(r"\bV(\d+)\b", MODEL)}
    risks = set(re.findall(r"\bLLM\d\d\b", MODEL))

    assert chapters == set(range(1, 18))
    assert risks == {f"LLM{number:02}" for number in range(1, 11)}


def test_every_claim_has_its_test() -> None:
    assert len(NAMED) > 40
    assert [row for row in ROWS if "`tests/" not in row and "not used" not in row] == []
