"""A server that is told to stop says so at once, so that what would go on for ever ends."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvicorn
from fastapi import FastAPI

from assistant.settings import Settings
from ingest import Run, RunState
from web.desk import runs
from web.desk.entry import Desk
from web.serving import PATIENCE, Server, patience

RUN = Run("20261123T033000-abcdef", "Anna", datetime(2026, 11, 23, tzinfo=UTC))


class Progress:
    """The desk of an editor who watches a run that never ends, and goes a step further at every look."""

    def __init__(self, parts: Any) -> None:
        self.looks = 0
        refreshing = SimpleNamespace(runs=SimpleNamespace(get=lambda id: RUN))
        self.parts = SimpleNamespace(refreshing=refreshing, stopping=parts.stopping)

    def show(self, name: str, **values: object) -> SimpleNamespace:
        self.looks += 1
        return SimpleNamespace(body=f"stap {self.looks}".encode())


async def names_of(stream: AsyncIterator[Any]) -> list[str]:
    return [event.event async for event in stream]


async def test_an_editor_who_watches_a_refresh_does_not_hold_up_the_stop(app: FastAPI) -> None:
    parts = app.state.parts
    server = Server(uvicorn.Config(app), parts)
    watching = asyncio.create_task(names_of(runs.get_stream(RUN.id, cast(Desk, Progress(parts)))))
    await asyncio.sleep(0.1)
    assert not watching.done()

    server.handle_exit(signal.SIGTERM, None)

    seen = await asyncio.wait_for(watching, 5)
    assert server.should_exit
    assert seen
    assert set(seen) == {"stand"}, "without an end the browser asks the next server"


async def test_a_run_that_ends_is_told(app: FastAPI) -> None:
    desk = Progress(app.state.parts)
    over = replace(RUN, ended=datetime.now(UTC), state=RunState.PUBLISHED)
    desk.parts.refreshing.runs.get = lambda id: over

    assert await names_of(runs.get_stream(RUN.id, cast(Desk, desk))) == ["klaar"]


def test_a_language_model_gets_the_time_that_it_may_take(settings: Settings) -> None:
    with_model = settings.model_copy(update={"llm_base_url": "http://model/v1", "llm_time_limit": 40.0})

    assert patience(settings) == PATIENCE
    assert patience(with_model) == 45


async def test_what_the_start_made_is_never_looked_at_again(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    async def start(server: uvicorn.Server, sockets: object = None) -> None:
        assert not gc.isenabled()

    monkeypatch.setattr(uvicorn.Server, "startup", start)
    gc.disable()
    try:
        await Server(uvicorn.Config(app), app.state.parts).startup()

        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.enable()
        gc.unfreeze()
