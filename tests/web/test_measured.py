from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from web.measured import read_measured


def a_figure(name: str, value: float = 0.5, cases: int = 10) -> dict[str, object]:
    return {"name": name, "value": value, "low": 0.4, "high": 0.6, "cases": cases}


def write(folder: Path, *sets: dict[str, object]) -> Path:
    path = folder / "results.json"
    path.write_text(json.dumps({"created": "2026-11-23T02:44:29+00:00", "scope": "all", "sets": sets}), "utf-8")
    return path


def test_only_the_unseen_questions_are_quoted(tmp_path: Path) -> None:
    tuned = {"name": "tune", "cases": 500, "figures": [a_figure("crisis_seen", 1.0)]}
    unseen = {"name": "report", "cases": 297, "figures": [a_figure("crisis_seen", 0.9), a_figure("ndcg_at_10")]}

    measured = read_measured(write(tmp_path, tuned, unseen))

    assert measured is not None
    assert (measured.day, measured.cases) == ("2026-11-23", 297)
    assert [(figure.name, figure.hits) for figure in measured.figures] == [("crisis_seen", 9)]


def test_a_run_without_unseen_questions_is_not_quoted(tmp_path: Path) -> None:
    assert read_measured(write(tmp_path, {"name": "tune", "cases": 5, "figures": []})) is None


def test_no_report_is_no_figures(tmp_path: Path) -> None:
    assert read_measured(tmp_path / "results.json") is None


@pytest.mark.parametrize("content", ["", "[]", '{"created": 1}'])
def test_a_broken_report_is_no_figures_and_a_warning(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "results.json"
    path.write_text(content, "utf-8")

    with caplog.at_level(logging.WARNING):
        assert read_measured(path) is None
    assert "cannot be read" in caplog.text


def test_the_report_of_this_repository_can_be_read() -> None:
    measured = read_measured()

    assert measured is not None
    assert measured.figures
