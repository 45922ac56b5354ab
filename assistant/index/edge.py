"""The embedded home: each generation is a Qdrant Edge shard in its own folder, `live` names the one that answers.

A shard is written once, flushed, and then only read; so it needs no write-ahead log, and a crash while a candidate is
built leaves a folder that nobody looks at. A candidate that differs little from another generation begins as a copy of
its files.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from assistant.domain import Filter
from assistant.errors import IndexMissing, IndexUnavailable
from assistant.index import FILTER_FIELDS, PAGE, Lookup, Match, Point, PointType, wanted_values
from assistant.index.copying import copy_folder
from assistant.index.ownership import Ownership
from assistant.index.points import whole_point

COMPLETE = "complete"
GRAPH_FROM = 500_000
"""Points from which searching by a graph is worth building one: two minutes of processor for each 90 000 points."""


class EdgeIndex:
    """One open shard."""

    def __init__(self, shard: Any, folder: Path) -> None:
        self._shard = shard
        self.generation = folder.name
        self.folder: Path | None = folder
        self._exact = shard.info().points_count < GRAPH_FROM

    async def look_up(self, lookups: Sequence[Lookup]) -> list[list[Match]]:
        """All lookups in one planned batch."""
        batch = edge.QueryBatchRequest([self._request(lookup) for lookup in lookups])
        found = await asyncio.to_thread(self._call, "query_batch", batch)
        return [[Match(str(p.id), p.score, p.payload or {}) for p in points] for points in found]

    async def retrieve(self, ids: Sequence[str]) -> list[Point]:
        """Points without vectors, in the order of the ids."""
        if not ids:
            return []
        records = await asyncio.to_thread(self._call, "retrieve", list(ids), True, False)
        by_id = {str(record.id): record for record in records}
        return [Point(id, by_id[id].payload or {}) for id in ids if id in by_id]

    async def scroll(self, point_type: PointType, filter: Filter = Filter()) -> list[Point]:
        """All points of a type that pass the filter."""
        points: list[Point] = []
        async for records in self._pages((point_type,), filter):
            points += [Point(str(record.id), record.payload or {}) for record in records]
        return points

    async def read(self, types: Sequence[PointType]) -> AsyncIterator[Sequence[Point]]:
        """All points of these types with their vectors, a page at a time."""
        async for records in self._pages(types, with_vector=True):
            yield [whole_point(record) for record in records]

    async def _pages(
        self, types: Sequence[PointType], filter: Filter = Filter(), *, with_vector: bool = False
    ) -> AsyncIterator[Sequence[Any]]:
        offset: Any = None
        wanted = edge_filter(types, filter)
        while True:
            request = edge.ScrollRequest(
                offset=offset, limit=PAGE, filter=wanted, with_payload=True, with_vector=with_vector
            )
            records, offset = await asyncio.to_thread(self._call, "scroll", request)
            yield records
            if offset is None:
                return

    async def facets(self, key: str, point_type: PointType, filter: Filter = Filter()) -> dict[str, int]:
        """Counts per value of a payload key."""
        request = edge.FacetRequest(key, limit=1000, exact=True, filter=edge_filter((point_type,), filter))
        response = await asyncio.to_thread(self._call, "facet", request)
        return {str(hit.value): int(hit.count) for hit in response.hits}

    async def close(self) -> None:
        """Forgets the shard; it closes once the last running lookup is done with it."""
        self._shard = None

    def _request(self, lookup: Lookup) -> Any:
        return edge.QueryRequest(
            limit=lookup.limit,
            query=edge_query(lookup),
            filter=edge_filter(lookup.types, lookup.filter),
            with_payload=list(lookup.fields) or False,
            params=edge.SearchParams(exact=self._exact),
        )

    def _call(self, method: str, *args: Any) -> Any:
        shard = self._shard
        if shard is None:
            raise IndexUnavailable(f"generation {self.generation} was closed")
        with readable_errors():
            return getattr(shard, method)(*args)


class EdgeHome:
    """A folder of shards with one owner process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ownership = Ownership(folder / "owner.lock")

    async def open(self) -> EdgeIndex:
        """The live generation; this process owns the folder until `close`."""
        generation = await self.live()
        if generation is None:
            raise IndexMissing(f"{self._folder}: no index was built yet; run `python -m ingest refresh`")
        self._ownership.claim()
        return await self.peek(generation)

    async def peek(self, generation: str) -> EdgeIndex:
        """A generation to read from."""
        path = self._path(generation)
        if not (path / COMPLETE).exists():
            raise IndexMissing(f"{path}: there is no complete generation with this name")
        with readable_errors():
            shard = await asyncio.to_thread(edge.EdgeShard.load, str(path / "shard"))
            return EdgeIndex(shard, path)

    async def live(self) -> str | None:
        """What the file `live` names."""
        try:
            return (self._folder / "live").read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise IndexUnavailable(f"{self._folder / 'live'}: cannot be read ({exc})") from exc

    async def generations(self) -> list[str]:
        """The complete ones."""
        return sorted(path.parent.name for path in self._folder.glob(f"generations/*/{COMPLETE}"))

    async def create(self, generation: str, dimension: int) -> None:
        """An empty shard with the fields that filters use. Vectors stay on disk until a search reads them.

        A small generation is searched in its own columns, so the vectors would fill 64 MB of memory for nothing.
        """
        path = self._path(generation)
        shutil.rmtree(path, ignore_errors=True)
        (path / "shard").mkdir(parents=True)
        dense = edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Cosine, memory=edge.Memory.Cold)
        config = edge.EdgeConfig(
            vectors={"dense": dense},
            sparse_vectors={"sparse": edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
            wal_enabled=False,
        )
        with readable_errors():
            self._candidate = edge.EdgeShard.create(str(path / "shard"), config)
            for key in ("type", *FILTER_FIELDS.values()):
                index = edge.UpdateOperation.create_field_index(key, edge.PayloadSchemaType.Keyword)
                self._candidate.update(index)

    async def derive(self, generation: str, base: str) -> None:
        """A copy of the files of a shard, without the mark of completeness."""
        if not (self._path(base) / COMPLETE).exists():
            raise IndexMissing(f"{base}: there is no complete generation with this name")
        path = self._path(generation)
        shutil.rmtree(path, ignore_errors=True)
        with readable_errors():
            await asyncio.to_thread(copy_folder, self._path(base) / "shard", path / "shard")
            self._candidate = await asyncio.to_thread(edge.EdgeShard.load, str(path / "shard"))

    async def add(self, generation: str, points: Sequence[Point]) -> None:
        """Writes points to the shard of the candidate."""
        upsert = edge.UpdateOperation.upsert_points([edge_point(point) for point in points])
        with readable_errors():
            await asyncio.to_thread(self._candidate.update, upsert)

    async def remove(self, generation: str, sources: Sequence[str]) -> None:
        """Deletes by the payload that every point has."""
        of_these = edge.FieldCondition("source", match=edge.MatchAny(list(sources)))
        delete = edge.UpdateOperation.delete_points_by_filter(edge.Filter(must=[of_these]))
        with readable_errors():
            await asyncio.to_thread(self._candidate.update, delete)

    async def complete(self, generation: str) -> None:
        """Builds the graph when exact search would be slow, writes all to disk, and only then marks it complete."""
        with readable_errors():
            if self._candidate.info().points_count >= GRAPH_FROM:
                await asyncio.to_thread(self._candidate.optimize)
            self._candidate.flush()
            self._candidate.close()
        write_durably(self._path(generation) / COMPLETE, "")

    async def publish(self, generation: str) -> None:
        """Replaces the file `live`, which is atomic."""
        if not (self._path(generation) / COMPLETE).exists():
            raise IndexMissing(f"{generation}: there is no complete generation with this name")
        write_durably(self._folder / "live", generation)

    async def drop(self, generation: str) -> None:
        """Removes the folder, the mark of completeness first."""
        (self._path(generation) / COMPLETE).unlink(missing_ok=True)
        shutil.rmtree(self._path(generation), ignore_errors=True)

    async def close(self) -> None:
        """Lets another process own the folder."""
        self._ownership.release()

    def _path(self, generation: str) -> Path:
        return self._folder / "generations" / generation


def edge_point(point: Point) -> Any:
    """Our point as Edge wants it; a point without vectors is only kept, never found."""
    vectors: dict[str, Any] = {}
    if point.dense is not None:
        vectors["dense"] = list(point.dense)
    if point.sparse is not None:
        vectors["sparse"] = edge.SparseVector(indices=list(point.sparse), values=list(point.sparse.values()))
    return edge.Point(point.id, vectors, dict(point.payload))


def edge_query(lookup: Lookup) -> Any:
    """The vector of a lookup as an Edge query."""
    if lookup.dense is not None:
        return edge.Query.Nearest(list(lookup.dense), using="dense")
    sparse = lookup.sparse or {}
    return edge.Query.Nearest(edge.SparseVector(indices=list(sparse), values=list(sparse.values())), using="sparse")


def edge_filter(types: Sequence[str], filter: Filter) -> Any:
    """All given fields must match, each with any of its values."""
    conditions: list[Any] = [
        edge.FieldCondition(key, match=edge.MatchAny(list(values)))
        for key, values in wanted_values(types, filter).items()
    ]
    return edge.Filter(must=conditions)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Edge raises bare `Exception`s; ours say what they mean."""
    try:
        yield
    except (IndexMissing, IndexUnavailable):
        raise
    except Exception as exc:
        raise IndexUnavailable(f"Qdrant Edge: {exc}") from exc


def write_durably(path: Path, text: str) -> None:
    """Writes the whole file or nothing, and survives a crash right after."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
