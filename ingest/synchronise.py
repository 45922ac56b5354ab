"""A refresh: read the corpus, compare, build a candidate generation, publish it by one atomic switch.

Nothing of the live generation is touched, so a crash at any moment leaves it answering; the vectors that were computed
before the crash are kept and used by the next run.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.build import build_embedder, build_home
from assistant.domain import Beyond, Chunk, Manifest, Place, Source
from assistant.embedding import Embedder
from assistant.errors import StoreError
from assistant.index import IndexHome
from assistant.index.ownership import Ownership
from assistant.index.points import (
    beyond_points,
    manifest_point,
    searched_terms,
    source_points,
    texts_to_embed,
    without_questions,
)
from assistant.language.analysis import words
from assistant.library import manifest_of
from assistant.rules.examples import load_examples
from assistant.settings import Settings
from ingest.beyond import read_beyond
from ingest.checking import read_corpus
from ingest.chunking import split
from ingest.places import read_places
from ingest.reading import Reading
from ingest.vectors import Text, VectorCache

BATCH = 32
GENERATIONS_KEPT = 5
FORMAT = "1"
"""Raised when the payloads or the analyser change, so that an index of an older program is rebuilt."""

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total)."""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did. `generation` is the live one afterwards."""

    generation: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    sources: int
    chunks: int
    embedded: int
    published: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What belongs to a corpus next to its sources."""

    places: tuple[Place, ...]
    beyond: tuple[Beyond, ...]


async def refresh(
    settings: Settings,
    corpus: Path,
    *,
    progress: Progress = lambda what, done, total: None,
    left_out: frozenset[str] = frozenset(),
) -> RefreshReport:
    """Brings the index in line with a corpus folder. `left_out` are `vragen` that are not indexed, for checks.

    Raises `CorpusError` before anything is written when a file is wrong, and `StoreError` when the index is away or
    another refresh is running.
    """
    readings = read_corpus(corpus)
    aside = Aside(read_places(corpus), (*read_beyond(corpus), *load_examples()))
    home = build_home(settings)
    lock = Ownership(settings.data_dir / "refresh.lock", "a refresh is already being done")
    lock.claim()
    try:
        return await _refresh(settings, home, readings, aside, progress, left_out)
    finally:
        lock.release()
        await home.close()


async def _refresh(
    settings: Settings,
    home: IndexHome,
    readings: Sequence[Reading],
    aside: Aside,
    progress: Progress,
    left_out: frozenset[str],
) -> RefreshReport:
    live = await _live_manifest(home)
    digests = {r.source.id: r.digest for r in readings}
    wanted = replace(_empty_manifest(settings, left_out, aside), digests=digests, places=aside.places)
    difference = _compare(live, wanted)
    if live is not None and not any(difference) and _same_ground(live, wanted):
        return RefreshReport(live.generation, (), (), (), live.sources, live.chunks, 0, published=False)
    embedder = build_embedder(settings)
    sources = [without_questions(r.source, left_out) for r in readings]
    pieces = {source.id: split(source, embedder.count_tokens) for source in sources}
    texts = [text for s in sources for text in texts_to_embed(s, pieces[s.id])]
    texts += [("question", example.question) for example in aside.beyond]
    vectors, embedded = await _embed(settings, embedder, texts, progress)
    manifest = _described(wanted, sources, pieces)
    await _build(home, manifest, embedder.dimension, sources, pieces, vectors, progress)
    await home.add(manifest.generation, beyond_points(aside.beyond, vectors))
    await home.complete(manifest.generation)
    await home.publish(manifest.generation)
    await _drop_old(home, manifest.generation)
    return RefreshReport(manifest.generation, *difference, manifest.sources, manifest.chunks, embedded, published=True)


def _empty_manifest(settings: Settings, left_out: frozenset[str], aside: Aside) -> Manifest:
    now = datetime.now(UTC)
    generation = f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    told = "\n".join([*sorted(left_out), *(f"{b.subject}: {b.question}" for b in aside.beyond)])
    ground = f"{FORMAT}/{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    return Manifest(generation, settings.embedding_model, 0, now.isoformat(timespec="seconds"), ground=ground)


