"""A server opens its encoder before the rest of it is imported; what does not serve opens none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest

from assistant.embedding import bundled
from assistant.embedding.early import start_encoder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    opened: list[bool] = []
    monkeypatch.setattr(bundled, "opening", lambda: opened.append(True))
    return opened


@pytest.mark.parametrize("arguments", [[], ["--port", "8001"], ["--mcp"]])
def test_a_server_opens_it_at_once(opened: list[bool], arguments: Sequence[str]) -> None:
    start_encoder(arguments)

    assert opened == [True]


@pytest.mark.parametrize("arguments", [["doctor"], ["--help"], ["add-editor", "--chief"]])
def test_a_command_that_answers_nothing_does_not(opened: list[bool], arguments: Sequence[str]) -> None:
    start_encoder(arguments)

    assert opened == []


@pytest.mark.parametrize(
    ("setting", "value"), [("EMBEDDING_MODEL", "een/ander-model"), ("PORT", "geen-poort")], ids=["another", "a mistake"]
)
def test_settings_that_want_no_such_encoder_get_none(
    opened: list[bool], monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv(setting, value)

    start_encoder([])

    assert opened == []


def test_embedders_of_one_process_share_the_engine() -> None:
    assert bundled.BundledEmbedder()._opening is bundled.BundledEmbedder()._opening


@pytest.mark.parametrize("module", ["assistant.assistant", "fastapi", "sqlalchemy", "openvino"])
def test_what_begins_early_waits_for_nothing_that_takes_long(module: str) -> None:
    seen = f"import sys, assistant.embedding.early; sys.exit({module!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0
