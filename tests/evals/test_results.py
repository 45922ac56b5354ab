"""A run is summed up by set, and the report set keeps its secrets."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Evidence
from evals.curves import reliability
from evals.reporting import as_html, as_markdown, write_report
from evals.results import GROUPS, Results, read_results, summarise
from evals.running import Record
from tests.evals.builders import a_case, a_record, an_answer
from tests.fakes import a_passage, a_source

SECRET = "Waar kan ik [stil] *huilen*?"


def a_run(*, set: str = "tune", outcome: str = "suggested") -> Results:
    """Two cases of which one has a wrong outcome."""
    case = a_case(set=set, sources=["emmen-inloop"]).model_copy(update={"question": SECRET})
    records = [a_record(case), a_record(case, an_answer(outcome=outcome))]
    return summarise(records, scope="all", embedding_model="fake:hashing")


def test_the_confusion_matrix_counts_expected_against_given() -> None:
    (chosen,) = a_run(outcome="crisis_danger").sets

    row = chosen.confusion[GROUPS.index("answered")]
    assert (row[GROUPS.index("answered")], row[GROUPS.index("crisis")]) == (1, 1)
    assert sum(map(sum, chosen.confusion)) == 2


def test_an_accepted_outcome_is_no_confusion() -> None:
    record = a_record(a_case(outcome=["unanswerable", "suggested"]), an_answer(outcome="suggested"))

    (chosen,) = summarise([record], scope="all", embedding_model="").sets

    suggested = GROUPS.index("suggested")
    assert chosen.confusion[suggested][suggested] == 1


def test_a_tune_failure_is_told_and_a_report_failure_only_named() -> None:
    told, named = as_markdown(a_run(set="tune")), as_markdown(a_run(set="report"))

    assert "“Waar kan ik \\[stil] \\*huilen\\*?”: wrong outcome; expected answered, got suggested" in told
    assert "- `a-001`: wrong outcome" in named
    assert "huilen" not in named
    assert "huilen" not in a_run(set="report").model_dump_json()


def test_the_report_set_comes_first_and_says_what_it_is() -> None:
    records = [a_record(a_case(set="tune")), a_record(a_case(set="report"))]

    text = as_markdown(summarise(records, scope="all", embedding_model=""))

    assert text.index("figures to quote") < text.index("not to quote")


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = as_html(a_run())

    assert page.count("<svg") == 3
    assert "<script" not in page
    assert 'src="' not in page
    assert "<link" not in page


def test_a_run_can_be_written_and_read_back(tmp_path: Path) -> None:
    results = a_run()

    paths = write_report(results, tmp_path)

    assert {path.name for path in paths} == {"report.md", "report.html", "results.json"}
    assert all(path.parent == tmp_path for path in paths)
    assert read_results(tmp_path / "results.json") == results


def test_latency_is_counted_over_the_turns_that_reach_a_step() -> None:
    records = [a_record(milliseconds={"A": 1.0}), a_record(milliseconds={"A": 3.0, "B": 10.0})]

    (chosen,) = summarise(records, scope="all", embedding_model="").sets

    assert [(row.step, row.p50, row.turns) for row in chosen.latency] == [
        ("A", 2.0, 2),
        ("B", 10.0, 1),
        ("whole", 7.0, 2),
    ]


def test_reliability_sets_the_calibrated_chance_against_what_was_found() -> None:
    bins = reliability([judged(0.2, right=False)] * 16 + [judged(0.9, right=True)] * 16)

    assert [(round(b.score, 2), b.found, b.cases) for b in bins] == [(0.2, 0.0, 4)] * 4 + [(0.9, 1.0, 4)] * 4


def test_a_turn_whose_evidence_was_not_weighed_says_nothing_about_reliability() -> None:
    unweighed = a_record(a_case(sources=["emmen-inloop"]), passages=(a_passage(),))

    assert reliability([unweighed] * 40) == ()


def test_what_the_corpus_cannot_answer_counts_as_not_found_at_its_own_chance() -> None:
    beyond = a_record(a_case(outcome=["unanswerable"]), passages=(a_passage(),), evidence=Evidence(0.3))

    assert {(round(b.score, 2), b.found) for b in reliability([beyond] * 32)} == {(0.3, 0.0)}


def judged(probability: float, *, right: bool) -> Record:
    """A record that was given this chance, and whose best passage is or is not a right one."""
    passage = a_passage(a_source("emmen-inloop" if right else "nl-ander"))
    return a_record(a_case(sources=["emmen-inloop"]), passages=(passage,), evidence=Evidence(probability))
