"""The front door: opens what was built and answers questions with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

from assistant import replies
from assistant.answering import answered, answering_steps, is_at_hand
from assistant.build import build_embedder, build_home, build_model
from assistant.domain import (
    Answer,
    Audience,
    Chunk,
    Exchange,
    Filter,
    Manifest,
    Outcome,
    Passage,
    Question,
    Source,
    Turn,
)
from assistant.embedding import Embedder
from assistant.errors import StoreError
from assistant.index import IndexHome
from assistant.language.languages import identifier
from assistant.language.thesaurus import compile_patterns
from assistant.language_model import Engine, LanguageModel
from assistant.library import Library
from assistant.pipeline import run
from assistant.rules.tables import compile_phrases
from assistant.settings import Settings, read_settings
from assistant.streaming import Event, Finished, Tell, nobody
from assistant.writing.trusting import trusted

logger = logging.getLogger(__name__)


WARM_UP = "Wie helpt mij met schulden in Emmen?"
"""Asked once at the start, so that the first visitor does not wait for word lists to load."""
LONGEST = 100
"""Words of the longest text that the encoder is prepared for before somebody asks it: a new length costs 7 ms."""
TRY_AGAIN = 30.0
"""Seconds until we try again to open a live generation that could not be opened."""


class Assistant:
    """Answers questions from the live generation, and follows when another is published.

    Safe to share between tasks of one event loop.
    """

    def __init__(
        self, settings: Settings, home: IndexHome, embedder: Embedder, model: LanguageModel | None = None
    ) -> None:
        self._settings = settings
        self._home = home
        self._embedder = embedder
        self._engine = Engine(model, embedder) if model else None
        self._library: Library | None = None
        self._opening = asyncio.Lock()
        self._refused: str | None = None
        self._try_again = 0.0

    @classmethod
    def open(cls, data_dir: Path | str | None = None, settings: Settings | None = None) -> Assistant:
        """An assistant on a data folder. The index itself is opened at the first question, or by `start`."""
        settings = settings or (read_settings() if data_dir is None else read_settings(data_dir=data_dir))
        return cls(settings, build_home(settings), build_embedder(settings), build_model(settings))

    async def start(self) -> None:
        """Opens the index now and warms up. Raises a `StoreError` that says what is missing or who is using it."""
        library = await self._current()
        await run(answering_steps(self._settings, library), Turn(Question(WARM_UP)))

    async def settle(self) -> None:
        """Does in the background, some time after `start`, what some early visitor would otherwise wait for."""
        for ready in (compile_phrases, compile_patterns, identifier):
            await asyncio.to_thread(ready)
        for length in range(1, LONGEST):
            await asyncio.to_thread(self._embedder.embed_questions, ["hulp " * length])
        with suppress(StoreError):
            sources = await (await self._current()).search.read_ahead()
            await asyncio.to_thread(lambda: [trusted(source) for source in sources])

    async def close(self) -> None:
        """Gives up the index; a later question opens it again."""
        if self._library is not None:
            await self._library.close()
            self._library = None
        await self._home.close()
        if self._engine is not None:
            await self._engine.model.close()

    async def ask(
        self,
        question: Question | str,
        *,
        municipality: str | None = None,
        audience: Audience | None = None,
        history: Sequence[Exchange] = (),
    ) -> Answer:
        """The answer to a question. Never raises for what a visitor types or when the index is away."""
        if isinstance(question, str):
            question = Question(question, municipality, audience)
        turn = await self.take_turn(question, history)
        assert turn.answer is not None
        return turn.answer

    async def take_turn(self, question: Question, history: Sequence[Exchange] = ()) -> Turn:
        """The whole turn, with all that was understood and found on the way; `turn.answer` is always there."""
        return await self._turn(question, history, nobody)

    async def stream(self, question: Question, history: Sequence[Exchange] = ()) -> AsyncGenerator[Event]:
        """The same turn while it is made: progress, checked sentences, and at last exactly one `Finished`.

        A fixed reply has no sentences, only its end. Who stops listening stops the turn: to let an answer be finished
        for a visitor who lost the connection, read the stream in a task of its own.
        """
        events: asyncio.Queue[Event | Exception] = asyncio.Queue()

        async def work() -> None:
            try:
                events.put_nowait(Finished(await self._turn(question, history, events.put_nowait)))
            except Exception as exc:
                events.put_nowait(exc)  # or the listener would wait for ever

        working = asyncio.create_task(work())
        try:
            while not isinstance(event := await events.get(), Finished):
                if isinstance(event, Exception):
                    raise event
                yield event
            yield event
        finally:
            working.cancel()

    async def _turn(self, question: Question, history: Sequence[Exchange], tell: Tell) -> Turn:
        turn = Turn(question=question, history=tuple(history))
        try:
            library: Library | None = await self._current()
        except StoreError as exc:
            logger.error("the index cannot be opened: %s", exc)
            library = None
        except Exception:  # a crisis answer needs no index, whatever is wrong with it
            logger.exception("the index cannot be opened")
            library = None
        try:
            turn = await answered(self._settings, library, turn, self._engine, tell)
        except Exception:
            logger.exception("a step failed")
        if turn.answer is None:
            turn = replace(turn, answer=Answer(Outcome.FAILED, replies.FAILED))
        return with_turn_facts(turn)

    def recalls(self, question: Question) -> bool:
        """Whether the answer to this question, when it opens a conversation, costs next to nothing: it is at hand."""
        return self._library is not None and self._engine is None and is_at_hand(self._library, question)

    async def search(self, text: str, limit: int = 10, filter: Filter = Filter()) -> list[Passage]:
        """The best passages for a text, best first, one per source. Raises a `StoreError`."""
        return await (await self._current()).search.find(text, filter, limit)

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        """All sources that pass the filter, by title. Raises a `StoreError`."""
        return await (await self._current()).sources(filter)

    async def source(self, id: str) -> Source | None:
        """One source, None when there is none with this id. Raises a `StoreError`."""
        return await (await self._current()).source(id)

    async def manifest(self) -> Manifest:
        """What the live generation knows about itself: its id, when it was made, its desks. Raises a `StoreError`."""
        return (await self._current()).manifest

    async def facets(self, key: str, filter: Filter = Filter()) -> dict[str, int]:
        """How many sources have each value of `municipalities`, `themes`, `topics`, `kind` or `audience`."""
        return await (await self._current()).facets(key, filter)

    async def chunks(self, source: str) -> list[Chunk]:
        """The chunks of a source in text order, as they are searched. Raises a `StoreError`."""
        return await (await self._current()).chunks(source)

    @property
    def embedding_model(self) -> str:
        """The name of the model behind `embed_questions`; vectors of two models cannot be compared."""
        return self._embedder.name

    async def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question, in the same order."""
        return await asyncio.to_thread(self._embedder.embed_questions, texts)

    async def _current(self) -> Library:
        """The library of the live generation; a newer one takes over between two questions, never during one.

        What is open goes on answering when it cannot be told which generation is live, or when that one cannot be
        opened.
        """
        library = self._library
        try:
            live = await self._home.live()
        except StoreError as exc:
            if library is None:
                raise
            logger.warning("which generation is live is unknown, %s goes on: %s", library.generation, exc)
            return library
        if library is not None and live in {library.generation, None}:
            return library
        async with self._opening:
            if self._library is None or await self._home.live() != self._library.generation:
                self._library = await self._opened(self._library, live)
            return self._library

    async def _opened(self, before: Library | None, live: str | None) -> Library:
        """The live generation; for a while the one before it, when it cannot be opened."""
        if before is not None and live == self._refused and monotonic() < self._try_again:
            return before
        try:
            return await Library.open(self._home, self._embedder)
        except StoreError as exc:
            if before is None:
                raise
            self._refused, self._try_again = live, monotonic() + TRY_AGAIN
            logger.error("generation %s cannot be opened, %s goes on answering: %s", live, before.generation, exc)
            return before


def with_turn_facts(turn: Turn) -> Turn:
    """Copies onto the answer what the turn understood and how long it took."""
    assert turn.answer is not None
    text = turn.answer.text
    if turn.set_aside and turn.draft is None:  # a draft names the helpline itself
        text = f"{text}\n\n{replies.IN_CASE[turn.set_aside]}"
    answer = replace(
        turn.answer,
        text=text,
        municipality=turn.municipality,
        language=turn.language,
        engine=turn.engine,
        milliseconds=round(sum(turn.milliseconds.values()), 1),
    )
    return replace(turn, answer=answer)
