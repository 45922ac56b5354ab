"""Decides whether the passages answer the question: surely, perhaps, only elsewhere, or not at all."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import Outcome, Passage, Turn

SURE = 0.845
PERHAPS = 0.825


class JudgeCoverage:
    """Fills `outcome`. The limits are calibrated on the tuning set of `evals`."""

    async def __call__(self, turn: Turn) -> Turn:
        return replace(turn, outcome=judge(turn))


def judge(turn: Turn) -> Outcome:
    """The outcome that the evidence allows."""
    here = best(turn.passages)
    if turn.places and not turn.municipality:
        return Outcome.SUGGESTED if here >= SURE else Outcome.UNANSWERABLE
    if turn.about and turn.passages:
        return Outcome.ANSWERED
    if here >= SURE:
        return Outcome.ANSWERED
    if best(turn.elsewhere) >= max(SURE, here + 0.02):
        return Outcome.ANSWERED_ELSEWHERE
    return Outcome.SUGGESTED if here >= PERHAPS else Outcome.UNANSWERABLE


def best(passages: tuple[Passage, ...]) -> float:
    """The highest fused score, 0 when nothing was found."""
    return max((passage.scores.fused for passage in passages), default=0.0)
