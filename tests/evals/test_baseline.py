"""A figure that falls out of its accepted interval is named; one that moves within it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.baseline import BaselineError, accept, check_baseline, find_falls
from evals.results import Figure, Results, summarise
from tests.evals.builders import a_case, a_record, an_answer


def a_figure(name: str = "outcome_right", value: float = 0.8, low: float = 0.7, high: float = 0.9) -> Figure:
    return Figure(name=name, value=value, low=low, high=high, cases=100)


def a_run(*outcomes: str, scope: str = "report") -> Results:
    """A case for each outcome, all of which should have been answered."""
    case_set = "tune" if scope in ("public", "tune") else "report"
    records = [a_record(a_case(set=case_set), an_answer(outcome=outcome)) for outcome in outcomes]
    return summarise(records, scope=scope, embedding_model="")


@pytest.mark.parametrize(
    ("name", "now", "falls"),
    [
        ("outcome_right", 0.71, []),
        ("outcome_right", 0.95, []),
        ("outcome_right", 0.69, ["outcome_right: fell from 0.800 to 0.690, below 0.700"]),
        ("false_alarm_other", 0.69, []),
        ("false_alarm_other", 0.91, ["false_alarm_other: rose from 0.800 to 0.910, above 0.900"]),
    ],
    ids=["within", "better", "below", "lower is better", "above where low is better"],
)
def test_a_fall_is_outside_the_interval_on_the_wrong_side(name: str, now: float, falls: list[str]) -> None:
    assert find_falls({name: a_figure(name, now)}, {name: a_figure(name)}) == falls


def test_a_measure_that_is_gone_is_a_fall() -> None:
    assert find_falls({}, {"outcome_right": a_figure()}) == [
        "outcome_right: was 0.800, and applies to no case any more"
    ]


def test_a_run_is_no_fall_from_itself_and_a_worse_one_is(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    good = a_run(*["answered"] * 5, "suggested")

    accept(good, path)

    assert check_baseline(good, path) == []
    assert any(line.startswith("outcome_right: fell") for line in check_baseline(a_run(*["suggested"] * 6), path))


def test_a_mean_of_words_is_not_held_to_the_baseline(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"

    accept(a_run("answered"), path)

    assert "sentence_length" not in path.read_text("utf-8")


def test_the_public_run_has_a_baseline_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    accept(a_run("suggested"), path)
    accept(a_run("answered", scope="public"), path)

    assert check_baseline(a_run("suggested"), path) == []
    assert check_baseline(a_run("suggested", scope="public"), path) != []


def test_without_a_baseline_the_check_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="--accept"):
        check_baseline(a_run("answered"), tmp_path / "baseline.json")


def test_a_run_without_report_cases_cannot_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    accept(a_run("answered"), path)

    with pytest.raises(BaselineError, match="no report set"):
        check_baseline(a_run("answered", scope="tune"), path)
