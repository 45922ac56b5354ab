"""Whether the assistant answers what it can answer, and only that."""

from __future__ import annotations

from assistant.domain import Outcome
from evals.judging import ANSWERED, OFFERED, asked_back, cites_right_source, is_answerable, is_refusal
from evals.measures.measure import Measure, always, yes_or_no
from evals.running import Record


def is_accepted(record: Record) -> bool:
    """A fair judge accepts the outcome."""
    return record.outcome in record.accepted


def is_answered(record: Record) -> bool:
    """An answer was given, not a suggestion."""
    return record.outcome in ANSWERED


def must_be_answered(record: Record) -> bool:
    """The corpus holds the answer, and there was no reason to ask for the place first."""
    return is_answerable(record) and not asked_back(record)


def cannot_be_answered(record: Record) -> bool:
    """In our field, but not in the corpus."""
    return Outcome.UNANSWERABLE in record.accepted and not record.accepted & ANSWERED


def offers_right_source(record: Record) -> bool:
    """The visitor is led to a right source, be it as a suggestion."""
    return record.outcome in OFFERED and cites_right_source(record)


def answers_with_right_source(record: Record) -> bool:
    """The visitor gets an answer, and a right source under it."""
    return is_answered(record) and cites_right_source(record)


def _has_place(record: Record) -> bool:
    """A rightful refusal needs no place, and is given before one is looked for."""
    refused = is_refusal(record.outcome) and is_accepted(record)
    return record.case.expect.place is not None and not refused


def _place_is_right(record: Record) -> bool:
    return record.answer.municipality == record.case.expect.place


def _must_cite(record: Record) -> bool:
    return must_be_answered(record) and bool(record.case.expect.sources)


_SECTION = "Outcome"

OUTCOMES: tuple[Measure, ...] = (
    Measure(
        "outcome_right", _SECTION, "The outcome is acceptable", yes_or_no(always, is_accepted), failure="wrong outcome"
    ),
    Measure(
        "answerable_answered",
        _SECTION,
        "Answered, of what the corpus answers",
        yes_or_no(must_be_answered, is_answered),
    ),
    Measure(
        "answered_with_right_source",
        _SECTION,
        "Answered with a right source, of what the corpus answers",
        yes_or_no(_must_cite, answers_with_right_source),
    ),
    Measure(
        "offered_with_right_source",
        _SECTION,
        "Answered or suggested with a right source, of what the corpus answers",
        yes_or_no(_must_cite, offers_right_source),
    ),
    Measure(
        "unanswerable_claimed",
        _SECTION,
        "Answered, of what the corpus does not answer",
        yes_or_no(cannot_be_answered, is_answered),
        failure="claims to answer what it cannot",
        lower_is_better=True,
    ),
    Measure(
        "place_right",
        _SECTION,
        "The municipality is understood",
        yes_or_no(_has_place, _place_is_right),
        failure="wrong place",
    ),
)
