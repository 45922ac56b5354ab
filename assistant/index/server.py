"""The shared home: each generation is a collection on a Qdrant server, an alias names the one that answers."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qdrant_client import AsyncQdrantClient, models

from assistant.domain import Filter
from assistant.errors import IndexMissing, IndexUnavailable
from assistant.index import EXACT_BELOW, FILTER_FIELDS, PAGE, Lookup, Match, Point, PointType, wanted_values
from assistant.index.points import whole_point

PREFIX = "markewijzer"
ALIAS = f"{PREFIX}-live"
COMPLETE = {"complete": True}
COPIED_AT_ONCE = 500
ALIAS_SECONDS = 5.0
"""How long a published generation may go unnoticed; asking the server at every question would cost a round trip."""


class ServerIndex:
    """One open collection."""

    folder: Path | None = None

    def __init__(self, client: AsyncQdrantClient, generation: str, points: int) -> None:
        self._client = client
        self.generation = generation
        self._collection = collection(generation)
        self._exact = points < EXACT_BELOW

    async def look_up(self, lookups: Sequence[Lookup]) -> list[list[Match]]:
        """All lookups in one request."""
        with readable_errors():
            responses = await self._client.query_batch_points(
                self._collection, requests=[self._request(lookup) for lookup in lookups]
            )
        return [[Match(str(p.id), p.score, p.payload or {}) for p in response.points] for response in responses]

    async def retrieve(self, ids: Sequence[str]) -> list[Point]:
        """Points without vectors, in the order of the ids."""
        if not ids:
            return []
        with readable_errors():
            records = await self._client.retrieve(self._collection, ids=list(ids), with_payload=True)
        by_id = {str(record.id): record for record in records}
        return [Point(id, by_id[id].payload or {}) for id in ids if id in by_id]

    async def scroll(self, point_type: PointType, filter: Filter = Filter()) -> list[Point]:
        """All points of a type that pass the filter."""
        points: list[Point] = []
        async for records in self._pages((point_type,), filter):
            points += [Point(str(record.id), record.payload or {}) for record in records]
        return sorted(points, key=lambda point: point.id)

    async def read(self, types: Sequence[PointType]) -> AsyncIterator[Sequence[Point]]:
        """All points of these types with their vectors, a page at a time."""
        async for records in self._pages(types, with_vectors=True):
            yield [whole_point(record) for record in records]

    async def _pages(
        self, types: Sequence[PointType], filter: Filter = Filter(), *, with_vectors: bool = False
    ) -> AsyncIterator[Sequence[models.Record]]:
        offset: Any = None
        while True:
            with readable_errors():
                records, offset = await self._client.scroll(
                    self._collection,
                    scroll_filter=server_filter(types, filter),
                    limit=PAGE,
                    offset=offset,
                    with_payload=True,
                    with_vectors=with_vectors,
                )
            yield records
            if offset is None:
                return

    async def facets(self, key: str, point_type: PointType, filter: Filter = Filter()) -> dict[str, int]:
        """Counts per value of a payload key."""
        with readable_errors():
            response = await self._client.facet(
                self._collection, key=key, facet_filter=server_filter((point_type,), filter), limit=1000, exact=True
            )
        return {str(hit.value): hit.count for hit in response.hits}

    async def close(self) -> None:
        """The connection belongs to the home."""

    def _request(self, lookup: Lookup) -> models.QueryRequest:
        return models.QueryRequest(
            query=server_query(lookup),
            using="dense" if lookup.dense is not None else "sparse",
            filter=server_filter(lookup.types, lookup.filter),
            limit=lookup.limit,
            with_payload=list(lookup.fields) or False,
            params=models.SearchParams(exact=self._exact),
        )


class ServerHome:
    """A Qdrant server; many processes may read from it at once."""

    def __init__(self, client: AsyncQdrantClient) -> None:
        self._client = client
        self._live: tuple[float, str | None] | None = None

    async def open(self) -> ServerIndex:
        """The live generation."""
        generation = await self.live()
        if generation is None:
            raise IndexMissing("the Qdrant server holds no index yet; run `python -m ingest refresh`")
        return await self.peek(generation)

    async def peek(self, generation: str) -> ServerIndex:
        """A generation to read from."""
        if generation not in await self.generations():
            raise IndexMissing(f"{generation}: there is no complete generation with this name")
        with readable_errors():
            count = await self._client.count(collection(generation), exact=False)
        return ServerIndex(self._client, generation, count.count)

    async def live(self) -> str | None:
        """What the alias names, at most some seconds old."""
        if self._live is None or time.monotonic() - self._live[0] > ALIAS_SECONDS:
            with readable_errors():
                aliases = (await self._client.get_aliases()).aliases
            named = (a.collection_name for a in aliases if a.alias_name == ALIAS)
            name = next(named, None)
            self._live = (time.monotonic(), name.removeprefix(f"{PREFIX}-") if name else None)
        return self._live[1]

    async def generations(self) -> list[str]:
        """The collections that were completed."""
        with readable_errors():
            names = [c.name for c in (await self._client.get_collections()).collections]
            found = []
            for name in names:
                if name.startswith(f"{PREFIX}-"):
                    info = await self._client.get_collection(name)
                    if (info.config.metadata or {}).get("complete"):
                        found.append(name.removeprefix(f"{PREFIX}-"))
        return sorted(found)

    async def create(self, generation: str, dimension: int) -> None:
        """An empty collection with the fields that filters use."""
        with readable_errors():
            await self._client.delete_collection(collection(generation))
            await self._client.create_collection(
                collection(generation),
                vectors_config={"dense": models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
                sparse_vectors_config={"sparse": models.SparseVectorParams(modifier=models.Modifier.IDF)},
            )
            for key in ("type", *FILTER_FIELDS.values()):
                await self._client.create_payload_index(
                    collection(generation), key, models.PayloadSchemaType.KEYWORD, wait=True
                )

    async def derive(self, generation: str, base: str) -> None:
        """A new collection with the points of another; the server has no copy of a collection under another name."""
        if base not in await self.generations():
            raise IndexMissing(f"{base}: there is no complete generation with this name")
        with readable_errors():
            vectors = (await self._client.get_collection(collection(base))).config.params.vectors
        assert isinstance(vectors, dict)
        await self.create(generation, vectors["dense"].size)
        offset: Any = None
        while True:
            with readable_errors():
                records, offset = await self._client.scroll(
                    collection(base), limit=COPIED_AT_ONCE, offset=offset, with_payload=True, with_vectors=True
                )
                await self._client.upsert(collection(generation), [copied(record) for record in records], wait=True)
            if offset is None:
                return

    async def add(self, generation: str, points: Sequence[Point]) -> None:
        """Writes points to the collection."""
        with readable_errors():
            await self._client.upsert(collection(generation), [server_point(point) for point in points], wait=True)

    async def remove(self, generation: str, sources: Sequence[str]) -> None:
        """Deletes by the payload that every point has."""
        of_these = models.FieldCondition(key="source", match=models.MatchAny(any=list(sources)))
        with readable_errors():
            await self._client.delete(
                collection(generation), models.FilterSelector(filter=models.Filter(must=[of_these])), wait=True
            )

    async def complete(self, generation: str) -> None:
        """Marks the collection."""
        with readable_errors():
            await self._client.update_collection(collection(generation), metadata=COMPLETE)

    async def publish(self, generation: str) -> None:
        """Moves the alias, which is atomic."""
        if generation not in await self.generations():
            raise IndexMissing(f"{generation}: there is no complete generation with this name")
        alias = models.CreateAlias(collection_name=collection(generation), alias_name=ALIAS)
        with readable_errors():
            await self._client.update_collection_aliases([models.CreateAliasOperation(create_alias=alias)])
        self._live = None

    async def drop(self, generation: str) -> None:
        """Removes the collection."""
        with readable_errors():
            await self._client.delete_collection(collection(generation))

    async def close(self) -> None:
        """Closes the connection."""
        await self._client.close()


def collection(generation: str) -> str:
    """The collection that holds a generation."""
    return f"{PREFIX}-{generation}"


def server_point(point: Point) -> models.PointStruct:
    """Our point as the client wants it."""
    vectors: dict[str, Any] = {}
    if point.dense is not None:
        vectors["dense"] = list(point.dense)
    if point.sparse is not None:
        vectors["sparse"] = models.SparseVector(indices=list(point.sparse), values=list(point.sparse.values()))
    return models.PointStruct(id=point.id, vector=vectors, payload=dict(point.payload))


def copied(record: models.Record) -> models.PointStruct:
    """What another collection holds, to be written again."""
    vector: Any = record.vector or {}
    return models.PointStruct(id=record.id, vector=vector, payload=record.payload)


def server_query(lookup: Lookup) -> Any:
    """The vector of a lookup."""
    if lookup.dense is not None:
        return list(lookup.dense)
    sparse = lookup.sparse or {}
    return models.SparseVector(indices=list(sparse), values=list(sparse.values()))


def server_filter(types: Sequence[str], filter: Filter) -> models.Filter:
    """All given fields must match, each with any of its values."""
    return models.Filter(
        must=[
            models.FieldCondition(key=key, match=models.MatchAny(any=list(values)))
            for key, values in wanted_values(types, filter).items()
        ]
    )


@contextmanager
def readable_errors() -> Iterator[None]:
    """The client raises many kinds; ours say what they mean."""
    try:
        yield
    except (IndexMissing, IndexUnavailable):
        raise
    except Exception as exc:
        raise IndexUnavailable(f"Qdrant server: {exc}") from exc
