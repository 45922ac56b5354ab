"""Transcripts show good and bad answers of the tuning set, and never one of the report set."""

from __future__ import annotations

from evals.running import Record
from evals.transcripts import choose_records, transcripts
from tests.evals.builders import a_case, a_record, an_answer


def records(set: str = "tune") -> list[Record]:
    """Ten good and ten bad ones, in two groups."""
    groups = ("village", "resident-plain")
    return [
        a_record(
            a_case(group=groups[n % 2], set=set).model_copy(update={"id": f"{outcome[:3]}-{n:03}"}),
            an_answer(outcome=outcome),
        )
        for outcome in ("answered", "unanswerable")
        for n in range(10)
    ]


def test_half_of_the_chosen_records_miss_something() -> None:
    chosen = choose_records(records(), 6, seed=1)

    assert [record.outcome for record in chosen] == ["answered"] * 3 + ["unanswerable"] * 3


def test_every_group_comes_once_before_one_comes_twice() -> None:
    chosen = choose_records(records(), 4, seed=1)

    assert [record.case.group for record in chosen] == ["resident-plain", "village"] * 2


def test_the_report_set_is_never_shown() -> None:
    assert choose_records(records(set="report"), 6, seed=1) == []


def test_the_same_seed_chooses_the_same_cases() -> None:
    first, again, other = (choose_records(records(), 6, seed=seed) for seed in (1, 1, 2))

    assert first == again != other


def test_a_transcript_has_the_question_the_answer_its_quotes_and_what_is_wrong() -> None:
    page = transcripts([a_record(), a_record(answer=an_answer(outcome="unanswerable"))])

    assert "**Visitor:** Waar kan ik mensen ontmoeten?" in page
    assert "**Markewijzer** (`answered`): Aanmelden hoeft niet. [1]" in page
    assert "- [1] " in page
    assert page.count("*Missed: nothing.*") == 1
