"""Decides whether the passages answer the question: surely, perhaps, only elsewhere, or not at all."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import Outcome, Passage, Source, Turn
from assistant.evidence import calibration, weigh
from assistant.language.details import missing_details
from assistant.library import Library
from assistant.replies import REFUSALS
from assistant.rules.examples import nearest_outcome
from assistant.rules.meaning import likely_refusal
from assistant.steps.find_passages import is_outside
from assistant.steps.keep_bounds import refuse
from assistant.steps.rank_passages import names_the_village
from assistant.steps.recognise_meaning import asks_something

ELSEWHERE_LEAD, SURE_HERE_LEAD = 0.03, 0.045
"""How much better a source of another municipality must fit before the answer is sought there."""

WIDER_LEAD = 0.015
"""How much better local help must fit than help for all of Drenthe before we ask for the municipality."""

BEYOND_LEAD = 0.015
"""How much nearer an example of what we do not know must lie than any source, so that no source is even suggested."""

SAME_QUESTION = 0.995
"""Cosine from which a question is one that the editors wrote with the best source: that source surely answers it."""

FULLY = 0.99
"""Share of the words from which the best source is always worth a suggestion (“bijstand Rolde”)."""

NEAREST_LEAD = 0.02
"""Lead (in cosine) with which one example makes a refusal of what we cannot answer, whatever the whole meaning says."""

CHOICES = 6
NEAR_CHOICE = 0.04
"""How far below the best passage local help may lie and still make us ask which municipality is meant."""


FOUND = frozenset({Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE, Outcome.CLARIFY_MUNICIPALITY})


class JudgeCoverage:
    """Fills `evidence` and `outcome`; what we cannot answer and lies nearest to a refusal is refused as that."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        turn = replace(turn, evidence=weigh(turn, self._library))
        turn = replace(turn, passages=telling_first(turn)) if turn.about else settled(turn)
        outcome = judge(turn)
        refusal = None if outcome in FOUND or turn.leans_back else nearest_refusal(turn)
        if refusal is not None:
            return replace(turn, outcome=refusal, answer=refuse(refusal))
        return replace(turn, outcome=outcome)


def judge(turn: Turn) -> Outcome:
    """The outcome that the evidence allows."""
    limits, evidence = calibration(), turn.evidence
    assert evidence is not None
    if not turn.passages:
        return Outcome.UNANSWERABLE
    if turn.about:
        hedged = bool(turn.history) and turn.history[-1].outcome is Outcome.SUGGESTED
        return Outcome.SUGGESTED if evidence.missing or hedged else Outcome.ANSWERED
    is_whole = not evidence.missing and not evidence.unknown_names
    is_written = turn.passages[0].scores.question >= SAME_QUESTION
    sure = is_whole and (evidence.probability >= limits["sure"] or is_written)
    perhaps = is_whole and evidence.probability >= limits["perhaps"]
    if is_outside(turn):
        return Outcome.SUGGESTED if perhaps else Outcome.UNANSWERABLE
    if perhaps and depends_on_choice(turn):
        return Outcome.CLARIFY_MUNICIPALITY
    if perhaps and needs_place(turn):
        return Outcome.CLARIFY_MUNICIPALITY
    if is_elsewhere(turn, lead=SURE_HERE_LEAD if sure else ELSEWHERE_LEAD):
        return Outcome.ANSWERED_ELSEWHERE
    if sure:
        return Outcome.ANSWERED
    if evidence.features.get("covered", 0.0) >= FULLY:
        return Outcome.SUGGESTED
    if turn.beyond and turn.beyond.score - turn.best_question >= BEYOND_LEAD:
        return Outcome.UNANSWERABLE
    return Outcome.SUGGESTED if evidence.probability >= limits["perhaps"] else Outcome.UNANSWERABLE


def nearest_refusal(turn: Turn) -> Outcome | None:
    """The refusal that a question without an answer most looks like."""
    nearest = nearest_outcome(turn.nearest, turn.best_question, lead=NEAREST_LEAD if turn.meaning else 0.0)
    refusal = likely_refusal(turn.meaning, turn.nearest, turn.best_question)
    refusal = refusal or (nearest if nearest in REFUSALS else None)
    return None if refusal is Outcome.SMALL_TALK and asks_something(turn) else refusal


def is_elsewhere(turn: Turn, lead: float) -> bool:
    """Whether a service of another municipality fits better, by `lead`, than anything that the asked one can use."""
    if not turn.elsewhere or turn.wants_list or not turn.municipality:
        return False
    best = turn.elsewhere[0]
    here = max(p.scores.base for p in turn.passages)
    return best.source.is_help and best.scores.base >= here + lead


def needs_place(turn: Turn) -> bool:
    """Whether somebody asks for help without a place, and the best answers are services of different municipalities.

    Asked once only: who does not want to say gets an answer.
    """
    if turn.municipality or not turn.about_me or turn.wants_list or _asked_before(turn):
        return False
    helps = [p for p in turn.passages[:CHOICES] if p.source.is_help]
    local = [p for p in helps if is_local(p.source)]
    wider = max((p.scores.base for p in turn.passages if p.source.is_help and not is_local(p.source)), default=0.0)
    places = {m for p in local for m in p.source.municipalities}
    return len(places) > 1 and _leads(local[0], wider)


def depends_on_choice(turn: Turn) -> bool:
    """Whether a name that several municipalities have stands in a question that each of them answers for itself."""
    if not turn.choices or _asked_before(turn):
        return False
    best = turn.passages[0].scores.fused
    return any(is_local(p.source) for p in turn.passages[:CHOICES] if p.scores.fused >= best - NEAR_CHOICE)


def settled(turn: Turn) -> Turn:
    """The turn with the municipality of the best source, where a name has several and that source speaks of the place.

    “Inloop Veenhuizen” is the Veenhuizen that has one; what serves the other one only falls out.
    """
    if not turn.choices or not turn.passages or not names_the_village(turn.passages[0].source, turn.places):
        return turn
    meant = [m for m in turn.passages[0].source.municipalities if m in turn.choices]
    if len(meant) != 1:
        return turn
    served = [p for p in turn.passages if not is_local(p.source) or meant[0] in p.source.municipalities]
    return replace(turn, municipality=meant[0], choices=(), passages=tuple(served))


def telling_first(turn: Turn) -> tuple[Passage, ...]:
    """The passages of a follow-up, those first that hold the fact that it asks for."""
    return tuple(sorted(turn.passages, key=lambda passage: len(missing_details(turn.text, passage.source))))


def is_local(source: Source) -> bool:
    """Whether it serves some municipalities only."""
    return not any(where.startswith("heel ") for where in source.municipalities)


def _asked_before(turn: Turn) -> bool:
    return any(exchange.outcome is Outcome.CLARIFY_MUNICIPALITY for exchange in turn.history)


def _leads(passage: Passage, wider: float) -> bool:
    return passage.scores.base >= wider + WIDER_LEAD