def _same_ground(live: Manifest, wanted: Manifest) -> bool:
    return (live.embedding_model, live.ground, live.places) == (wanted.embedding_model, wanted.ground, wanted.places)


def _compare(live: Manifest | None, wanted: Manifest) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The ids that are new, changed and gone."""
    before: Mapping[str, str] = live.digests if live else {}
    after = wanted.digests
    return (
        tuple(id for id in after if id not in before),
        tuple(id for id in after if id in before and after[id] != before[id]),
        tuple(id for id in before if id not in after),
    )


async def _live_manifest(home: IndexHome) -> Manifest | None:
    """What is live now; None when there is nothing that this version can read, so that it is built anew."""
    try:
        generation = await home.live()
        if generation is None:
            return None
        index = await home.peek(generation)
        try:
            return await manifest_of(index)
        finally:
            await index.close()
    except StoreError:
        return None


async def _embed(
    settings: Settings,
    embedder: Embedder,
    wanted: Sequence[Text],
    progress: Progress,
) -> tuple[dict[Text, list[float]], int]:
    """A vector for every text, computed only where the cache has none."""
    texts = list(dict.fromkeys(wanted))
    cache = VectorCache(settings.data_dir / "vectors.sqlite")
    try:
        vectors = cache.get(embedder.name, texts)
        missing = [text for text in texts if text not in vectors]
        # Texts of like length together: a batch is as slow as its longest text.
        missing.sort(key=lambda text: (text[0], len(text[1])))
        progress("Teksten inlezen", 0, len(missing))
        for start in range(0, len(missing), BATCH):
            for role in ("text", "question"):
                batch = [text for text in missing[start : start + BATCH] if text[0] == role]
                embed = embedder.embed_texts if role == "text" else embedder.embed_questions
                found = await asyncio.to_thread(embed, [text for _, text in batch])
                cache.put(embedder.name, batch, found)
                vectors.update(zip(batch, found, strict=True))
            progress("Teksten inlezen", min(start + BATCH, len(missing)), len(missing))
        cache.keep_only(embedder.name, texts)
        return vectors, len(missing)
    finally:
        cache.close()


def _described(manifest: Manifest, sources: Sequence[Source], pieces: Mapping[str, Sequence[Chunk]]) -> Manifest:
    """The manifest with what the whole corpus teaches: term and word counts, and the desks."""
    frequency: Counter[str] = Counter()
    surface: Counter[str] = Counter()
    searched = 0
    for source in sources:
        for bag in searched_terms(source, pieces[source.id]):
            frequency.update(set(bag))
            searched += 1
        for text in (source.title, source.text, *source.questions):
            surface.update(words(text))
    return replace(
        manifest,
        sources=len(sources),
        chunks=sum(map(len, pieces.values())),
        searched=searched,
        document_frequency=dict(frequency),
        words=dict(surface),
        desks={where: source.id for source in sources if source.desk for where in source.municipalities},
    )


async def _build(
    home: IndexHome,
    manifest: Manifest,
    dimension: int,
    sources: Sequence[Source],
    pieces: Mapping[str, Sequence[Chunk]],
    vectors: Mapping[Text, Sequence[float]],
    progress: Progress,
) -> None:
    bags = {source.id: searched_terms(source, pieces[source.id]) for source in sources}
    chunk_length = _average([len(bag) for s in sources for bag in bags[s.id][: len(pieces[s.id])]])
    question_length = _average([len(bag) for s in sources for bag in bags[s.id][len(pieces[s.id]) :]])
    await home.create(manifest.generation, dimension)
    for done, source in enumerate(sources, 1):
        points = source_points(
            source, pieces[source.id], vectors, chunk_length=chunk_length, question_length=question_length
        )
        await home.add(manifest.generation, points)
        progress("Index bouwen", done, len(sources))
    await home.add(manifest.generation, [manifest_point(replace(manifest, dimension=dimension))])


async def _drop_old(home: IndexHome, live: str) -> None:
    for generation in [g for g in await home.generations() if g != live][: -(GENERATIONS_KEPT - 1)]:
        await home.drop(generation)


def _average(lengths: Sequence[int]) -> float:
    return sum(lengths) / len(lengths) if lengths else 1.0
