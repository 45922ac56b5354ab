"""An index that remembers what its points say, so that a search only brings back ids and scores.

A generation never changes, so nothing that is kept here grows old. Bringing the payload along costs Qdrant Edge some
twenty microseconds a match, and one question looks at a thousand matches.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.domain import Filter
from assistant.index import EXACT_BELOW, Index, Lookup, Match, Point, PointType

LABELS = frozenset({"type", "source", "chunk", "number"})
"""Keys that are kept of every point that was found; a lookup that wants another key goes straight to the index."""


class RememberingIndex:
    """Wraps another index. Remembers at most `EXACT_BELOW` points; what does not fit is asked for anew."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._labels: dict[str, Mapping[str, Any]] = {}
        self._points: dict[str, Point] = {}

    @property
    def generation(self) -> str:
        """The id of the generation that is open."""
        return self._index.generation

    @property
    def folder(self) -> Path | None:
        """That of the other index."""
        return self._index.folder

    async def look_up(self, lookups: Sequence[Lookup]) -> list[list[Match]]:
        """The matches as the index finds them, with the fields that were asked for."""
        found = await self._index.look_up([_bare(lookup) for lookup in lookups])
        pairs = list(zip(lookups, found, strict=True))
        known = await self._labels_of([m.id for lookup, matches in pairs if _is_bare(lookup) for m in matches])
        return [
            [Match(id, score, known[id]) for id, score, _ in matches if id in known] if _is_bare(lookup) else matches
            for lookup, matches in pairs
        ]

    async def retrieve(self, ids: Sequence[str]) -> list[Point]:
        """Whole points, each read from the index once."""
        unknown = [id for id in dict.fromkeys(ids) if id not in self._points]
        fresh = {point.id: point for point in await self._index.retrieve(unknown)} if unknown else {}
        found = [point for id in ids if (point := self._points.get(id) or fresh.get(id)) is not None]
        if len(self._points) < EXACT_BELOW:
            self._points |= fresh
        return found

    def read(self, types: Sequence[PointType]) -> AsyncIterator[Sequence[Point]]:
        """Straight from the index."""
        return self._index.read(types)

    async def scroll(self, point_type: PointType, filter: Filter = Filter()) -> list[Point]:
        """Straight from the index."""
        return await self._index.scroll(point_type, filter)

    async def facets(self, key: str, point_type: PointType, filter: Filter = Filter()) -> dict[str, int]:
        """Straight from the index."""
        return await self._index.facets(key, point_type, filter)

    async def close(self) -> None:
        """Forgets everything and closes the index."""
        self._labels.clear()
        self._points.clear()
        await self._index.close()

    async def _labels_of(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        unknown = [id for id in dict.fromkeys(ids) if id not in self._labels]
        if not unknown:
            return self._labels
        fresh = _labels(await self._index.retrieve(unknown))
        if len(self._labels) < EXACT_BELOW:
            self._labels |= fresh
        return ChainMap(fresh, self._labels)


def _labels(points: Iterable[Point]) -> dict[str, Mapping[str, Any]]:
    return {p.id: {key: value for key, value in p.payload.items() if key in LABELS} for p in points}


def _is_bare(lookup: Lookup) -> bool:
    return LABELS.issuperset(lookup.fields)


def _bare(lookup: Lookup) -> Lookup:
    return replace(lookup, fields=()) if _is_bare(lookup) else lookup
