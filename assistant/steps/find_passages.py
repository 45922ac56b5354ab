"""Searches: in the asked municipality with what serves all of Drenthe and the country, and next to it elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.domain import COUNTRY, PROVINCE, Beyond, Filter, Passage, Source, Turn
from assistant.language.clauses import parts_with_needs
from assistant.language.places import municipalities
from assistant.library import Library

ANSWER_LIMIT = 30
LIST_LIMIT = 60
ELSEWHERE_LIMIT = 4
PART_LIMIT = 6


class FindPassages:
    """Fills `passages`, `elsewhere`, `nearest`, `beyond` and `door`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        search, here = self._library.search, scope(turn)
        words = self._library.places.without_names(turn.search_text)
        parts = () if turn.wants_list or turn.about else parts_with_needs(turn.search_text)
        await search.prepare([turn.search_text, *parts])
        async with asyncio.TaskGroup() as group:
            find = partial(search.find, turn.search_text, words=words)
            whole = group.create_task(find(here, LIST_LIMIT if turn.wants_list else ANSWER_LIMIT))
            pieces = [group.create_task(search.find(part, here, PART_LIMIT)) for part in parts]
            others = group.create_task(find(Filter(), ELSEWHERE_LIMIT if here.municipalities else 0))
            examples = group.create_task(search.examples(turn.search_text, words))
        nearest, best_question = examples.result()
        turn = replace(turn, passages=merged([whole.result(), *(piece.result() for piece in pieces)]))
        turn = replace(turn, elsewhere=without(others.result(), turn.passages), best_question=best_question)
        beyond = next((example for example in nearest if not_ours(example)), None)
        return replace(turn, nearest=nearest, beyond=beyond, door=await self._door(turn))

    async def _door(self, turn: Turn) -> Source | None:
        desk = self._library.desk(turn.municipality)
        return await self._library.source(desk) if desk else None


def without(passages: Sequence[Passage], others: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages whose source is not among the others."""
    ids = {passage.source.id for passage in others}
    return tuple(passage for passage in passages if passage.source.id not in ids)


def not_ours(example: Beyond) -> bool:
    """Whether an example is one that no source answers, and not a crisis or what only looks like one."""
    return "crisis" not in example.subject


def merged(lists: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """Each source once, with its best scores over the whole question and its parts."""
    best: dict[str, Passage] = {}
    for passage in (p for found in lists for p in found):
        known = best.get(passage.source.id)
        if known is None or passage.scores.fused > known.scores.fused:
            best[passage.source.id] = passage
    return tuple(best.values())


def scope(turn: Turn) -> Filter:
    """The part of the corpus that can answer this turn."""
    if turn.about:
        return Filter(sources=turn.about)
    asked = municipalities(turn.places) or ((turn.municipality,) if turn.municipality else ())
    if asked:
        return Filter(municipalities=(*asked, PROVINCE, COUNTRY))
    if turn.places:
        return Filter(municipalities=(COUNTRY,))
    return Filter()
