"""Looks at the generations that are kept, and switches between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from assistant.build import build_home
from assistant.domain import Generation
from assistant.errors import IndexMissing
from assistant.index import IndexHome
from assistant.library import manifest_of
from assistant.settings import Settings
from ingest.runs import Run, Runs, RunState


async def generations(settings: Settings) -> list[Generation]:
    """All complete generations, oldest first."""
    async with _home(settings) as home:
        live = await home.live()
        return [await _describe(home, id, live) for id in await home.generations()]


async def publish(settings: Settings, generation: str) -> None:
    """Makes a generation the live one. Raises `IndexMissing` when it is not there."""
    async with _home(settings) as home:
        await home.publish(generation)
    runs = Runs(settings.data_dir)
    for run in list(runs.all()):
        if run.id == generation or (run.state is RunState.WAITING and run.candidate == generation):
            runs.save(replace(run, state=RunState.PUBLISHED))


async def rollback(settings: Settings) -> str:
    """Publishes the newest generation older than the live one, and returns its id. Raises `IndexMissing`."""
    async with _home(settings) as home:
        live = await home.live()
        older = [id for id in await home.generations() if live is not None and id < live]
    if not older:
        raise IndexMissing("there is no older generation to go back to")
    await publish(settings, older[-1])
    return older[-1]


async def reject(settings: Settings, run: str) -> Run:
    """Throws away what a run built and what waits for an editor. Raises `IndexMissing` when nothing waits there.

    A generation that was live before stays: it was taken back, and can be published again.
    """
    runs = Runs(settings.data_dir)
    found = runs.get(run)
    if found is None or found.state is not RunState.WAITING or found.candidate is None:
        raise IndexMissing(f"{run}: this run has nothing that waits")
    builder = runs.get(found.candidate)
    async with _home(settings) as home:
        if builder and builder.state is not RunState.PUBLISHED and found.candidate != await home.live():
            await home.drop(found.candidate)
    rejected = replace(found, state=RunState.REJECTED)
    runs.save(rejected)
    return rejected


@asynccontextmanager
async def _home(settings: Settings) -> AsyncIterator[IndexHome]:
    home = build_home(settings)
    try:
        yield home
    finally:
        await home.close()


async def _describe(home: IndexHome, id: str, live: str | None) -> Generation:
    index = await home.peek(id)
    try:
        manifest = await manifest_of(index)
    finally:
        await index.close()
    return Generation(id, manifest.created, manifest.sources, manifest.chunks, id == live)
