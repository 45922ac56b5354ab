"""Collects the scores of one source from the matches of its points, and fuses them into one."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain import Scores
from assistant.finding import LEXICAL_SHARE, Scored, Weights, fused
from assistant.index import Match


def tallied(dense: Iterable[Match], sparse: Iterable[Match], total_idf: float) -> list[Tally]:
    """A tally for each source of which a chunk was found; `total_idf` is the idf weight of the whole question."""
    tallies: dict[str, Tally] = {}
    for match in dense:
        tallies.setdefault(str(match.payload["source"]), Tally(str(match.payload["source"]))).add_dense(match)
    for match in sparse:
        if (tally := tallies.get(str(match.payload["source"]))) is not None:
            tally.add_coverage(match, min(1.0, match.score / total_idf) if total_idf else 0.0)
    return [tally for tally in tallies.values() if tally.chunks]


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

    def scored(self, weights: Weights) -> Scored:
        """All that was collected, as a value."""
        chunk = self.best_chunk
        coverage = self.coverage.get(chunk, 0.0)
        score = fused(
            weights,
            chunk=self.chunks[chunk],
            question=self.question,
            title=self.title,
            sentence=self.sentence,
            coverage=coverage,
        )
        scores = Scores(
            chunk=self.chunks[chunk],
            question=self.question,
            title=self.title,
            sentence=self.sentence,
            coverage=coverage,
            question_coverage=self.question_coverage,
            base=score,
            fused=score,
        )
        return Scored(self.source, chunk, scores, self.sentences.get(chunk, {}))
