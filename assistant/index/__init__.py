"""Where the vectors live: the `Index` protocol for one generation, `IndexHome` for the place that keeps them.

Two homes pass the same contract tests: Qdrant Edge in a folder (`edge.py`) and a Qdrant server (`server.py`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from assistant.domain import Filter

PointType = Literal["chunk", "question", "title", "sentence", "source", "beyond", "manifest"]

EXACT_BELOW = 50_000
"""Points up to which every vector is compared, 1.5 ms at 10 000 of them, and what was read is all remembered."""

PAGE = 1000
"""Points that are read from an index in one call."""

FILTER_FIELDS: Mapping[str, str] = {
    "municipalities": "municipalities",
    "themes": "themes",
    "topics": "topics",
    "kinds": "kind",
    "audiences": "audience",
    "sources": "source",
}
"""Field of `Filter` → key in the payload of every point."""


@dataclass(frozen=True, slots=True)
class Point:
    """One entry of the index. `id` is a UUID; `payload` holds JSON values and always `type` and `source`."""

    id: str
    payload: Mapping[str, Any]
    dense: Sequence[float] | None = None
    sparse: Mapping[int, float] | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """One nearest-neighbour search: by the dense vector or by the sparse one, never both."""

    types: tuple[PointType, ...]
    limit: int
    dense: Sequence[float] | None = None
    sparse: Mapping[int, float] | None = None
    filter: Filter = field(default_factory=Filter)
    fields: tuple[str, ...] = ("type", "source")
    """Payload keys to return; without any, only ids and scores come back."""


class Match(NamedTuple):
    """A point that a lookup found; `score` is a cosine (dense) or the sum of idf times BM25 weight (sparse)."""

    id: str
    score: float
    payload: Mapping[str, Any]


def wanted_values(types: Sequence[str], filter: Filter) -> dict[str, tuple[str, ...]]:
    """Payload key → the values of which a point must have one; a key that does not limit is left out."""
    wanted = {"type": tuple(types)} | {key: getattr(filter, name) for name, key in FILTER_FIELDS.items()}
    return {key: values for key, values in wanted.items() if values}


class Index(Protocol):
    """One open generation. It never changes; closing it twice does no harm. Raises `IndexUnavailable`."""

    @property
    def generation(self) -> str:
        """The id of the generation that is open."""

    @property
    def folder(self) -> Path | None:
        """Where files that are derived from this generation may lie, None without such a place; they go with it."""

    async def look_up(self, lookups: Sequence[Lookup]) -> list[list[Match]]:
        """The best matches of each lookup, best first, in the order of the lookups."""

    async def retrieve(self, ids: Sequence[str]) -> list[Point]:
        """The points with these ids, without vectors, in the order of the ids; unknown ids are left out."""

    async def scroll(self, point_type: PointType, filter: Filter = Filter()) -> list[Point]:
        """All points of a type that pass the filter, without vectors, in the order of their ids."""

    def read(self, types: Sequence[PointType]) -> AsyncIterator[Sequence[Point]]:
        """All points of these types with their vectors, a page of at most `PAGE` at a time."""

    async def facets(self, key: str, point_type: PointType, filter: Filter = Filter()) -> dict[str, int]:
        """How many points of a type have each value of a payload key."""

    async def close(self) -> None:
        """Releases what is held."""


class IndexHome(Protocol):
    """The place that keeps the generations. Ids sort by age, oldest first."""

    async def open(self) -> Index:
        """The live generation. Raises `IndexMissing`, `IndexInUse` or `IndexUnavailable`."""

    async def peek(self, generation: str) -> Index:
        """Any generation, to read from it without owning the home; the caller closes it."""

    async def live(self) -> str | None:
        """The id of the generation that answers, None when nothing was published."""

    async def generations(self) -> list[str]:
        """The ids of the complete generations."""

    async def create(self, generation: str, dimension: int) -> None:
        """An empty candidate, replacing an unfinished one of that id."""

    async def derive(self, generation: str, base: str) -> None:
        """A candidate that begins as a copy of a complete generation, which stays as it is. Raises `IndexMissing`."""

    async def add(self, generation: str, points: Sequence[Point]) -> None:
        """Writes points to a candidate; a point with a known id replaces it."""

    async def remove(self, generation: str, sources: Sequence[str]) -> None:
        """Takes every point of these sources out of a candidate; an unknown source does no harm."""

    async def complete(self, generation: str) -> None:
        """Makes a candidate durable. Only then `generations` lists it."""

    async def publish(self, generation: str) -> None:
        """Makes a complete generation the live one, in one atomic switch. Raises `IndexMissing`."""

    async def drop(self, generation: str) -> None:
        """Removes a generation that is not live. An unknown id does no harm."""

    async def close(self) -> None:
        """Gives up ownership."""
