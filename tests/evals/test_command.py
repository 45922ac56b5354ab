"""The command ends in 1, and says why, when a figure fell."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.settings import Settings
from evals import __main__ as command
from evals import baseline
from evals.baseline import accept
from evals.cases import Case, CaseSet, choose, load_cases
from evals.results import summarise
from evals.running import Record
from tests.evals.builders import a_record, an_answer


def records(cases: list[Case], outcome: str) -> list[Record]:
    """The same outcome for every case."""
    return [a_record(case, an_answer(outcome=outcome)) for case in cases]


@pytest.fixture
def accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A baseline of a run that answered everything, in place of the real one."""
    path = tmp_path / "baseline.json"
    accept(summarise(records(choose(load_cases(), CaseSet.REPORT), "answered"), scope="all", embedding_model=""), path)
    monkeypatch.setattr(baseline.check_baseline, "__defaults__", (path,))
    return path


@pytest.mark.parametrize(
    ("outcome", "code", "said"),
    [("answered", 0, "no figure fell"), ("unanswerable", 1, "answerable_answered: fell from 1.000 to 0.000")],
)
def test_a_check_ends_in_one_when_a_figure_fell(
    accepted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: str, code: int, said: str
) -> None:
    async def ask(settings: Settings, cases: list[Case]) -> list[Record]:
        return records(cases, outcome)

    monkeypatch.setattr(command, "_ask", ask)

    ended = CliRunner().invoke(command.app, ["run", "--set", "report", "--check", "--out", str(tmp_path / "out")])

    assert ended.exit_code == code
    assert said in ended.output


def test_a_report_needs_a_run_first(tmp_path: Path) -> None:
    ended = CliRunner().invoke(command.app, ["report", "--out", str(tmp_path)])

    assert ended.exit_code == 2
    # The line breaks where the folder's name says so.
    assert "is not there" in " ".join(ended.output.replace("│", " ").split())
