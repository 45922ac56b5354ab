"""An answer while it is being written, as server-sent events; who loses the connection reads the finished turn."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import Request
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from assistant.domain import Exchange, Question
from assistant.streaming import CheckedSentence, Progress
from web.asking import admit, answered
from web.kept_turns import KeptTurn
from web.parts import Parts
from web.problems import Problem

logger = logging.getLogger(__name__)

QUIET = 15.0
"""Seconds without an event after which a comment keeps the connection open."""
HEADERS = {"X-Accel-Buffering": "no"}
"""Asks a proxy to pass on every event at once."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The start of every stream: under which ids the turn can be read, should the connection break."""

    conversation: UUID
    turn: UUID


class Waiting:
    """Nothing happened for a while."""


Watched = Begun | Progress | CheckedSentence | KeptTurn | Problem | Waiting
Told = tuple[str, dict[str, Any]] | None
EventOf = Callable[[Watched], Awaitable[Told]]
"""The name and the data of an event, None for what is not told."""

_unfinished: set[asyncio.Task[None]] = set()


async def finish(patience: float) -> None:
    """Waits, some seconds at most, until every turn that was begun is kept: also of who lost the connection."""
    if _unfinished:
        await asyncio.wait(_unfinished, timeout=patience)


def wants_stream(request: Request) -> bool:
    """Whether a program or our own script asked for events."""
    return "text/event-stream" in request.headers.get("Accept", "")


async def stream(
    parts: Parts, request: Request, question: Question, conversation: UUID | None, event_of: EventOf, site: str = ""
) -> EventSourceResponse:
    """The events of a turn. Raises `Problem` 429 before the first one; see `admit`."""
    question = await admit(parts, request, question, site)
    return respond_with(watch(parts, question, conversation or uuid4()), event_of)


async def watch(
    parts: Parts, question: Question, conversation: UUID, history: tuple[Exchange, ...] | None = None
) -> AsyncIterator[Watched]:
    """What happens in a turn, from `Begun` to the kept turn, or a `Problem` when the fault is ours.

    The turn is made in a task of its own: it is finished and kept, also when nobody reads on.
    """
    happened: asyncio.Queue[Watched] = asyncio.Queue()
    id = uuid4()

    async def work() -> None:
        tell = happened.put_nowait
        try:
            tell(await answered(parts, question, conversation, id=id, history=history, tell=tell))  # type: ignore[arg-type]  # it tells no `Finished`
        except Exception:
            logger.exception("a turn failed while it was watched")
            tell(Problem(500))

    working = asyncio.create_task(work())
    _unfinished.add(working)  # asyncio only keeps a weak reference
    working.add_done_callback(_unfinished.discard)
    yield Begun(conversation, id)
    while True:
        try:
            event = await asyncio.wait_for(happened.get(), QUIET)
        except TimeoutError:
            event = Waiting()
        yield event
        if isinstance(event, KeptTurn | Problem):
            return


def respond_with(watched: AsyncIterator[Watched], event_of: EventOf) -> EventSourceResponse:
    """The response that sends each event as soon as it is there."""

    async def sent() -> AsyncIterator[bytes]:
        async for event in watched:
            if isinstance(event, Waiting):
                yield KEEPALIVE_COMMENT
            elif told := await event_of(event):
                name, data = told
                yield format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))

    return EventSourceResponse(sent(), headers=HEADERS)


async def event_for_programs(event: Watched) -> Told:
    """An event of `POST /api/v1/ask`."""
    match event:
        case Begun():
            return "begin", {"conversation": str(event.conversation), "turn": str(event.turn)}
        case Progress():
            return "progress", {"text": event.text}
        case CheckedSentence():
            return "sentence", {"text": event.text, "before": event.before}
        case KeptTurn():
            return "answer", event.answer
        case Problem():
            return "problem", event.as_json()
    return None
