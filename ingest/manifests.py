"""Compares what a generation was built from with what is wanted now."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from assistant.domain import Manifest
from assistant.errors import StoreError
from assistant.index import Index, IndexHome, points
from assistant.language import analysis
from assistant.library import manifest_of
from ingest import shelf
from ingest.collecting import Aside, Entry
from ingest.comparing import Difference

logger = logging.getLogger(__name__)

PATCHED_SHARE = 1 / 3
"""Of the live sources, how many may have been replaced before building anew is quicker and tidier."""
LENGTH_DRIFT = 0.05
"""How far the average lengths may move from those that the lexical weights were computed with."""
FORMAT = "1"
"""Raised when the payloads or the analyser change, so that an index of an older program is rebuilt."""


def wanted_manifest(
    generation: str, model: str, entries: Iterable[Entry], aside: Aside, left_out: frozenset[str]
) -> Manifest:
    """What the new generation should know of itself, before anything is counted."""
    beyond = (f"{b.subject}: {b.question}" for b in aside.beyond)
    told = "\n".join([*sorted(left_out), *beyond])
    return Manifest(
        program=program_digest(),
        generation=generation,
        embedding_model=model,
        dimension=0,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        digests={entry.id: entry.digest for entry in entries},
        places=aside.places,
        ground=f"{FORMAT}/{hashlib.sha256(told.encode()).hexdigest()[:16]}",
    )


def same_ground(one: Manifest, other: Manifest) -> bool:
    """Whether both were made by the same model and format, with the same places and examples."""
    return (one.embedding_model, one.ground, one.places) == (other.embedding_model, other.ground, other.places)


def may_patch(live: Manifest | None, counted: Manifest, difference: Difference) -> bool:
    """Whether a copy of the live generation, with what differs written in it, is as good as one built anew."""
    if live is None or (live.program, live.ground, live.embedding_model) != (
        counted.program,
        counted.ground,
        counted.embedding_model,
    ):
        return False
    return live.replaced + len(difference) <= PATCHED_SHARE * live.sources and not _drifted(live, counted)


def patched(live: Manifest, counted: Manifest, difference: Difference) -> Manifest:
    """The manifest of a copy: its lexical weights compare with the averages that the copied ones were compared with."""
    return replace(
        counted,
        chunk_length=live.chunk_length,
        question_length=live.question_length,
        replaced=live.replaced + len(difference),
    )


def _drifted(live: Manifest, counted: Manifest) -> bool:
    pairs = ((live.chunk_length, counted.chunk_length), (live.question_length, counted.question_length))
    return any(abs(now - then) > LENGTH_DRIFT * then for then, now in pairs)


@cache
def program_digest() -> str:
    """Changes with the code that makes the points of a source and the index that holds them."""
    shapers = (Path(str(analysis.__file__)), *sorted(Path(str(points.__file__)).parent.glob("*.py")))
    code = b"\0".join(path.read_bytes() for path in shapers)
    return hashlib.sha256(code + shelf.program_digest().encode()).hexdigest()[:16]


def signature(manifest: Manifest) -> str:
    """Stands for all that a generation was built from."""
    parts = (sorted(manifest.digests.items()), manifest.ground, manifest.embedding_model, manifest.places)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


async def open_live(home: IndexHome) -> Index | None:
    """What is live now; None when there is nothing that this version can read, so that it is built anew."""
    try:
        generation = await home.live()
        if generation is None:
            return None
        index = await home.peek(generation)
        await manifest_of(index)
        return index
    except StoreError as exc:
        logger.warning("the live generation cannot be read, building anew: %s", exc)
        return None


async def peeked_manifest(home: IndexHome, generation: str) -> Manifest | None:
    """What a generation knows of itself; None when it cannot be read."""
    try:
        index = await home.peek(generation)
        try:
            return await manifest_of(index)
        finally:
            await index.close()
    except StoreError:
        return None
