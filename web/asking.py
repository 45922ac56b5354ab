"""How a question of a visitor becomes a kept turn; the API and the pages both come through here."""

from __future__ import annotations

import logging
from uuid import UUID, uuid4

from fastapi import Request

from assistant.domain import Question
from assistant.rules.matching import find_crisis
from web.kept_turns import KeptTurn
from web.parts import Parts
from web.problems import Problem
from web.rate_limit import visitor_of

logger = logging.getLogger(__name__)


async def ask(parts: Parts, request: Request, question: Question, conversation: UUID | None) -> KeptTurn:
    """The turn with its answer. Raises `Problem` 429 when this visitor asks too much."""
    await refuse_haste(parts, request, question)
    conversation = conversation or uuid4()
    history = await parts.conversations.history(conversation)
    turn = await parts.interventions.amend(await parts.assistant.take_turn(question, history), parts.assistant)
    return await parts.conversations.keep(conversation, turn)


async def refuse_haste(parts: Parts, request: Request, question: Question) -> None:
    """Holds to the rate limit. Somebody in danger is never asked to wait."""
    if find_crisis(question.text):
        return
    await hold_to_rate(parts, visitor_of(request), "Je stelt veel vragen achter elkaar", "stel je vraag dan opnieuw")


async def hold_to_rate(parts: Parts, visitor: str, too_much: str, again: str) -> None:
    """Raises `Problem` 429, with what was too much and what to do, when this visitor must wait."""
    wait = await parts.rate_limit.seconds_to_wait(visitor)
    if wait:
        logger.info("a visitor reached the rate limit, %d s to wait", wait)
        raise Problem(429, f"{too_much}. Wacht {wait} seconden en {again}.", headers={"Retry-After": str(wait)})
