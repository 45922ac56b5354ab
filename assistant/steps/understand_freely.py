"""Lets a language model help where the rules see nothing: an unusual follow-up, or the needs in a long story.

It may only choose among the visitor's own words, so that it can bring no subject of its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from assistant.domain import Turn
from assistant.dropped import Dropped
from assistant.errors import ModelUnavailable
from assistant.language.analysis import fold, terms
from assistant.language.clauses import FEWEST_TERMS, LONG_STORY, MOST_PARTS
from assistant.language_model import Engine, Prompt
from assistant.language_model.asking import boundary
from assistant.language_model.privacy import HIDDEN, nameless
from assistant.language_model.prompts import PIECES, QUESTION, FollowUp, Story, fill
from assistant.language_model.reading import read_object

logger = logging.getLogger(__name__)

SHORT = 6
"""A question of more words of its own is no follow-up that the rules missed."""
TOKENS = 120
LONGEST = 4000
SHARE = 0.5
"""Of our patience: the rest is for the writing."""


class UnderstandFreely:
    """Fills `search_text` of a follow-up, or `parts` of a long story; changes nothing when the model is away."""

    def __init__(self, engine: Engine) -> None:
        self._model = engine.model

    async def __call__(self, turn: Turn) -> Turn:
        if turn.language != "nl" or turn.wants_list:
            return turn
        try:
            if turn.history and not turn.leans_back and len(turn.text.split()) <= SHORT:
                return await self._restated(turn)
            if len(turn.text.split()) >= LONG_STORY and not turn.history:
                return await self._cut(turn)
        except ModelUnavailable:
            logger.info("understanding without the language model")
        return turn

    async def _restated(self, turn: Turn) -> Turn:
        before = turn.history[-1].search_text or turn.history[-1].question
        words = FollowUp(_shared(before), _shared(turn.text), boundary())
        reply = await self._asked(turn, fill("vervolgvraag", words, QUESTION, TOKENS))
        text = str(reply.get("vraag") or "").strip()
        if not text or text == turn.search_text:
            return turn
        if not restates(text, turn.search_text, before):
            return replace(turn, dropped=(*turn.dropped, Dropped(text, "not the words of the conversation")))
        return replace(turn, search_text=text, leans_back=True)

    async def _cut(self, turn: Turn) -> Turn:
        reply = await self._asked(turn, fill("verhaal", Story(_shared(turn.search_text), boundary()), PIECES, TOKENS))
        found = reply.get("delen")
        pieces = [str(piece).strip() for piece in found] if isinstance(found, list) else []
        good = [piece for piece in pieces if is_piece(piece, turn.search_text)][:MOST_PARTS]
        bad = [Dropped(piece, "not a piece of the story") for piece in pieces if piece not in good]
        return replace(turn, parts=tuple(good), dropped=(*turn.dropped, *bad))

    async def _asked(self, turn: Turn, prompt: Prompt) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(self._model.patience * SHARE):
                return read_object(await self._whole(prompt, turn.question.visitor))
        except TimeoutError as exc:
            self._model.gave_up()
            raise ModelUnavailable("no reply in time") from exc

    async def _whole(self, prompt: Prompt, visitor: str) -> str:
        reply = ""
        async with aclosing(self._model.write(prompt, visitor)) as pieces:
            async for piece in pieces:
                reply += piece
                if len(reply) > LONGEST:
                    break
        return reply


def restates(text: str, asked: str, before: str) -> bool:
    """Whether a text asks all that was asked, with no other words than those of the conversation."""
    own = set(terms(text))
    return set(terms(asked)) <= own <= set(terms(asked)) | set(terms(before)) and HIDDEN not in text


def is_piece(piece: str, story: str) -> bool:
    """Whether it literally stands in the story and says something."""
    return fold(piece) in fold(story) and piece != story and len(terms(piece)) >= FEWEST_TERMS


def _shared(text: str) -> str:
    return nameless(text, ())
