"""Scores the sources of one generation for a question, in memory or through the index, with the same outcome.

Scores are fused here and not by Qdrant: on colloquial Dutch, reciprocal rank fusion falls below the dense search
alone, while a cosine plus a small share of lexical coverage never hurt. `docs/quality.md` has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from assistant.domain import Filter, Scores
from assistant.index import PointType

DENSE_TYPES: tuple[PointType, ...] = ("chunk", "question", "title", "sentence")
SPARSE_TYPES: tuple[PointType, ...] = ("chunk", "question")
FIRST_ROUND = 120
CANDIDATES = 40
CANDIDATES_PER_PASSAGE = 3
LEXICAL_SHARE = 0.06
"""What full coverage of the question's words adds to the cosine of a chunk when the best of a source is chosen."""
EXAMPLES = 120
"""Nearest examples that are looked at for one of each subject."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the scores of a source are fused; chosen on the tuning set of `evals`."""

    chunk: float = 0.42
    question: float = 0.33
    sentence: float = 0.25
    coverage: float = 0.022


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: the vector of a text, the weights of its terms, and the idf weight of all of them together."""

    vector: tuple[float, ...]
    terms: Mapping[int, float]
    total_idf: float
    limit: int
    filter: Filter = field(default_factory=Filter)

    @property
    def compared(self) -> int:
        """Points of which the sources come into question: those with the highest cosines."""
        return FIRST_ROUND + 3 * self.limit

    @property
    def wanted(self) -> int:
        """Sources that the cosines may bring in; words may bring in half as many."""
        return max(self.limit, min(CANDIDATES, CANDIDATES_PER_PASSAGE * self.limit))


class Scored(NamedTuple):
    """A source that was found, with its best chunk and the cosine of each sentence of that."""

    source: str
    chunk: str
    scores: Scores
    sentences: Mapping[int, float]


class Example(NamedTuple):
    """An example of what no source answers, and its cosine."""

    text: str
    subject: str
    score: float


class Finder(Protocol):
    """Finds in one open generation. Raises `IndexUnavailable`."""

    async def find(self, searches: Sequence[Asked]) -> list[list[Scored]]:
        """For each search the best sources, best first, each once and at most its limit."""

    async def nearest(self, vector: tuple[float, ...]) -> tuple[list[Example], float]:
        """The nearest examples of what is beyond the sources, nearest first, one of each subject.

        With them comes the cosine of the nearest question of any source, 0 without one.
        """


def fused(weights: Weights, *, chunk: float, question: float, title: float, sentence: float, coverage: float) -> float:
    """One score for a source. A source without questions of its own is judged by its title and sentences."""
    return (
        weights.chunk * chunk
        + weights.question * (question or max(title, sentence))
        + weights.sentence * (sentence or title)
        + weights.coverage * coverage
    )
