"""Hybrid search: dense and lexical, over chunks, questions, titles and sentences, merged into one list of passages.

Scores are fused here and not by Qdrant: on colloquial Dutch, reciprocal rank fusion falls below the dense search
alone, while a cosine plus a small share of lexical coverage never hurt. `docs/quality.md` has the figures.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from assistant.domain import Beyond, Chunk, Filter, Manifest, Passage, Sentence, Source
from assistant.embedding import Embedder
from assistant.index import Index, Lookup, Match, Point, PointType
from assistant.index.points import point_id, read_chunk, read_source
from assistant.language.analysis import idf, question_weights, terms
from assistant.recent import Recent
from assistant.tally import Tally, Weights, tallied

DENSE_TYPES: tuple[PointType, ...] = ("chunk", "question", "title", "sentence")
SPARSE_TYPES: tuple[PointType, ...] = ("chunk", "question")
FIRST_ROUND = 120
CANDIDATES = 40
CANDIDATES_PER_PASSAGE = 3
EXAMPLES = 120
POINTS_PER_CANDIDATE = 40
VECTORS_KEPT, SEARCHES_KEPT, RECORDS_KEPT = 2048, 128, 4096


R = TypeVar("R")

Examples = tuple[tuple[Beyond, ...], float]
"""The nearest example of each subject beyond our sources, and the cosine of the nearest question of any source."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One search among several that go to the index together: at most `limit` passages for a text.

    `words`, when given, is what the lexical half compares instead of the text.
    """

    text: str
    filter: Filter = field(default_factory=Filter)
    limit: int = 12
    words: str | None = None

    @property
    def compared(self) -> str:
        """What the lexical half compares."""
        return self.text if self.words is None else self.words


class HybridSearch:
    """Finds the passages of one generation. A source appears once, with its best chunk."""

    def __init__(self, index: Index, embedder: Embedder, manifest: Manifest, weights: Weights = Weights()) -> None:
        self._index = index
        self._manifest = manifest
        self._weights = weights
        self._embedder = embedder
        self._vectors: Recent[str, tuple[float, ...]] = Recent(VECTORS_KEPT)
        self._searches: Recent[tuple[Wish, ...], list[list[Passage]]] = Recent(SEARCHES_KEPT)
        self._examples: Recent[tuple[str, str], Examples] = Recent(SEARCHES_KEPT)
        self._sources: dict[str, Source] = {}
        self._chunks: dict[str, tuple[Chunk, tuple[str, ...]]] = {}

    async def find(
        self, text: str, filter: Filter = Filter(), limit: int = 12, words: str | None = None
    ) -> list[Passage]:
        """The best passages for a text, best first. `words`, when given, is what the lexical half compares instead."""
        [passages] = await self.find_all([Wish(text, filter, limit, words)])
        return passages

    async def find_all(self, wishes: Sequence[Wish]) -> list[list[Passage]]:
        """What `find` gives for each wish, in their order. The index is searched twice, whatever the number."""
        found = await self._searches.get(tuple(wishes), lambda: self._find_all(wishes))
        return [list(passages) for passages in found]

    async def _find_all(self, wishes: Sequence[Wish]) -> list[list[Passage]]:
        first = await self._look_up([await self._first_round(wish) for wish in wishes])
        candidates = [candidate_sources(wish, found) for wish, found in zip(wishes, first, strict=True)]
        second = await self._look_up([await self._second_round(*pair) for pair in zip(wishes, candidates, strict=True)])
        return [await self._best(wish, found) for wish, found in zip(wishes, second, strict=True)]

    async def prepare(self, texts: Sequence[str]) -> None:
        """Embeds the texts that the next searches ask for, so that searches side by side do not each embed the same."""
        await asyncio.gather(*(self.vector(text) for text in dict.fromkeys(texts)))

    async def vector(self, text: str) -> tuple[float, ...]:
        """The vector of a question, computed once for all who ask."""
        return await self._vectors.get(text, lambda: asyncio.to_thread(self._embed, text))

    def _embed(self, text: str) -> tuple[float, ...]:
        return tuple(self._embedder.embed_questions([text])[0])

    async def examples(self, text: str, words: str) -> Examples:
        """The nearest example of each subject that is beyond our sources, nearest first.

        With it comes the cosine of the nearest question of any source, wherever that source is about.
        """
        return await self._examples.get((text, words), lambda: self._find_examples(text, words))

    async def _find_examples(self, text: str, words: str) -> Examples:
        vector = await self.vector(text)
        lookups = [
            Lookup(("beyond",), EXAMPLES, dense=vector, fields=("text", "subject")),
            Lookup(("question",), 1, dense=vector),
        ]
        found, questions = await self._index.look_up(lookups)
        nearest: dict[str, Beyond] = {}
        for match in found:
            example, subject = str(match.payload["text"]), str(match.payload["subject"])
            nearest.setdefault(subject, Beyond(example, subject, match.score, self.coverage(words, example)))
        return tuple(nearest.values()), questions[0].score if questions else 0.0

    def coverage(self, question: str, *texts: str) -> float:
        """The share (0 to 1) of a question's idf weight that texts cover together; 0 for a question without terms."""
        m, held = self._manifest, frozenset[str]().union(*map(_terms_of, texts))
        weights = {term: idf(term, m.document_frequency, m.searched) for term in set(terms(question))}
        total = sum(weights.values())
        return sum(w for term, w in weights.items() if term in held) / total if total else 0.0

    async def _look_up(self, rounds: Sequence[Sequence[Lookup]]) -> list[list[list[Match]]]:
        """All lookups of all wishes in one call, and the matches of each wish by themselves."""
        lookups = [lookup for lookups in rounds for lookup in lookups]
        found = iter(await self._index.look_up(lookups) if lookups else [])
        return [[next(found) for _ in lookups] for lookups in rounds]

    async def _first_round(self, wish: Wish) -> list[Lookup]:
        """Which sources come near."""
        if wish.limit < 1 or not wish.text.strip():
            return []
        return await self._lookups(wish, wish.filter, FIRST_ROUND + 3 * wish.limit, FIRST_ROUND // 2)

    async def _second_round(self, wish: Wish, candidates: Sequence[str]) -> list[Lookup]:
        """Every score of the sources that came near."""
        if not candidates:
            return []
        size = POINTS_PER_CANDIDATE * len(candidates)
        return await self._lookups(wish, replace(wish.filter, sources=tuple(candidates)), size, size)

    async def _lookups(self, wish: Wish, filter: Filter, dense: int, sparse: int) -> list[Lookup]:
        """A dense lookup, and a lexical one for a text that has terms."""
        vector = await self.vector(wish.text)
        fields = ("type", "source", "chunk", "number")
        lookups = [Lookup(DENSE_TYPES, dense, dense=vector, filter=filter, fields=fields)]
        if weights := question_weights(terms(wish.compared)):
            lookups.append(Lookup(SPARSE_TYPES, sparse, sparse=weights, filter=filter, fields=fields))
        return lookups

    async def _best(self, wish: Wish, found: Sequence[Sequence[Match]]) -> list[Passage]:
        if not found:
            return []
        tallies = tallied(found[0], found[1] if len(found) > 1 else [], self._total_idf(wish.compared))
        return await self._passages(sorted(tallies, key=lambda t: -t.fused(self._weights))[: wish.limit])

    def _total_idf(self, text: str) -> float:
        m = self._manifest
        return sum(idf(term, m.document_frequency, m.searched) for term in set(terms(text)))

    async def _passages(self, tallies: Sequence[Tally]) -> list[Passage]:
        ids = [id for t in tallies for id in (point_id("source", t.source), t.best_chunk)]
        points = {point.id: point for point in await self._index.retrieve(ids)}
        return [
            self._passage(t, points[t.best_chunk], points[point_id("source", t.source)])
            for t in tallies
            if t.best_chunk in points and point_id("source", t.source) in points
        ]

    def _passage(self, tally: Tally, chunk_point: Point, source_point: Point) -> Passage:
        source = _read_once(self._sources, source_point, read_source)
        chunk, texts = _read_once(self._chunks, chunk_point, read_chunk)
        scored = tally.sentences.get(chunk.id, {})
        sentences = tuple(Sentence(text, scored.get(n, 0.0)) for n, text in enumerate(texts))
        return Passage(source, chunk, tally.scores(self._weights), sentences)


def candidate_sources(wish: Wish, found: Sequence[Sequence[Match]]) -> list[str]:
    """The sources of the first matches, the dense ones first, each once."""
    if not found:
        return []
    dense, lexical = (_sources(found[0]), _sources(found[1]) if len(found) > 1 else [])
    wanted = max(wish.limit, min(CANDIDATES, CANDIDATES_PER_PASSAGE * wish.limit))
    return list(dict.fromkeys([*dense[:wanted], *lexical[: wanted // 2]]))


def _read_once(read: dict[str, R], point: Point, read_point: Callable[[Point], R]) -> R:
    """What a point says; checking that anew for every question takes longer than searching."""
    found = read.get(point.id)
    if found is None:
        found = read_point(point)
        if len(read) < RECORDS_KEPT:
            read[point.id] = found
    return found


def _sources(matches: Sequence[Match]) -> list[str]:
    return list(dict.fromkeys(str(match.payload["source"]) for match in matches))


@lru_cache(maxsize=8192)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))
