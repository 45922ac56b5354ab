"""Finds in memory: each text is compared with every point of a small generation in one multiplication.

A generation never changes, so nothing that is kept here grows old. One question looks at a thousand matches, and
bringing those over from Qdrant took most of the time of a search.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from assistant.domain import Filter, Scores
from assistant.finding import (
    DENSE_TYPES,
    EXAMPLES,
    FIRST_ROUND,
    LEXICAL_SHARE,
    Asked,
    Example,
    Scored,
    Weights,
)
from assistant.index import FILTER_FIELDS, Index, Point, PointType, wanted_values
from assistant.language.analysis import rarity

Floats: TypeAlias = NDArray[np.float32]
Rows: TypeAlias = NDArray[np.intp]
NONE: Rows = np.zeros(0, np.intp)


class ResidentFinder:
    """For a generation of at most some 100 000 points, of 2 kB each. Finds what `LookupFinder` finds."""

    def __init__(self, points: Sequence[Point], examples: Sequence[Point], weights: Weights = Weights()) -> None:
        """All points that a search may find, each with a dense vector."""
        self._weights = weights
        self._ids = [point.id for point in points]
        self._vectors = stacked(points)
        self._examples = [(str(point.payload["text"]), str(point.payload["subject"])) for point in examples]
        self._example_vectors = stacked(examples)
        names, self._source_of = np.unique([str(point.payload["source"]) for point in points], return_inverse=True)
        self._sources = names.tolist()
        self._of_type = {type: rows_of(points, type) for type in DENSE_TYPES}
        self._having = sources_by_value(points, self._source_of, len(self._sources))
        self._postings = weighted_rows(points)
        self._sentences = sentences_by_chunk(points, self._of_type["sentence"])

    @classmethod
    async def read_from(cls, index: Index) -> ResidentFinder:
        """Reads every point that can be found. Raises `IndexUnavailable`."""
        # A second thread would halve a millisecond and burn another one with waiting; the encoder has the other cores.
        threadpool_limits(1, user_api="blas")
        points = [point async for page in index.read(DENSE_TYPES) for point in compact(page)]
        return cls(points, [point async for page in index.read(("beyond",)) for point in compact(page)])

    async def find(self, searches: Sequence[Asked]) -> list[list[Scored]]:
        """For each search the best sources, best first, each once and at most its limit."""
        vectors = {vector: n for n, vector in enumerate(dict.fromkeys(asked.vector for asked in searches))}
        if not vectors or not self._ids:
            return [[] for _ in searches]
        cosines = np.array(list(vectors), np.float32) @ self._vectors.T
        return [self._found(asked, cosines[vectors[asked.vector]]) for asked in searches]

    async def nearest(self, vector: tuple[float, ...]) -> tuple[list[Example], float]:
        """The nearest example of each subject, nearest first, and the cosine of the nearest question of any source."""
        asked = np.array(vector, np.float32)
        nearest: dict[str, Example] = {}
        if self._examples:
            cosines = self._example_vectors @ asked
            for row in best_first(cosines, EXAMPLES).tolist():
                text, subject = self._examples[row]
                nearest.setdefault(subject, Example(text, subject, float(cosines[row])))
        questions = self._of_type["question"]
        return list(nearest.values()), float((self._vectors[questions] @ asked).max()) if len(questions) else 0.0

    def _found(self, asked: Asked, cosines: Floats) -> list[Scored]:
        passes = self._passing(asked.filter)
        shares = self._shares(asked)
        candidates = np.zeros(len(self._sources), bool)
        candidates[self._candidates(asked, passes, cosines, shares)] = True
        return self._scored(asked, candidates, cosines, np.minimum(shares, 1.0))

    def _passing(self, filter: Filter) -> NDArray[np.bool_]:
        """For each source whether it has, for each field of the filter, one of its values."""
        passes = np.ones(len(self._sources), bool)
        for key, values in wanted_values((), filter).items():
            has = np.zeros(len(self._sources), bool)
            for value in values:
                has[self._having.get((key, value), NONE)] = True
            passes &= has
        return passes

    def _shares(self, asked: Asked) -> Floats:
        """For each point the share of the question's idf weight that it holds, which repetition may take beyond 1."""
        scores = np.zeros(len(self._ids), np.float32)
        for term, weight in asked.terms.items():
            if term in self._postings:
                rows, weights = self._postings[term]
                scores[rows] += weight * weights
        return scores / np.float32(asked.total_idf) if asked.total_idf else scores

    def _candidates(self, asked: Asked, passes: NDArray[np.bool_], cosines: Floats, shares: Floats) -> Rows:
        """The sources of the points with the highest cosines, and of those that share the rarest words."""
        rows = np.flatnonzero(passes[self._source_of])
        near = rows[best_first(cosines[rows], asked.compared)]
        lexical = rows[shares[rows] > 0]
        worded = lexical[best_first(shares[lexical], FIRST_ROUND // 2)]
        by_meaning, by_words = (distinct(self._source_of[rows]) for rows in (near, worded))
        return np.concatenate([by_meaning[: asked.wanted], by_words[: asked.wanted // 2]])

    def _scored(self, asked: Asked, candidates: NDArray[np.bool_], cosines: Floats, shares: Floats) -> list[Scored]:
        def best(type: PointType, values: Floats) -> tuple[Floats, Rows]:
            """For each source the highest value among its points of a type (0 without one), and the row of it."""
            rows = self._of_type[type]
            rows = rows[candidates[self._source_of[rows]]]
            order = rows[np.lexsort((-values[rows], self._source_of[rows]))]
            owners, first = np.unique(self._source_of[order], return_index=True)
            highest, where = np.zeros(len(self._sources), np.float32), np.full(len(self._sources), -1)
            highest[owners], where[owners] = values[order[first]], order[first]
            return highest, where

        _, chunk_rows = best("chunk", cosines + LEXICAL_SHARE * shares)
        found = np.flatnonzero(chunk_rows >= 0)
        chunk, coverage = cosines[chunk_rows], shares[chunk_rows]
        question, title, sentence = (np.maximum(best(type, cosines)[0], 0.0) for type in DENSE_TYPES[1:])
        worded, _ = best("question", shares)
        w = self._weights
        fused = (
            w.chunk * chunk
            + w.question * np.where(question != 0, question, np.maximum(title, sentence))
            + w.sentence * np.where(sentence != 0, sentence, title)
            + w.coverage * coverage
        )
        columns = (chunk, question, title, sentence, coverage, worded, fused, fused)
        ranked = found[best_first(fused[found], asked.limit)]
        values = np.stack([column[ranked] for column in columns], axis=1).tolist()
        return [
            self._one(source, int(chunk_rows[source]), Scores(*scores), cosines)
            for source, scores in zip(ranked.tolist(), values, strict=True)
        ]

    def _one(self, source: int, chunk_row: int, scores: Scores, cosines: Floats) -> Scored:
        chunk = self._ids[chunk_row]
        rows = self._sentences.get(chunk, NONE)
        return Scored(self._sources[source], chunk, scores, dict(enumerate(cosines[rows].tolist())))


def compact(page: Sequence[Point]) -> list[Point]:
    """The points with their vectors in an eighth of the memory that lists of numbers take."""
    return [replace(point, dense=array("f", point.dense or ())) for point in page]


def stacked(points: Sequence[Point]) -> Floats:
    """A row of numbers for each point."""
    return (
        np.stack([np.asarray(point.dense, np.float32) for point in points]) if points else np.zeros((0, 1), np.float32)
    )


def best_first(scores: Floats, limit: int) -> Rows:
    """Where the highest scores are, at most `limit`, the highest first."""
    if limit < len(scores):
        some = np.argpartition(-scores, limit)[:limit]
        return some[np.argsort(-scores[some], kind="stable")]
    return np.argsort(-scores, kind="stable")


def distinct(values: Rows) -> Rows:
    """Each value once, in the order in which they first come."""
    _, first = np.unique(values, return_index=True)
    return values[np.sort(first)]


def rows_of(points: Sequence[Point], type: PointType) -> Rows:
    """The rows of the points of a type."""
    return np.array([row for row, point in enumerate(points) if point.payload["type"] == type], np.intp)


def sources_by_value(points: Sequence[Point], source_of: Rows, sources: int) -> dict[tuple[str, str], Rows]:
    """(key of a filter, value) → the sources that have it; every point says so of its source."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    first = np.unique(source_of, return_index=True)[1] if sources else NONE
    for source, row in enumerate(first.tolist()):
        for key in FILTER_FIELDS.values():
            values: Any = points[row].payload.get(key, ())
            for value in [values] if isinstance(values, str) else values:
                having[key, value].append(source)
    return {key: np.array(found, np.intp) for key, found in having.items()}


def sentences_by_chunk(points: Sequence[Point], rows: Rows) -> dict[str, Rows]:
    """Chunk → the rows of its sentences, in their order."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in sorted(rows.tolist(), key=lambda row: points[row].payload["number"]):
        found[str(points[row].payload["chunk"])].append(row)
    return {chunk: np.array(rows, np.intp) for chunk, rows in found.items()}


def weighted_rows(points: Sequence[Point]) -> dict[int, tuple[Rows, Floats]]:
    """Term → the rows that hold it, and its weight there times the idf that Qdrant gives it."""
    held: dict[int, list[tuple[int, float]]] = defaultdict(list)
    texts = 0
    for row, point in enumerate(points):
        texts += bool(point.sparse)
        for term, weight in (point.sparse or {}).items():
            held[term].append((row, weight))
    weighted: dict[int, tuple[Rows, Floats]] = {}
    for term, pairs in held.items():
        rows, weights = zip(*pairs, strict=True)
        idf = rarity(len(pairs), texts)
        weighted[term] = np.array(rows, np.intp), np.array(weights, np.float32) * np.float32(idf)
    return weighted
