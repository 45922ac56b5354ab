"""Cases, answers and records that fill in what a test is not about."""

from __future__ import annotations

from assistant.domain import Answer, Card, Citation, Evidence, Outcome, Passage, Source
from evals.cases import Case
from evals.running import Record
from tests.fakes import a_source, a_turn


def a_case(*, group: str = "resident-plain", set: str = "tune", **expect: object) -> Case:
    """A question that must be answered, unless `expect` says otherwise."""
    expected = {"outcome": ["answered"], **expect}
    return Case.model_validate(
        {"id": "a-001", "group": group, "set": set, "question": "Waar kan ik mensen ontmoeten?", "expect": expected}
    )


def a_citation_of(source: Source, *, number: int = 1, quote: str | None = None) -> Citation:
    """A citation of the whole source, unless it names a quote."""
    return Citation(number, source, source.text if quote is None else quote, source.url, stale=False)


def an_answer(
    text: str = "Aanmelden hoeft niet. [1]", *sources: Source, outcome: str = "answered", cards: tuple[Card, ...] = ()
) -> Answer:
    """An answer that cites the given sources in order, or the inloop in Emmen when it gives none."""
    cited = sources or (a_source(),)
    citations = tuple(a_citation_of(source, number=n) for n, source in enumerate(cited, 1))
    return Answer(Outcome(outcome), text, citations, cards)


def a_record(
    case: Case | None = None,
    answer: Answer | None = None,
    *,
    passages: tuple[Passage, ...] = (),
    milliseconds: dict[str, float] | None = None,
    evidence: Evidence | None = None,
) -> Record:
    """A case that went through every step."""
    times = {"UnderstandQuestion": 1.0, "FindPassages": 20.0} if milliseconds is None else milliseconds
    turn = a_turn(answer=answer or an_answer(), passages=passages, milliseconds=times, evidence=evidence)
    return Record(case or a_case(), turn)
