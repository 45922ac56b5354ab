"""Builds one generation from entries: embeds what is new, counts, and writes the points, a few sources at a time.

What differs little from the live generation begins as a copy of it, in which only the changed sources are written.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.domain import Beyond, Chunk, Manifest, Source
from assistant.embedding import Embedder
from assistant.index import IndexHome, Point
from assistant.index.points import (
    beyond_points,
    manifest_point,
    searched_terms,
    source_points,
    texts_to_embed,
    without_questions,
)
from assistant.language.analysis import words
from assistant.rules.matching import find_crisis
from ingest.chunking import split
from ingest.collecting import Entry, Progress
from ingest.comparing import Difference
from ingest.shelf import Shelf
from ingest.vectors import Text, VectorCache

BATCH = 32
WINDOW = 2048
"""Texts that are sorted by length before they are embedded: a batch is as slow as its longest text."""
COMMIT_EVERY = 200
POINTS_AT_ONCE = 500
REMOVED_AT_ONCE = 200
"""Sources that are taken out of a copy in one go."""

SERIOUS = frozenset({"veiligheid", "mentale-gezondheid"})
"""Topics of the sources that may have a crisis among their questions; looking at all of them would take seconds."""

SPLITTING, EMBEDDING, BUILDING = "Bronnen splitsen", "Teksten inlezen", "Index bouwen"


@dataclass(frozen=True, slots=True)
class Material:
    """What a generation is built from. Nothing here holds all sources at once."""

    entries: Sequence[Entry]
    beyond: tuple[Beyond, ...]
    shelf: Shelf
    embedder: Embedder
    left_out: frozenset[str] = frozenset()

    def pieces(self, entries: Iterable[Entry]) -> Iterator[tuple[Source, tuple[Chunk, ...]]]:
        """Each source with its chunks, split now when it was not split before."""
        for entry in entries:
            source = self.shelf.source(entry.digest)
            source = without_questions(source, self.left_out | crises_of(source))
            chunks = self.shelf.chunks(entry.digest)
            if chunks is None:
                chunks = split(source, self.embedder.count_tokens)
                self.shelf.put_chunks(entry.digest, chunks)
            yield source, chunks


def crises_of(source: Source) -> frozenset[str]:
    """The questions of a helpline that are a crisis in themselves (“mijn man slaat me”).

    The rules answer those before any search. In the index they would make a crisis look like an ordinary question.
    """
    if SERIOUS.isdisjoint(source.topics):
        return frozenset()
    return frozenset(question for question in source.questions if _is_crisis(question))


@lru_cache(maxsize=10_000)
def _is_crisis(question: str) -> bool:
    return find_crisis(question) is not None


async def embed(material: Material, cache: VectorCache, progress: Progress) -> int:
    """Sees to a vector for every text; only what the cache lacks is computed. How many texts that were."""
    lacking, count = _lacking(material, cache, progress)
    examples = cache.missing(material.embedder.name, [("question", b.question) for b in material.beyond])
    total = count + len(examples)
    progress(EMBEDDING, 0, total)
    done = 0
    window = list(examples)
    for source, chunks in material.pieces(lacking):
        window += texts_to_embed(source, chunks)
        if len(window) >= WINDOW:
            done = await _embed_window(material.embedder, cache, window, progress, done, total)
            window = []
    await _embed_window(material.embedder, cache, window, progress, done, total)
    cache.keep_wanted()
    return total


def _lacking(material: Material, cache: VectorCache, progress: Progress) -> tuple[list[Entry], int]:
    """The entries with a text that has no vector yet, and how many such texts there are."""
    lacking, count = [], 0
    total = len(material.entries)
    for done, (entry, (source, chunks)) in enumerate(
        zip(material.entries, material.pieces(material.entries), strict=True), 1
    ):
        if missing := len(cache.missing(material.embedder.name, texts_to_embed(source, chunks))):
            lacking.append(entry)
            count += missing
        if done % COMMIT_EVERY == 0 or done == total:
            material.shelf.commit()
            progress(SPLITTING, done, total)
    return lacking, count


async def _embed_window(
    embedder: Embedder, cache: VectorCache, window: Sequence[Text], progress: Progress, done: int, total: int
) -> int:
    known = cache.get(embedder.name, window)
    missing = [text for text in dict.fromkeys(window) if text not in known]
    missing.sort(key=lambda text: (text[0], len(text[1])))
    for role, call in (("text", embedder.embed_texts), ("question", embedder.embed_questions)):
        texts = [text for text in missing if text[0] == role]
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            cache.put(embedder.name, batch, await asyncio.to_thread(call, [text for _, text in batch]))
            done += len(batch)
            progress(EMBEDDING, done, total)
    return done


def describe(manifest: Manifest, material: Material) -> Manifest:
    """The manifest with what the whole corpus teaches: term and word counts, average lengths, and the desks."""
    frequency: Counter[str] = Counter()
    surface: Counter[str] = Counter()
    terms_of = {"chunk": 0, "question": 0}
    count_of = {"chunk": 0, "question": 0}
    desks: dict[str, str] = {}
    for source, chunks in material.pieces(material.entries):
        for n, bag in enumerate(searched_terms(source, chunks)):
            frequency.update(set(bag))
            kind = "chunk" if n < len(chunks) else "question"
            terms_of[kind] += len(bag)
            count_of[kind] += 1
        for text in (source.title, source.text, *source.questions):
            surface.update(words(text))
        if source.desk:
            desks |= dict.fromkeys(source.municipalities, source.id)
    averages = {kind: terms_of[kind] / count_of[kind] if count_of[kind] else 1.0 for kind in terms_of}
    return replace(
        manifest,
        sources=len(material.entries),
        chunks=count_of["chunk"],
        searched=sum(count_of.values()),
        document_frequency=dict(frequency),
        words=dict(surface),
        desks=desks,
        dimension=material.embedder.dimension,
        chunk_length=averages["chunk"],
        question_length=averages["question"],
    )


async def build(
    home: IndexHome, manifest: Manifest, material: Material, cache: VectorCache, progress: Progress
) -> None:
    """Writes the whole generation and completes it; it is not live yet."""
    await home.create(manifest.generation, material.embedder.dimension)
    examples: list[Text] = [("question", example.question) for example in material.beyond]
    known = cache.get(material.embedder.name, examples)
    await home.add(manifest.generation, beyond_points(material.beyond, known))
    await _finish(home, manifest, material, material.entries, cache, progress)


async def patch(
    home: IndexHome,
    manifest: Manifest,
    base: Manifest,
    difference: Difference,
    material: Material,
    cache: VectorCache,
    progress: Progress,
) -> None:
    """Completes a copy of the generation `base` in which only what differs is written; `base` stays as it is."""
    progress(BUILDING, 0, len(difference.new) + len(difference.changed))
    await home.derive(manifest.generation, base.generation)
    stale = (*difference.changed, *difference.gone)
    for start in range(0, len(stale), REMOVED_AT_ONCE):
        await home.remove(manifest.generation, stale[start : start + REMOVED_AT_ONCE])
    fresh = {*difference.new, *difference.changed}
    entries = [entry for entry in material.entries if entry.id in fresh]
    await _finish(home, manifest, material, entries, cache, progress)


async def _finish(
    home: IndexHome,
    manifest: Manifest,
    material: Material,
    entries: Sequence[Entry],
    cache: VectorCache,
    progress: Progress,
) -> None:
    window: list[Point] = []
    for done, (source, chunks) in enumerate(material.pieces(entries), 1):
        vectors = cache.get(material.embedder.name, texts_to_embed(source, chunks))
        lengths = {"chunk_length": manifest.chunk_length, "question_length": manifest.question_length}
        window += source_points(source, chunks, vectors, **lengths)
        if len(window) >= POINTS_AT_ONCE or done == len(entries):
            await home.add(manifest.generation, window)
            window = []
        progress(BUILDING, done, len(entries))
    await home.add(manifest.generation, [manifest_point(manifest)])
    await home.complete(manifest.generation)
