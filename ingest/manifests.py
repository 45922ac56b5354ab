"""Compares what a generation was built from with what is wanted now."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from assistant.domain import Manifest
from assistant.errors import StoreError
from assistant.index import Index, IndexHome
from assistant.library import manifest_of
from ingest.collecting import Aside, Entry

logger = logging.getLogger(__name__)

FORMAT = "1"
"""Raised when the payloads or the analyser change, so that an index of an older program is rebuilt."""


def wanted_manifest(
    generation: str, model: str, entries: Iterable[Entry], aside: Aside, left_out: frozenset[str]
) -> Manifest:
    """What the new generation should know of itself, before anything is counted."""
    beyond = (f"{b.subject}: {b.question}" for b in aside.beyond)
    told = "\n".join([*sorted(left_out), *beyond])
    return Manifest(
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
