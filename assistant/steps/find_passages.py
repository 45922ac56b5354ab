"""Searches: in the asked municipality with what serves all of Drenthe and the country, and next to it elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from assistant.domain import COUNTRY, PROVINCE, Filter, Passage, Turn
from assistant.library import Library

ANSWER_LIMIT = 12
LIST_LIMIT = 60
ELSEWHERE_LIMIT = 4


class FindPassages:
    """Fills `passages`, `elsewhere` and `door`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        limit = LIST_LIMIT if turn.wants_list else ANSWER_LIMIT
        here = scope(turn)
        tasks = [self._library.search.find(turn.search_text, here, limit)]
        if here.municipalities:
            tasks.append(self._library.search.find(turn.search_text, Filter(), ELSEWHERE_LIMIT))
        found: list[list[Passage]] = list(await asyncio.gather(*tasks))
        ids = {passage.source.id for passage in found[0]}
        elsewhere = tuple(p for p in found[-1] if p.source.id not in ids) if len(found) > 1 else ()
        door = self._library.desk(turn.municipality)
        return replace(
            turn,
            passages=tuple(found[0]),
            elsewhere=elsewhere,
            door=await self._library.source(door) if door else None,
        )


def scope(turn: Turn) -> Filter:
    """The part of the corpus that can answer this turn."""
    if turn.about:
        return Filter(sources=turn.about)
    if turn.municipality:
        return Filter(municipalities=(turn.municipality, PROVINCE, COUNTRY))
    if turn.places:
        return Filter(municipalities=(COUNTRY,))
    return Filter()
