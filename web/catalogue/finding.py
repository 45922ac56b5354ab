"""Finds what a visitor selected: words go through the assistant's own search, and every count is of one generation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from assistant import Assistant
from assistant.domain import COUNTRY, PROVINCE, Passage, Source
from web.catalogue.collection import Collection, Found, select
from web.catalogue.selection import Selection

SEARCHED = 120
"""Sources that the search by meaning gives at most."""
REMEMBERED = 256
"""Searches that we keep, so that choosing a facet does not search again."""
NEAR = 0.04
FLOOR = 0.85
"""A source without the words is found when its score is this near to the best one, and never below the floor."""
NEAREST = 3
NEAR_FLOOR = 0.83
"""When nothing is found, this many are suggested; below this score even random letters find something."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The sources for some words, best first; and those that come near them, for when a choice leaves none."""

    sources: tuple[Source, ...]
    near: tuple[Source, ...] = ()


class Catalogue:
    """The collection of the live generation, and what was searched in it. Safe to share between tasks."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._collection: Collection | None = None
        self._searches: dict[str, Searched] = {}
        self._opening = asyncio.Lock()

    async def collection(self) -> Collection:
        """All sources of the live generation. Raises a `StoreError`."""
        manifest = await self._assistant.manifest()
        if (ours := self._collection) is not None and ours.generation == manifest.generation:
            return ours
        async with self._opening:
            if self._collection is None or self._collection.generation != manifest.generation:
                sources = await self._assistant.sources()
                self._collection = await asyncio.to_thread(Collection, manifest, sources)
                self._searches = {}
            return self._collection

    async def find(self, selection: Selection) -> Found:
        """The selected sources. Raises a `StoreError`."""
        collection = await self.collection()
        if not selection.words:
            return select(collection.sources, selection)
        return select((await self._search(collection, selection.words)).sources, selection)

    async def nearest(self, selection: Selection) -> tuple[Source, ...]:
        """What comes nearest to a selection without sources, also for a wider area. Raises a `StoreError`."""
        if not selection.words:
            return ()
        places = selection.values("gemeente")
        wider = selection.choosing("gemeente", (*places, PROVINCE, COUNTRY) if places else ())
        near = (await self._search(await self.collection(), selection.words)).near
        return tuple(source for source in near if wider.passes(source))[:NEAREST]

    async def _search(self, collection: Collection, words: str) -> Searched:
        searches = self._searches
        if (known := searches.get(words)) is not None:
            return known
        passages = await self._assistant.search(words, SEARCHED)
        searched = await asyncio.to_thread(merge, collection, words, passages)
        while len(searches) >= REMEMBERED:
            searches.pop(next(iter(searches)))
        searches[words] = searched
        return searched


def merge(collection: Collection, words: str, passages: list[Passage]) -> Searched:
    """The sources that hold the words or come near in meaning, in the order of the search; the rest by their words."""
    shares = collection.words.matches(words)
    best = passages[0].scores.fused if passages else 0.0
    bar = max(FLOOR, best - NEAR)
    found = {p.source.id: p.source for p in passages if p.source.id in shares or p.scores.fused >= bar}
    others = sorted((id for id in shares if id not in found), key=lambda id: -shares[id])
    sources = (*found.values(), *(collection.by_id[id] for id in others))
    return Searched(sources, tuple(p.source for p in passages if p.scores.fused >= NEAR_FLOOR))
