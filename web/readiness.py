"""Whether each part that an answer needs works at this moment, found out by using it and not by believing it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import literal, select

from assistant import Assistant
from assistant.errors import IndexUnavailable, MarkewijzerError, StoreError
from assistant.settings import Settings
from web.database import AWAY, Database, reason_of

TIME_LIMIT = 4.0
"""Seconds after which a part that says nothing does not work; shorter than a probe waits."""
FRESH = 2.0
"""Seconds that a look is good for: whoever asks all day long costs no more than that."""
ROOM = 100 * 1024 * 1024
"""Bytes that should be free in the data folder: a refresh writes a generation, and the database its log."""
SAMPLE = "Wie helpt mij?"


@dataclass(frozen=True, slots=True)
class Part:
    """One part and how it is. Without a `needed` part we cannot answer from sources; without another, less well."""

    name: str
    needed: bool
    reason: str | None = None
    """Why it does not work, for whoever runs the server; None when it works."""

    @property
    def works(self) -> bool:
        """Whether it works."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class State:
    """All parts at one moment."""

    parts: tuple[Part, ...]

    @property
    def word(self) -> str:
        """`ready`, `degraded` when we answer but less well, or `not ready`."""
        broken = [part for part in self.parts if not part.works]
        return "not ready" if any(part.needed for part in broken) else "degraded" if broken else "ready"

    @property
    def reason(self) -> str:
        """All that is wrong, in one line."""
        return "; ".join(f"{part.name}: {part.reason}" for part in self.parts if part.reason is not None)


class Readiness:
    """Looks at every part at once. Many who ask together share one look."""

    def __init__(self, settings: Settings, assistant: Assistant, database: Database) -> None:
        self._settings = settings
        self._assistant = assistant
        self._database = database
        self._looking = asyncio.Lock()
        self._seen: tuple[float, State] | None = None

    async def state(self) -> State:
        """How every part is, at most `FRESH` seconds ago. Never raises."""
        async with self._looking:
            if self._seen is None or time.monotonic() - self._seen[0] > FRESH:
                state = await self._look()
                self._seen = (time.monotonic(), state)
            return self._seen[1]

    async def _look(self) -> State:
        looks: list[tuple[str, bool, Callable[[], Awaitable[None]]]] = [
            ("index", True, self._index),
            ("encoder", True, self._encoder),
            ("database", False, self._base),
            ("storage", False, self._storage),
        ]
        if self._settings.llm_base_url:
            looks.append(("model", False, self._model))
        reasons = await asyncio.gather(*(reason_for(look) for _, _, look in looks))
        return State(tuple(Part(name, needed, why) for (name, needed, _), why in zip(looks, reasons, strict=True)))

    async def _index(self) -> None:
        # Counting asks the index itself: what searches find may be remembered.
        if not await self._assistant.facets("kind"):
            raise IndexUnavailable("the live generation holds no source; run `python -m ingest refresh`")

    async def _encoder(self) -> None:
        await self._assistant.embed_questions([SAMPLE])

    async def _base(self) -> None:
        await self._database.read(select(literal(1)))

    async def _storage(self) -> None:
        await asyncio.to_thread(write_something, self._settings.data_dir)

    async def _model(self) -> None:
        await ask_for_models(self._settings)


async def reason_for(look: Callable[[], Awaitable[None]]) -> str | None:
    """Why a look fails; None when it does not."""
    try:
        await asyncio.wait_for(look(), TIME_LIMIT)
    except TimeoutError:
        return f"no answer within {TIME_LIMIT:.0f} s"
    except StoreError as exc:
        return str(exc)
    except AWAY as exc:
        return str(exc) if isinstance(exc, OSError) else reason_of(exc)
    except (MarkewijzerError, httpx.HTTPError) as exc:
        return f"{type(exc).__name__}: {exc}"
    except Exception as exc:  # a broken part is what this looks for
        return type(exc).__name__
    return None


def write_something(folder: Path) -> None:
    """Raises `OSError` when the data folder cannot be written to, or is nearly full."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * 4096)
        file.flush()
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise OSError(f"{folder}: only {free // 2**20} MB is free")


async def ask_for_models(settings: Settings) -> None:
    """Raises `httpx.HTTPError` when the endpoint of the language model does not list its models."""
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with httpx.AsyncClient(timeout=TIME_LIMIT) as client:
        response = await client.get(f"{str(settings.llm_base_url).rstrip('/')}/models", headers=headers)
        response.raise_for_status()
