"""Finds through the index, in two rounds: which sources come near, and then every score of those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Filter
from assistant.finding import DENSE_TYPES, EXAMPLES, FIRST_ROUND, SPARSE_TYPES, Asked, Example, Scored, Weights
from assistant.finding.tally import tallied
from assistant.index import Index, Lookup, Match

POINTS_PER_CANDIDATE = 40


class LookupFinder:
    """For a generation of any size. The index is searched twice, whatever the number of searches."""

    def __init__(self, index: Index, weights: Weights = Weights()) -> None:
        self._index = index
        self._weights = weights

    async def find(self, searches: Sequence[Asked]) -> list[list[Scored]]:
        """For each search the best sources, best first, each once and at most its limit."""
        first = await self._look_up(
            [lookups(asked, asked.filter, asked.compared, FIRST_ROUND // 2) for asked in searches]
        )
        candidates = [candidate_sources(asked, found) for asked, found in zip(searches, first, strict=True)]
        second = await self._look_up([all_scores(*pair) for pair in zip(searches, candidates, strict=True)])
        return [self._best(asked, found) for asked, found in zip(searches, second, strict=True)]

    async def nearest(self, vector: tuple[float, ...]) -> tuple[list[Example], float]:
        """The nearest example of each subject, nearest first, and the cosine of the nearest question of any source."""
        wanted = [
            Lookup(("beyond",), EXAMPLES, dense=vector, fields=("text", "subject")),
            Lookup(("question",), 1, dense=vector),
        ]
        found, questions = await self._index.look_up(wanted)
        nearest: dict[str, Example] = {}
        for match in found:
            subject = str(match.payload["subject"])
            nearest.setdefault(subject, Example(str(match.payload["text"]), subject, match.score))
        return list(nearest.values()), questions[0].score if questions else 0.0

    async def _look_up(self, rounds: Sequence[Sequence[Lookup]]) -> list[list[list[Match]]]:
        """All lookups of all searches in one call, and the matches of each search by themselves."""
        wanted = [lookup for lookups in rounds for lookup in lookups]
        found = iter(await self._index.look_up(wanted) if wanted else [])
        return [[next(found) for _ in lookups] for lookups in rounds]

    def _best(self, asked: Asked, found: Sequence[Sequence[Match]]) -> list[Scored]:
        if not found:
            return []
        tallies = tallied(found[0], found[1] if len(found) > 1 else [], asked.total_idf)
        scored = [tally.scored(self._weights) for tally in tallies]
        return sorted(scored, key=lambda one: -one.scores.fused)[: asked.limit]


def lookups(asked: Asked, filter: Filter, dense: int, sparse: int) -> list[Lookup]:
    """A dense lookup, and a lexical one for a text that has terms; how many points each brings."""
    fields = ("type", "source", "chunk", "number")
    wanted = [Lookup(DENSE_TYPES, dense, dense=asked.vector, filter=filter, fields=fields)]
    if asked.terms:
        wanted.append(Lookup(SPARSE_TYPES, sparse, sparse=asked.terms, filter=filter, fields=fields))
    return wanted


def all_scores(asked: Asked, candidates: Sequence[str]) -> list[Lookup]:
    """The lookups that bring every point of the candidates."""
    if not candidates:
        return []
    size = POINTS_PER_CANDIDATE * len(candidates)
    return lookups(asked, replace(asked.filter, sources=tuple(candidates)), size, size)


def candidate_sources(asked: Asked, found: Sequence[Sequence[Match]]) -> list[str]:
    """The sources of the first matches, the dense ones first, each once."""
    dense, lexical = (_sources(found[0]), _sources(found[1]) if len(found) > 1 else [])
    return list(dict.fromkeys([*dense[: asked.wanted], *lexical[: asked.wanted // 2]]))


def _sources(matches: Sequence[Match]) -> list[str]:
    return list(dict.fromkeys(str(match.payload["source"]) for match in matches))
