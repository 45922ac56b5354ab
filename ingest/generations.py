"""Looks at the generations that are kept, and switches between them."""

from __future__ import annotations

from assistant.build import build_home
from assistant.domain import Generation
from assistant.errors import IndexMissing
from assistant.index import IndexHome
from assistant.library import manifest_of
from assistant.settings import Settings


async def generations(settings: Settings) -> list[Generation]:
    """All complete generations, oldest first."""
    home = build_home(settings)
    try:
        live = await home.live()
        return [await _describe(home, id, live) for id in await home.generations()]
    finally:
        await home.close()


async def publish(settings: Settings, generation: str) -> None:
    """Makes a generation the live one. Raises `IndexMissing` when it is not there."""
    home = build_home(settings)
    try:
        await home.publish(generation)
    finally:
        await home.close()


async def rollback(settings: Settings) -> str:
    """Publishes the newest generation older than the live one, and returns its id. Raises `IndexMissing`."""
    home = build_home(settings)
    try:
        live = await home.live()
        older = [id for id in await home.generations() if live is not None and id < live]
        if not older:
            raise IndexMissing("there is no older generation to go back to")
        await home.publish(older[-1])
        return older[-1]
    finally:
        await home.close()


async def _describe(home: IndexHome, id: str, live: str | None) -> Generation:
    index = await home.peek(id)
    try:
        manifest = await manifest_of(index)
    finally:
        await index.close()
    return Generation(id, manifest.created, manifest.sources, manifest.chunks, id == live)
