"""What was read of a generation once is not read again, and says the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from assistant.domain import Filter
from assistant.index import Index, Lookup, Match, Point, PointType
from assistant.index.edge import EdgeHome
from assistant.index.memory import RememberingIndex
from assistant.index.points import point_id

VECTOR = [1.0, 0.0, 0.0]
LABELLED = Lookup(("chunk", "sentence"), 5, dense=VECTOR, fields=("type", "source", "chunk", "number"))


class CountingIndex:
    """Passes everything on to a real index, and writes down what was asked of it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.generation = index.generation
        self.folder = index.folder
        self.fields: list[tuple[str, ...]] = []
        self.retrieved: list[str] = []

    async def look_up(self, lookups: Sequence[Lookup]) -> list[list[Match]]:
        self.fields += [lookup.fields for lookup in lookups]
        return await self._index.look_up(lookups)

    async def retrieve(self, ids: Sequence[str]) -> list[Point]:
        self.retrieved += ids
        return await self._index.retrieve(ids)

    async def scroll(self, point_type: PointType, filter: Filter = Filter()) -> list[Point]:
        return await self._index.scroll(point_type, filter)

    def read(self, types: Sequence[PointType]) -> AsyncIterator[Sequence[Point]]:
        return self._index.read(types)

    async def facets(self, key: str, point_type: PointType, filter: Filter = Filter()) -> dict[str, int]:
        return await self._index.facets(key, point_type, filter)

    async def close(self) -> None:
        await self._index.close()


@pytest.fixture
async def counting(tmp_path: Path) -> CountingIndex:
    home = EdgeHome(tmp_path)
    await home.create("g1", 3)
    points = [
        Point(point_id("chunk", 1), {"type": "chunk", "source": "a", "chunk": "1", "text": "Koffie."}, VECTOR),
        Point(point_id("sentence", 1), {"type": "sentence", "source": "a", "chunk": "1", "number": 0}, VECTOR),
    ]
    await home.add("g1", points)
    await home.complete("g1")
    await home.publish("g1")
    return CountingIndex(await home.peek("g1"))


async def test_the_labels_are_what_the_index_itself_would_say(counting: CountingIndex) -> None:
    [direct] = await counting.look_up([LABELLED])

    [remembered] = await RememberingIndex(counting).look_up([LABELLED])

    assert sorted(remembered, key=lambda m: m.id) == sorted(direct, key=lambda m: m.id)
    assert counting.fields[-1] == ()


async def test_a_point_is_read_once(counting: CountingIndex) -> None:
    index = RememberingIndex(counting)

    first = await index.look_up([LABELLED])
    again = await index.look_up([LABELLED])
    points = [await index.retrieve([point_id("chunk", 1)]) for _ in range(2)]

    assert first == again
    assert points[0] == points[1]
    assert sorted(counting.retrieved) == sorted([point_id("chunk", 1), point_id("sentence", 1), point_id("chunk", 1)])


async def test_a_lookup_that_wants_more_than_labels_goes_straight_to_the_index(counting: CountingIndex) -> None:
    [[match]] = await RememberingIndex(counting).look_up([Lookup(("chunk",), 1, dense=VECTOR, fields=("text",))])

    assert match.payload == {"text": "Koffie."}


async def test_unknown_points_are_left_out(counting: CountingIndex) -> None:
    assert await RememberingIndex(counting).retrieve([point_id("chunk", 9)]) == []
