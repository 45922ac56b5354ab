"""Catches by meaning what the rules on words missed: a crisis in unheard words, or a question that is not ours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.domain import Beyond, Outcome, Turn
from assistant.library import Library
from assistant.rules.examples import nearest_outcome
from assistant.rules.matching import names_somebody
from assistant.rules.meaning import (
    OURS,
    SURELY_OURS,
    Meaning,
    learned_meaning,
    nearest_unknown,
    sure_crisis,
    sure_refusal,
)
from assistant.steps.keep_bounds import refuse
from assistant.steps.watch_for_crisis import answer_crisis

logger = logging.getLogger(__name__)


class RecogniseMeaning:
    """Answers a turn that by its meaning is a crisis or not ours, and fills `meaning`.

    In a follow-up only the words of the question itself are looked at, and only for a crisis: what else they mean
    depends on the conversation. With an encoder that no weights were learned for, the nearest example alone decides.
    """

    def __init__(self, library: Library, learned: Callable[[str], Meaning | None] = learned_meaning) -> None:
        self._library = library
        self._learned = learned(library.manifest.embedding_model)

    async def __call__(self, turn: Turn) -> Turn:
        asked = turn.text if turn.leans_back else turn.search_text
        if self._learned and asked:
            turn = understood(turn, self._learned.shares(await self._library.search.encoding(asked)))
        outcome = await self._outcome(turn, asked)
        if outcome is None:
            return turn
        if outcome.is_crisis:
            logger.warning("a crisis was recognised by meaning: %s", outcome)
            return replace(turn, outcome=outcome, answer=await answer_crisis(self._library, outcome, turn.municipality))
        return replace(turn, outcome=outcome, answer=refuse(outcome))

    async def _outcome(self, turn: Turn, asked: str) -> Outcome | None:
        nearest, best_question = turn.nearest, turn.best_question
        if turn.leans_back:
            nearest, best_question = await self._library.search.examples(asked, asked)
        outcome = recognised(turn.meaning, nearest, best_question)
        if outcome is None or (turn.leans_back and not outcome.is_crisis):
            return None
        if outcome.is_crisis and turn.language == "nl" and not names_somebody(turn.text):
            return None
        return None if outcome is Outcome.SMALL_TALK and asks_something(turn) else outcome


def asks_something(turn: Turn) -> bool:
    """Whether a turn names a place, a need or distress: however short, that is no small talk."""
    return bool(turn.places or turn.needs or turn.distressed)


def understood(turn: Turn, meaning: Mapping[str, float]) -> Turn:
    """The turn with its meaning; when it is surely ours, only what no source knows still speaks against an answer."""
    ours = meaning.get(OURS, 0.0) >= SURELY_OURS
    return replace(turn, meaning=meaning, beyond=nearest_unknown(turn.nearest) if ours else turn.beyond)


def recognised(meaning: Mapping[str, float], nearest: Sequence[Beyond], best_question: float) -> Outcome | None:
    """The crisis or refusal that a question surely is by its meaning, None in doubt."""
    if not meaning:
        return nearest_outcome(nearest, best_question)
    return sure_crisis(meaning, nearest, best_question) or sure_refusal(meaning, nearest, best_question)
