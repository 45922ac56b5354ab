"""Hybrid search: dense and lexical, over chunks, questions, titles and sentences, merged into one list of passages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.domain import Beyond, Chunk, Filter, Manifest, Passage, Sentence, Source
from assistant.embedding import Embedder, Encoding, encode_questions
from assistant.finding import Asked, Finder, Scored
from assistant.finding.lookups import LookupFinder
from assistant.index import Index, Point, PointType
from assistant.index.points import point_id, read_chunk, read_source
from assistant.language.analysis import idf, question_weights, terms
from assistant.recent import Recent

ENCODINGS_KEPT, SEARCHES_KEPT, RECORDS_KEPT = 1024, 32, 4096

RECORDS: tuple[PointType, ...] = ("source", "chunk")


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

    def __init__(self, index: Index, embedder: Embedder, manifest: Manifest, finder: Finder | None = None) -> None:
        """`finder` searches the same generation as `index`; without one the index is asked."""
        self._index = index
        self._manifest = manifest
        self._finder = finder or LookupFinder(index)
        self._embedder = embedder
        self._encodings: Recent[str, Encoding] = Recent(ENCODINGS_KEPT)
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
        """What `find` gives for each wish, in their order."""
        found = await self._searches.get(tuple(wishes), lambda: self._find_all(wishes))
        return [list(passages) for passages in found]

    async def _find_all(self, wishes: Sequence[Wish]) -> list[list[Passage]]:
        asked = {n: await self._asked(wish) for n, wish in enumerate(wishes) if wish.limit > 0 and wish.text.strip()}
        found = dict(zip(asked, await self._finder.find(list(asked.values())), strict=True))
        return [await self._passages(found.get(n, [])) for n in range(len(wishes))]

    async def _asked(self, wish: Wish) -> Asked:
        words = terms(wish.compared)
        total = sum(self.rarity(term) for term in set(words))
        return Asked(await self.vector(wish.text), question_weights(words), total, wish.limit, wish.filter)

    def rarity(self, term: str) -> float:
        """The idf of a term in this generation."""
        return idf(term, self._manifest.document_frequency, self._manifest.searched)

    async def prepare(self, texts: Sequence[str]) -> None:
        """Embeds the texts that the next searches ask for, so that searches side by side do not each embed the same."""
        await asyncio.gather(*(self.vector(text) for text in dict.fromkeys(texts)))

    async def vector(self, text: str) -> tuple[float, ...]:
        """The vector of a question, computed once for all who ask."""
        return (await self.encoding(text)).vector

    async def encoding(self, text: str) -> Encoding:
        """What the encoder makes of a question, computed once for all who ask."""
        return await self._encodings.get(text, lambda: asyncio.to_thread(self._encode, text))

    def _encode(self, text: str) -> Encoding:
        return encode_questions(self._embedder, [text])[0]

    async def examples(self, text: str, words: str) -> Examples:
        """The nearest example of each subject that is beyond our sources, nearest first.

        With it comes the cosine of the nearest question of any source, wherever that source is about.
        """
        return await self._examples.get((text, words), lambda: self._find_examples(text, words))

    async def _find_examples(self, text: str, words: str) -> Examples:
        found, best_question = await self._finder.nearest(await self.vector(text))
        return tuple(Beyond(e.text, e.subject, e.score, self.coverage(words, e.text)) for e in found), best_question

    def coverage(self, question: str, *texts: str) -> float:
        """The share (0 to 1) of a question's idf weight that texts cover together; 0 for a question without terms."""
        held = frozenset[str]().union(*map(_terms_of, texts))
        weights = {term: self.rarity(term) for term in _terms_of(question)}
        total = sum(weights.values())
        return sum(w for term, w in weights.items() if term in held) / total if total else 0.0

    async def _passages(self, found: Sequence[Scored]) -> list[Passage]:
        await self._read(found)
        return [self._passage(one) for one in found if one.chunk in self._chunks and one.source in self._sources]

    async def _read(self, found: Sequence[Scored]) -> None:
        """Reads what is not known yet; checking a payload anew for every question takes longer than searching."""
        if len(self._chunks) > RECORDS_KEPT:
            self._chunks.clear()
            self._sources.clear()
        sources = {point_id("source", one.source) for one in found if one.source not in self._sources}
        chunks = {one.chunk for one in found if one.chunk not in self._chunks}
        if sources or chunks:
            self._keep(await self._index.retrieve([*sources, *chunks]))

    async def read_ahead(self) -> tuple[Source, ...]:
        """Reads every source and chunk, so that no question waits for that, and gives the sources.

        Of a generation that is too large to keep them all it reads nothing.
        """
        if self._manifest.sources + self._manifest.chunks > RECORDS_KEPT:
            return ()
        for type in RECORDS:
            await asyncio.to_thread(self._keep, await self._index.scroll(type))
        return tuple(self._sources.values())

    def known(self, id: str) -> Source | None:
        """A source that was read already, so that nobody waits for it again."""
        return self._sources.get(id)

    def _keep(self, points: Sequence[Point]) -> None:
        for point in points:
            if point.payload["type"] == "chunk":
                self._chunks[point.id] = read_chunk(point)
            else:
                source = read_source(point)
                self._sources[source.id] = source

    def _passage(self, found: Scored) -> Passage:
        chunk, texts = self._chunks[found.chunk]
        sentences = tuple(Sentence(text, found.sentences.get(n, 0.0)) for n, text in enumerate(texts))
        return Passage(self._sources[found.source], chunk, found.scores, sentences)


@lru_cache(maxsize=8192)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))
