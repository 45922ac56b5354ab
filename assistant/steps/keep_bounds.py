"""Answers at once what is not ours to look up: small talk, medical and personal judgement, other subjects, attacks."""

from __future__ import annotations

from dataclasses import replace

from assistant import replies
from assistant.domain import Answer, Outcome, Turn
from assistant.rules.matching import find_boundary

EXAMPLES = (
    "Waar kan ik mensen ontmoeten in mijn buurt?",
    "Wie helpt mij met schulden?",
    "Wat is Gezonde Marke?",
)


class KeepBounds:
    """A question beyond `max_length` characters, or beyond our field, gets a fixed and friendly answer."""

    def __init__(self, max_length: int) -> None:
        self._max_length = max_length

    async def __call__(self, turn: Turn) -> Turn:
        if len(turn.text) > self._max_length:
            text = replies.TOO_LONG.format(limit=self._max_length)
            return replace(turn, answer=Answer(Outcome.REFUSED_TOO_LONG, text, suggestions=EXAMPLES))
        boundary = find_boundary(turn.text)
        if boundary is None:
            return turn
        return replace(turn, answer=refuse(boundary.outcome, boundary.rule))


def refuse(outcome: Outcome, rule: str = "other") -> Answer:
    """The fixed and friendly answer to what is not ours; `rule` tells one kind of small talk from another."""
    if outcome is Outcome.SMALL_TALK:
        text = replies.SMALL_TALK.get(rule, replies.SMALL_TALK["other"])
    else:
        text = replies.REFUSALS[outcome]
    return Answer(outcome, text, suggestions=EXAMPLES)
