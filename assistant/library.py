"""One generation with all that answering needs from it: search, places, spelling and single sources."""

from __future__ import annotations

from collections.abc import Hashable

from assistant.domain import Chunk, Filter, Manifest, Source, Turn
from assistant.embedding import Embedder
from assistant.errors import IndexUnavailable, ModelMismatch
from assistant.finding import Finder
from assistant.finding.resident import ResidentFinder
from assistant.index import Index, IndexHome
from assistant.index.memory import RememberingIndex
from assistant.index.points import MANIFEST_ID, point_id, read_chunk, read_manifest, read_source
from assistant.language.places import PlaceFinder
from assistant.language.spelling import Speller
from assistant.recent import Recent
from assistant.search import HybridSearch

TURNS_KEPT = 384
RESIDENT_BELOW = 30_000
"""Searched texts up to which a generation is kept in memory: some 100 000 points and 200 MB."""


class Library:
    """An open generation. It never changes."""

    def __init__(self, index: Index, manifest: Manifest, embedder: Embedder, finder: Finder | None = None) -> None:
        self._index = index
        self.manifest = manifest
        self.generation = manifest.generation
        self.search = HybridSearch(index, embedder, manifest, finder)
        self.places = PlaceFinder(manifest.places, known_words=manifest.words)
        self.speller = Speller(manifest.words)
        self.turns: Recent[Hashable, Turn] = Recent(TURNS_KEPT)
        """What came of the questions that were asked last; see `assistant.answering`."""

    @classmethod
    async def open(cls, home: IndexHome, embedder: Embedder) -> Library:
        """The live generation. Raises `ModelMismatch` when another model made it, or another `StoreError`."""
        index = await home.open()
        manifest = await manifest_of(index)
        if manifest.embedding_model != embedder.name:
            await index.close()
            raise ModelMismatch(
                f"the index was made with EMBEDDING_MODEL={manifest.embedding_model}, but {embedder.name} is set; "
                "run `python -m ingest refresh` to rebuild it, or set the old model again"
            )
        return await cls.of(index, manifest, embedder)

    @classmethod
    async def of(cls, index: Index, manifest: Manifest, embedder: Embedder) -> Library:
        """A generation that is open; a small one is read into memory. Raises a `StoreError`."""
        remembering = RememberingIndex(index)
        small = manifest.searched < RESIDENT_BELOW
        return cls(remembering, manifest, embedder, await ResidentFinder.read_from(index) if small else None)

    def desk(self, municipality: str | None) -> str | None:
        """The id of the desk of a municipality, None when none is asked or the corpus names none."""
        return self.manifest.desks.get(municipality) if municipality else None

    async def source(self, id: str) -> Source | None:
        """One source by its id."""
        if known := self.search.known(id):
            return known
        points = await self._index.retrieve([point_id("source", id)])
        return read_source(points[0]) if points else None

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        """All sources that pass the filter, by title."""
        points = await self._index.scroll("source", filter)
        return sorted((read_source(point) for point in points), key=lambda source: source.title.casefold())

    async def chunks(self, source: str) -> list[Chunk]:
        """The chunks of a source in text order."""
        points = await self._index.scroll("chunk", Filter(sources=(source,)))
        return sorted((read_chunk(point)[0] for point in points), key=lambda chunk: chunk.position)

    async def facets(self, key: str, filter: Filter = Filter()) -> dict[str, int]:
        """How many sources have each value of a payload key."""
        return await self._index.facets(key, "source", filter)

    async def close(self) -> None:
        """Releases the index."""
        await self._index.close()


async def manifest_of(index: Index) -> Manifest:
    """What a generation knows about itself. Raises `IndexUnavailable` when it is not there."""
    points = await index.retrieve([MANIFEST_ID])
    if not points:
        raise IndexUnavailable(f"generation {index.generation} has no manifest; run `python -m ingest refresh`")
    return read_manifest(points[0])
