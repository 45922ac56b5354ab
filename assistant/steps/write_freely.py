"""Lets a language model put the sources in its own words, and shows of that only what they carry."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from itertools import takewhile

from assistant.domain import Draft, Outcome, Source, Statement, Turn
from assistant.dropped import Dropped
from assistant.errors import ModelUnavailable
from assistant.language_model import Engine
from assistant.language_model.asking import Request, ask_to_write
from assistant.language_model.checking import Checker
from assistant.language_model.reading import Claim, ReplyReader
from assistant.streaming import Tell, Teller
from assistant.writing.dating import dated
from assistant.writing.selecting import alike

logger = logging.getLogger(__name__)

WRITTEN = frozenset({Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE})
MOST_SENTENCES = 3


class WriteFreely:
    """Replaces the sentences of the lead by those of the model that were checked; tells the draft as it becomes sure.

    Lists, lines for professionals, suggestions and refusals stay as they are. So does everything when the model is
    away or slow, or when nothing of two replies may stay; `turn.dropped` has what was not shown.
    """

    def __init__(self, engine: Engine, tell: Tell) -> None:
        self._engine = engine
        self._teller = Teller(tell)

    async def __call__(self, turn: Turn) -> Turn:
        draft = turn.draft
        assert draft is not None
        if turn.outcome in WRITTEN and turn.audience != "professional" and turn.language == "nl" and not draft.items:
            turn = await self._rewritten(turn, draft)
        if turn.engine != self._engine.model.name:
            self._teller.prose(draft.lead)
        assert turn.draft is not None
        self._teller.rest(turn.draft)
        return turn

    async def _rewritten(self, turn: Turn, draft: Draft) -> Turn:
        """The turn with the model's lead, which has been told by then; without it when nothing of it may stay."""
        work = _Writing(self._engine, self._teller, turn, draft)
        try:
            await work.write()
        except ModelUnavailable:
            logger.info("answering without the language model")
        turn = replace(turn, dropped=(*turn.dropped, *work.dropped))
        if not work.kept:
            return turn
        return replace(turn, draft=work.draft(), engine=self._engine.model.name)


class _Writing:
    """One lead in the making."""

    def __init__(self, engine: Engine, teller: Teller, turn: Turn, draft: Draft) -> None:
        self._engine, self._teller = engine, teller
        self._turn, self._draft = turn, draft
        self._opening = tuple(takewhile(lambda statement: statement.source is None, draft.lead))
        self._told: list[Statement] = []
        self.kept: list[Statement] = []
        self.dropped: list[Dropped] = []

    async def write(self) -> None:
        """Asks, and once more when nothing may stay. Raises `ModelUnavailable`."""
        sources = sources_of(self._draft)
        deadline = asyncio.get_running_loop().time() + self._engine.model.patience
        for again in (False, True):
            if sources and not self.kept:
                await self._heard(ask_to_write(self._turn, sources, again=again), deadline)

    def draft(self) -> Draft:
        """The draft with the model's sentences for those of the same sources; what was not told yet is told now."""
        spoken = {statement.source.id for statement in self.kept if statement.source}
        others = (s for s in self._draft.lead if s.source and s.source.id not in spoken)
        lead = (*self._opening, *dated(self.kept), *others)
        self._teller.prose(lead[len(self._told) :])
        return replace(self._draft, lead=lead)

    async def _heard(self, request: Request, deadline: float) -> None:
        """Keeps and tells what may stay of one reply. Stops at the deadline if there is nothing to tell."""
        checker = Checker(request.sources, request.masks, request.instructions, self._engine.embedder)
        reader = ReplyReader()
        model = self._engine.model
        async with aclosing(model.write(request.prompt, self._turn.question.visitor)) as pieces:
            while not reader.is_full and len(self.kept) < MOST_SENTENCES:
                piece = await self._next(pieces, None if self.kept else deadline)
                if piece is None:
                    break
                await self._judge(checker, reader.feed(piece))
        await self._judge(checker, reader.end())

    async def _next(self, pieces: AsyncGenerator[str], deadline: float | None) -> str | None:
        """The next piece, None at the end. Raises `ModelUnavailable` when the deadline passes first."""
        waiting = None if deadline is None else max(0.0, deadline - asyncio.get_running_loop().time())
        try:
            return await asyncio.wait_for(anext(pieces), waiting)
        except StopAsyncIteration:
            return None
        except TimeoutError as exc:
            self._engine.model.gave_up()
            raise ModelUnavailable("no checked sentence in time") from exc

    async def _judge(self, checker: Checker, claims: list[Claim]) -> None:
        for claim in claims:
            for found in await asyncio.to_thread(checker.check, claim):
                self._take(found)

    def _take(self, found: Statement | Dropped) -> None:
        if isinstance(found, Dropped):
            self.dropped.append(found)
        elif any(alike(found.text, other.text) for other in self.kept):
            self.dropped.append(Dropped(found.text, "repeats"))
        elif len(self.kept) < MOST_SENTENCES:
            self.kept.append(found)
            self._tell()

    def _tell(self) -> None:
        """Tells what is sure by now; the note of age of the source in hand may still move down."""
        lead = (*self._opening, *dated(self.kept))
        sure = lead[: lead.index(self.kept[-1]) + 1]
        self._teller.prose(sure[len(self._told) :])
        self._told = list(sure)


def sources_of(draft: Draft) -> list[Source]:
    """What the lead states, and then the cards: the model gets to read no more than the answer shows."""
    stated = [s.source for s in draft.lead if s.source]
    return list({source.id: source for source in [*stated, *draft.cards]}.values())
