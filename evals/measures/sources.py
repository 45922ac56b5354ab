"""Whether the right sources stand under the answer, and carry it to the letter."""

from __future__ import annotations

from evals.citing import check_citations
from evals.intervals import Count
from evals.judging import cites_right_source, cites_right_source_first, expects_source, holds_forbidden, states
from evals.measures.measure import Measure, yes_or_no
from evals.measures.outcomes import must_be_answered
from evals.running import Record


def _is_foreign(record: Record) -> bool:
    return record.case.expect.language not in (None, "nl")


def _is_foreign_and_understood(record: Record) -> bool:
    """A crisis or a refusal is answered before the language is looked at."""
    return _is_foreign(record) and "UnderstandQuestion" in record.turn.milliseconds


def _is_foreign_and_cites(record: Record) -> bool:
    return _is_foreign(record) and expects_source(record)


def _language_is_right(record: Record) -> bool:
    return record.answer.language == record.case.expect.language


def _asks_facts(record: Record) -> bool:
    return bool(record.case.expect.facts) and (expects_source(record) or must_be_answered(record))


def _states_facts(record: Record) -> bool:
    return all(states(record.answer, fact) for fact in record.case.expect.facts)


def _has_forbidden(record: Record) -> bool:
    return bool(record.case.expect.forbidden)


def _quotes(record: Record) -> Count:
    citations = record.answer.citations
    return float(sum(c.quote in c.source.text for c in citations)), float(len(citations))


def _supported(record: Record) -> Count:
    check = check_citations(record.answer)
    return float(len(check.supported)), float(len(check.supported) + len(check.unsupported))


def _marked(record: Record) -> Count:
    check = check_citations(record.answer)
    marked = len(check.supported) + len(check.unsupported)
    return float(marked), float(marked + len(check.uncited))


_SOURCES, _CITATIONS, _LANGUAGE = "Sources", "Citations, checked to the letter", "Other languages"

SOURCES: tuple[Measure, ...] = (
    Measure(
        "source_cited",
        _SOURCES,
        "A right source is cited",
        yes_or_no(expects_source, cites_right_source),
        failure="no right source",
    ),
    Measure(
        "source_first",
        _SOURCES,
        "The first citation is a right source",
        yes_or_no(expects_source, cites_right_source_first),
    ),
    Measure(
        "facts_stated", _SOURCES, "The asked facts are stated", yes_or_no(_asks_facts, _states_facts), "fact missing"
    ),
    Measure(
        "forbidden_stated",
        _SOURCES,
        "Something forbidden is stated",
        yes_or_no(_has_forbidden, holds_forbidden),
        failure="forbidden words",
        lower_is_better=True,
    ),
    Measure("quotes_literal", _CITATIONS, "Quotes that stand in their source", _quotes, failure="quote not in source"),
    Measure(
        "citation_precision",
        _CITATIONS,
        "Marked sentences that their source carries",
        _supported,
        failure="sentence not in source",
    ),
    Measure("facts_marked", _CITATIONS, "Factual sentences that have a mark", _marked, failure="fact without a mark"),
    Measure(
        "language_recognised",
        _LANGUAGE,
        "The language is recognised",
        yes_or_no(_is_foreign_and_understood, _language_is_right),
        failure="wrong language",
    ),
    Measure(
        "language_source_cited",
        _LANGUAGE,
        "A right source is cited for a question in another language",
        yes_or_no(_is_foreign_and_cites, cites_right_source),
    ),
)
