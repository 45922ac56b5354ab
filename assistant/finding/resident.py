"""Finds in memory: each text is compared with every point of a small generation in one multiplication.

A generation never changes, so nothing that is kept here grows old. One question looks at a thousand matches, and
bringing those over from Qdrant took most of the time of a search.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from assistant.domain import Filter, Scores
from assistant.finding import DENSE_TYPES, EXAMPLES, FIRST_ROUND, LEXICAL_SHARE, Asked, Example, Scored, Weights
from assistant.finding.columns import Columns, Floats, Names, Rows, columns_of, keep_columns, read_columns
from assistant.index import Index, Point, PointType, wanted_values

NOWHERE = slice(0, 0)

COMPARED_KEPT = 4
"""Questions whose cosines with all points are kept: a search and the look at the examples ask for the same ones."""


class ResidentFinder:
    """For a generation of at most some 100 000 points, of 2 kB each. Finds what `LookupFinder` finds."""

    def __init__(self, names: Names, columns: Columns, weights: Weights = Weights()) -> None:
        self._weights = weights
        self._ids, self._sources = names.ids, names.sources
        self._vectors, self._source_of = columns.vectors, columns.source_of
        self._examples, self._example_vectors = names.examples, columns.example_vectors
        self._of_type = {type: np.flatnonzero(columns.type_of == n) for n, type in enumerate(DENSE_TYPES)}
        # The rows of a type lie together.
        questions = self._of_type["question"]
        self._questions = slice(questions[0], questions[-1] + 1) if len(questions) else NOWHERE
        self._having, self._having_at = columns.having, places(map(tuple, names.having), columns.having_ends)
        self._held, self._held_at = columns.held, places(names.terms, columns.held_ends)
        self._held_weights = columns.weights
        self._sentences, self._sentences_at = columns.sentences, places(names.chunks, columns.sentences_ends)
        self._compared: dict[tuple[float, ...], Floats] = {}

    @classmethod
    def of(cls, points: Sequence[Point], examples: Sequence[Point]) -> ResidentFinder:
        """For all points that a search may find, each with a dense vector."""
        return cls(*columns_of(points, examples))

    @classmethod
    async def read_from(cls, index: Index) -> ResidentFinder:
        """From what an earlier start kept, else by reading every point that can be found. Raises `IndexUnavailable`."""
        # A second thread would halve a millisecond and burn another one with waiting; the encoder has the other cores.
        threadpool_limits(1, user_api="blas")
        if index.folder is not None and (kept := await asyncio.to_thread(read_columns, index.folder)) is not None:
            return cls(*kept)
        points = [point async for page in index.read(DENSE_TYPES) for point in compact(page)]
        examples = [point async for page in index.read(("beyond",)) for point in compact(page)]
        names, columns = await asyncio.to_thread(columns_of, points, examples)
        if index.folder is not None:
            await asyncio.to_thread(keep_columns, index.folder, names, columns)
        return cls(names, columns)

    async def find(self, searches: Sequence[Asked]) -> list[list[Scored]]:
        """For each search the best sources, best first, each once and at most its limit."""
        if not self._ids:
            return [[] for _ in searches]
        cosines = self._cosines([asked.vector for asked in searches])
        return [self._found(asked, cosines[asked.vector]) for asked in searches]

    async def nearest(self, vector: tuple[float, ...]) -> tuple[list[Example], float]:
        """The nearest example of each subject, nearest first, and the cosine of the nearest question of any source."""
        asked = np.array(vector, np.float32)
        nearest: dict[str, Example] = {}
        if self._examples:
            cosines = self._example_vectors @ asked
            for row in best_first(cosines, EXAMPLES).tolist():
                text, subject = self._examples[row]
                nearest.setdefault(subject, Example(text, subject, float(cosines[row])))
        of_questions = self._cosines([vector])[vector][self._questions] if self._ids else np.zeros(0, np.float32)
        return list(nearest.values()), float(of_questions.max(initial=0.0))

    def _cosines(self, vectors: Iterable[tuple[float, ...]]) -> dict[tuple[float, ...], Floats]:
        """For each vector its cosine with every point, for all at once; those of the last few are at hand."""
        asked = dict.fromkeys(vectors)
        if missing := [vector for vector in asked if vector not in self._compared]:
            compared = np.array(missing, np.float32) @ self._vectors.T
            self._compared.update(zip(missing, compared, strict=True))
        found = {vector: self._compared[vector] for vector in asked}
        for old in list(self._compared)[:-COMPARED_KEPT]:
            del self._compared[old]
        return found

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
                has[self._having[self._having_at.get((key, value), NOWHERE)]] = True
            passes &= has
        return passes

    def _shares(self, asked: Asked) -> Floats:
        """For each point the share of the question's idf weight that it holds, which repetition may take beyond 1."""
        scores = np.zeros(len(self._ids), np.float32)
        for term, weight in asked.terms.items():
            at = self._held_at.get(term, NOWHERE)
            scores[self._held[at]] += weight * self._held_weights[at]
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
        rows = self._sentences[self._sentences_at.get(chunk, NOWHERE)]
        return Scored(self._sources[source], chunk, scores, dict(enumerate(cosines[rows].tolist())))


def places(keys: Iterable[Hashable], ends: Rows) -> dict[Hashable, slice]:
    """Key → where its group stands in a column of groups."""
    return {key: slice(*edge) for key, edge in zip(keys, pairwise([0, *ends.tolist()]), strict=True)}


def compact(page: Sequence[Point]) -> list[Point]:
    """The points with their vectors in an eighth of the memory that lists of numbers take."""
    return [replace(point, dense=array("f", point.dense or ())) for point in page]


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
