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
from web.rate_limit import RateLimit, in_words, network_of, visitor_of
from web.tracing import tell_answer

logger = logging.getLogger(__name__)


TOO_MUCH, CROWDED = "Je stelt veel vragen achter elkaar", "Er komen nu heel veel vragen tegelijk binnen"
ASK_AGAIN = "stel je vraag dan opnieuw"


async def ask(
    parts: Parts, request: Request, question: Question, conversation: UUID | None, site: str = ""
) -> KeptTurn:
    """The turn with its answer; see `admit`."""
    question = await admit(parts, request, question, site)
    if conversation is None:
        return await answered(parts, question, uuid4(), history=())
    return await answered(parts, question, conversation)


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
    opens = history is not None and not history
    if find_crisis(question.text) or (opens and parts.assistant.recalls(question)):
        # Somebody in danger does not stand in line, nor who asks what was worked out for another.
        return await _answered(parts, question, conversation, id, history, tell)
    async with parts.at_once:
        return await _answered(parts, question, conversation, id, history, tell)


async def _answered(
    parts: Parts,
    question: Question,
    conversation: UUID,
    id: UUID | None,
    history: Sequence[Exchange] | None,
    tell: Tell,
) -> KeptTurn:
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
    turn = await parts.interventions.amend(turn, parts.assistant)
    kept = await parts.conversations.keep(conversation, turn, id)
    assert turn.answer is not None
    tell_answer(turn.answer, turn.milliseconds)
    parts.metrics.answer(turn.answer, turn.milliseconds, is_kept=kept.saved)
    return kept


def without_sentences(tell: Tell) -> Tell:
    """Tells the progress only."""
    return lambda event: None if isinstance(event, CheckedSentence) else tell(event)


async def admit(parts: Parts, request: Request, question: Question, site: str = "") -> Question:
    """The question, with whose it is. `site` is the website of the widget that it came through, empty for our own.

    Raises `Problem` 429 when this visitor, their network or that website asks too much. Somebody in danger is never
    asked to wait.
    """
    visitor = visitor_of(request)
    if not find_crisis(question.text):
        await hold_to_rate(parts.rate_limit, visitor, TOO_MUCH, ASK_AGAIN)
        await hold_to_rate(parts.network_rate_limit, network_of(request), CROWDED, ASK_AGAIN)
        await hold_to_rate(parts.site_rate_limit, f"site {site}", CROWDED, ASK_AGAIN)
    return replace(question, visitor=visitor)


async def admit_search(parts: Parts, request: Request, words: str) -> None:
    """Holds searching by words, which costs as much as a question, to a rate of its own. Raises `Problem` 429."""
    if words.strip() and not find_crisis(words):
        visitor = f"search of {visitor_of(request)}"
        await hold_to_rate(parts.rate_limit, visitor, "Je zoekt veel achter elkaar", "zoek dan opnieuw")


async def admit_visitor(limit: RateLimit, visitor: str, question: Question) -> Question:
    """Holds a visitor to a limit. Somebody in danger is never asked to wait."""
    if not find_crisis(question.text):
        await hold_to_rate(limit, visitor, TOO_MUCH, ASK_AGAIN)
    return replace(question, visitor=visitor)


async def hold_to_rate(limit: RateLimit, visitor: str, too_much: str, again: str) -> None:
    """Raises `Problem` 429, with what was too much and what to do, when this visitor must wait."""
    wait = await limit.seconds_to_wait(visitor)
    if wait:
        logger.info("a visitor reached the rate limit, %d s to wait", wait)
        raise Problem(429, f"{too_much}. Wacht {in_words(wait)} en {again}.", headers={"Retry-After": str(wait)})
