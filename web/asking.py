"""How a question of a visitor becomes a kept turn; pages, API, stream and programs all come through here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import Request

from assistant.domain import Exchange, Question
from assistant.rules.matching import find_crisis
from assistant.streaming import CheckedSentence, Finished, Tell, nobody
from web.kept_turns import KeptTurn
from web.parts import Parts
from web.problems import Problem
from web.rate_limit import RateLimit, visitor_of

logger = logging.getLogger(__name__)


async def ask(parts: Parts, request: Request, question: Question, conversation: UUID | None) -> KeptTurn:
    """The turn with its answer. Raises `Problem` 429 when this visitor asks too much."""
    question = await admit(parts, request, question)
    return await answered(parts, question, conversation or uuid4())


async def answered(
    parts: Parts,
    question: Question,
    conversation: UUID,
    *,
    id: UUID | None = None,
    history: Sequence[Exchange] | None = None,
    tell: Tell = nobody,
) -> KeptTurn:
    """The kept turn of a question that was let in; `tell` hears how far it is, but not its end.

    Without a `history` it is the one of the conversation. Sentences that the editors may put theirs in the place of are
    not told: nobody should read what is taken back.
    """
    if history is None:
        history = await parts.conversations.history(conversation)
    if await parts.interventions.may_replace(question.text):
        tell = without_sentences(tell)
    turn = None
    async for event in parts.assistant.stream(question, history):
        if isinstance(event, Finished):
            turn = event.turn
        else:
            tell(event)
    assert turn is not None
    return await parts.conversations.keep(conversation, await parts.interventions.amend(turn, parts.assistant), id)


def without_sentences(tell: Tell) -> Tell:
    """Tells the progress only."""
    return lambda event: None if isinstance(event, CheckedSentence) else tell(event)


async def admit(parts: Parts, request: Request, question: Question) -> Question:
    """The question, with whose it is. Raises `Problem` 429 when this visitor asks too much."""
    return await admit_visitor(parts.rate_limit, visitor_of(request), question)


async def admit_visitor(limit: RateLimit, visitor: str, question: Question) -> Question:
    """Holds a visitor to a limit. Somebody in danger is never asked to wait."""
    if not find_crisis(question.text):
        await hold_to_rate(limit, visitor, "Je stelt veel vragen achter elkaar", "stel je vraag dan opnieuw")
    return replace(question, visitor=visitor)


async def hold_to_rate(limit: RateLimit, visitor: str, too_much: str, again: str) -> None:
    """Raises `Problem` 429, with what was too much and what to do, when this visitor must wait."""
    wait = await limit.seconds_to_wait(visitor)
    if wait:
        logger.info("a visitor reached the rate limit, %d s to wait", wait)
        raise Problem(429, f"{too_much}. Wacht {wait} seconden en {again}.", headers={"Retry-After": str(wait)})
