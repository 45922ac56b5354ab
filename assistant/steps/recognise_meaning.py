"""Catches by meaning what the rules on words missed: a crisis in unheard words, or a question that is not ours."""

from __future__ import annotations

import logging
from dataclasses import replace

from assistant.domain import Outcome, Turn
from assistant.library import Library
from assistant.rules.examples import nearest_outcome
from assistant.rules.matching import names_somebody
from assistant.steps.keep_bounds import refuse
from assistant.steps.watch_for_crisis import answer_crisis

logger = logging.getLogger(__name__)


class RecogniseMeaning:
    """Answers a turn whose question lies nearest to an example of `assistant/rules/examples.yaml`.

    In a follow-up only the words of the question itself are looked at, and only for a crisis: what else they mean
    depends on the conversation.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        outcome = await self._outcome(turn)
        if outcome is None:
            return turn
        if outcome.is_crisis:
            logger.warning("a crisis was recognised by meaning: %s", outcome)
            return replace(turn, outcome=outcome, answer=await answer_crisis(self._library, outcome, turn.municipality))
        return replace(turn, outcome=outcome, answer=refuse(outcome))

    async def _outcome(self, turn: Turn) -> Outcome | None:
        if turn.leans_back:
            outcome = nearest_outcome(*await self._library.search.examples(turn.text, turn.text))
        else:
            outcome = nearest_outcome(turn.nearest, turn.best_question)
        if outcome is None or (turn.leans_back and not outcome.is_crisis):
            return None
        if outcome.is_crisis and turn.language == "nl" and not names_somebody(turn.text):
            return None
        return None if outcome is Outcome.SMALL_TALK and turn.places else outcome
