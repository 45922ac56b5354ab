"""Hybrid search: dense and lexical, over chunks, questions, titles and sentences, merged into one list of passages.

Scores are fused here and not by Qdrant: on colloquial Dutch, reciprocal rank fusion falls below the dense search
alone, while a cosine plus a small share of lexical coverage never hurt. `docs/quality.md` has the figures.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.domain import Beyond, Filter, Manifest, Passage, Scores, Sentence, Source
from assistant.embedding import Embedder
from assistant.index import Index, Lookup, Match, Point, PointType
from assistant.index.points import point_id, read_chunk, read_source
from assistant.language.analysis import idf, question_weights, terms

DENSE_TYPES: tuple[PointType, ...] = ("chunk", "question", "title", "sentence")
SPARSE_TYPES: tuple[PointType, ...] = ("chunk", "question")
LEXICAL_SHARE = 0.06
FIRST_ROUND = 120
CANDIDATES = 40
CANDIDATES_PER_PASSAGE = 3
EXAMPLES = 120
POINTS_PER_CANDIDATE = 40


@dataclass(frozen=True, slots=True)
class Weights:
    """How the scores of a source are fused; chosen on the tuning set of `evals`."""

    chunk: float = 0.42
    question: float = 0.33
    sentence: float = 0.25
    coverage: float = 0.022


class HybridSearch:
    """Finds the passages of one generation. A source appears once, with its best chunk."""

    def __init__(self, index: Index, embedder: Embedder, manifest: Manifest, weights: Weights = Weights()) -> None:
        self._index = index
        self._manifest = manifest
        self._weights = weights
        self._embed = lru_cache(maxsize=2048)(lambda text: tuple(embedder.embed_questions([text])[0]))

    async def find(
        self, text: str, filter: Filter = Filter(), limit: int = 12, words: str | None = None
    ) -> list[Passage]:
        """The best passages for a text, best first. `words`, when given, is what the lexical half compares instead."""
        if limit < 1 or not text.strip():
            return []
        vector = await asyncio.to_thread(self._embed, text)
        words = text if words is None else words
        sparse = question_weights(terms(words))
        candidates = await self._candidates(vector, sparse, filter, limit)
        if not candidates:
            return []
        narrowed = replace(filter, sources=tuple(candidates))
        size = POINTS_PER_CANDIDATE * len(candidates)
        lookups = [
            Lookup(DENSE_TYPES, size, dense=vector, filter=narrowed, fields=("type", "source", "chunk", "number"))
        ]
        if sparse:
            lookups.append(
                Lookup(SPARSE_TYPES, size, sparse=sparse, filter=narrowed, fields=("type", "source", "chunk"))
            )
        found = await self._index.look_up(lookups)
        tallies = self._tally(found[0], found[1] if sparse else [], self._total_idf(words))
        best = sorted(tallies.values(), key=lambda t: -t.fused(self._weights))[:limit]
        return await self._passages(best)

    async def prepare(self, texts: Sequence[str]) -> None:
        """Embeds the texts that the next searches ask for, so that searches side by side do not each embed the same."""
        for text in texts:
            await asyncio.to_thread(self._embed, text)

    async def examples(self, text: str, words: str) -> tuple[tuple[Beyond, ...], float]:
        """The nearest example of each subject that is beyond our sources, nearest first.

        With it comes the cosine of the nearest question of any source, wherever that source is about.
        """
        vector = await asyncio.to_thread(self._embed, text)
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

    def coverage(self, question: str, text: str) -> float:
        """The share (0 to 1) of a question's idf weight that a text covers; 0 for a question without terms."""
        m, held = self._manifest, set(terms(text))
        weights = {term: idf(term, m.document_frequency, m.searched) for term in set(terms(question))}
        total = sum(weights.values())
        return sum(w for term, w in weights.items() if term in held) / total if total else 0.0

    async def _candidates(
        self, vector: Sequence[float], sparse: Mapping[int, float], filter: Filter, limit: int
    ) -> list[str]:
        lookups = [Lookup(DENSE_TYPES, FIRST_ROUND + 3 * limit, dense=vector, filter=filter)]
        if sparse:
            lookups.append(Lookup(SPARSE_TYPES, FIRST_ROUND // 2, sparse=sparse, filter=filter))
        found = await self._index.look_up(lookups)
        dense = list(dict.fromkeys(str(match.payload["source"]) for match in found[0]))
        lexical = list(dict.fromkeys(str(match.payload["source"]) for match in found[-1])) if sparse else []
        wanted = max(limit, min(CANDIDATES, CANDIDATES_PER_PASSAGE * limit))
        return list(dict.fromkeys([*dense[:wanted], *lexical[: wanted // 2]]))

    def _total_idf(self, text: str) -> float:
        m = self._manifest
        return sum(idf(term, m.document_frequency, m.searched) for term in set(terms(text)))

    def _tally(self, dense: Iterable[Match], sparse: Iterable[Match], total_idf: float) -> dict[str, Tally]:
        tallies: dict[str, Tally] = {}
        for match in dense:
            tallies.setdefault(str(match.payload["source"]), Tally(str(match.payload["source"]))).add_dense(match)
        for match in sparse:
            if (tally := tallies.get(str(match.payload["source"]))) is not None:
                tally.add_coverage(match, min(1.0, match.score / total_idf) if total_idf else 0.0)
        return {source: tally for source, tally in tallies.items() if tally.chunks}

    async def _passages(self, tallies: Sequence[Tally]) -> list[Passage]:
        ids = [id for t in tallies for id in (point_id("source", t.source), t.best_chunk)]
        points = {point.id: point for point in await self._index.retrieve(ids)}
        return [
            self._passage(t, points[t.best_chunk], read_source(points[point_id("source", t.source)]))
            for t in tallies
            if t.best_chunk in points and point_id("source", t.source) in points
        ]

    def _passage(self, tally: Tally, chunk_point: Point, source: Source) -> Passage:
        chunk, texts = read_chunk(chunk_point)
        scored = tally.sentences.get(chunk.id, {})
        sentences = tuple(Sentence(text, scored.get(n, 0.0)) for n, text in enumerate(texts))
        return Passage(source, chunk, tally.scores(self._weights), sentences)


class Tally:
    """Collects the scores of one source while the matches come in."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.chunks: dict[str, float] = {}
        self.coverage: dict[str, float] = {}
        self.sentences: dict[str, dict[int, float]] = {}
        self.question = 0.0
        self.question_coverage = 0.0
        self.title = 0.0
        self.sentence = 0.0

    def add_dense(self, match: Match) -> None:
        """Takes in a cosine."""
        match match.payload["type"]:
            case "chunk":
                self.chunks[match.id] = match.score
            case "question":
                self.question = max(self.question, match.score)
            case "title":
                self.title = match.score
            case "sentence":
                chunk, number = str(match.payload["chunk"]), int(match.payload["number"])
                self.sentences.setdefault(chunk, {})[number] = match.score
                self.sentence = max(self.sentence, match.score)

    def add_coverage(self, match: Match, share: float) -> None:
        """Takes in the share of the question's idf weight that a chunk or question covers."""
        if match.payload["type"] == "chunk":
            self.coverage[match.id] = share
        else:
            self.question_coverage = max(self.question_coverage, share)

    @property
    def best_chunk(self) -> str:
        """The chunk that the passage shows."""
        return max(self.chunks, key=lambda id: self.chunks[id] + LEXICAL_SHARE * self.coverage.get(id, 0.0))

    def fused(self, weights: Weights) -> float:
        """One score for the source. A source without questions of its own is judged by its title and sentences."""
        chunk = self.best_chunk
        return (
            weights.chunk * self.chunks[chunk]
            + weights.question * (self.question or max(self.title, self.sentence))
            + weights.sentence * (self.sentence or self.title)
            + weights.coverage * self.coverage.get(chunk, 0.0)
        )

    def scores(self, weights: Weights) -> Scores:
        """All that was collected, as a value."""
        chunk = self.best_chunk
        return Scores(
            chunk=self.chunks[chunk],
            question=self.question,
            title=self.title,
            sentence=self.sentence,
            coverage=self.coverage.get(chunk, 0.0),
            question_coverage=self.question_coverage,
            base=self.fused(weights),
            fused=self.fused(weights),
        )
