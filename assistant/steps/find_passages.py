"""Searches: in the asked municipality with what serves all of Drenthe and the country, and next to it elsewhere."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import COUNTRY, PROVINCE, Beyond, Filter, Passage, Source, Turn
from assistant.language.clauses import parts_with_needs
from assistant.language.places import municipalities
from assistant.library import Library
from assistant.search import Wish

ANSWER_LIMIT = 30
LIST_LIMIT = 60
ELSEWHERE_LIMIT = 4
PART_LIMIT = 6
LOCAL_LIMIT = 12
"""Local sources that are weighed however many others lie nearer: what is round the corner gets a bonus later."""

REWORDED = -0.035
"""What is found with the words of the thesaurus counts a little less than what the visitor's own words find."""

NETWORK = "gezonde-marke"
"""The source whose site is the next door for a question about the network itself."""
OF_THE_NETWORK = re.compile(r"\b(?:gezonde ?marke|de marke)\b", re.IGNORECASE)


class FindPassages:
    """Fills `passages`, `elsewhere`, `nearest`, `beyond` and `door`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        search, here = self._library.search, scope(turn)
        words = self._library.places.without_names(turn.search_text)
        parts = () if turn.wants_list or turn.about else turn.parts or parts_with_needs(turn.search_text)
        limit = LIST_LIMIT if turn.wants_list else ANSWER_LIMIT
        plain = turn.plain if asks_for_help(turn) else ()
        wishes = [Wish(turn.search_text, here, limit, words)]
        if turn.municipality and here.municipalities and not turn.wants_list:
            wishes.append(Wish(turn.search_text, Filter(municipalities=(turn.municipality,)), LOCAL_LIMIT, words))
        wishes += [Wish(text, here, PART_LIMIT) for text in (*parts, *plain)]
        if here.municipalities:
            wishes.append(Wish(turn.search_text, Filter(), ELSEWHERE_LIMIT, words))
        await search.prepare([wish.text for wish in wishes])
        # Not a TaskGroup: that would wrap the error of a store that is away.
        found, (nearest, best_question) = await asyncio.gather(
            search.find_all(wishes), search.examples(turn.search_text, words)
        )
        others = found.pop() if here.municipalities else []
        reworded = [[lowered(p) for p in passages] for passages in found[len(found) - len(plain) :]]
        found = [*found[: len(found) - len(plain)], *reworded]
        turn = replace(turn, passages=merged(found), best_question=best_question)
        turn = replace(turn, elsewhere=without(others, turn.passages))
        beyond = next((example for example in nearest if not_ours(example)), None)
        return replace(turn, nearest=nearest, beyond=beyond, door=await self._door(turn))

    async def _door(self, turn: Turn) -> Source | None:
        desk = self._library.desk(COUNTRY if is_outside(turn) else turn.municipality)
        if not turn.municipality and OF_THE_NETWORK.search(turn.text):
            desk = NETWORK
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


def asks_for_help(turn: Turn) -> bool:
    """Whether somebody asks for themselves or in another language: then the thesaurus helps, and else it misleads."""
    return (turn.about_me or turn.language != "nl") and not turn.wants_list and not turn.about


def lowered(passage: Passage) -> Passage:
    """A passage that was found with other words than the visitor's."""
    scores = passage.scores
    return replace(passage, scores=replace(scores, base=scores.base + REWORDED, fused=scores.fused + REWORDED))


def is_outside(turn: Turn) -> bool:
    """Whether somebody asks for places outside Drenthe only."""
    return bool(turn.places) and not municipalities(turn.places)


def scope(turn: Turn) -> Filter:
    """The part of the corpus that can answer this turn."""
    if turn.about:
        return Filter(sources=turn.about)
    asked = municipalities(turn.places) or ((turn.municipality,) if turn.municipality else ())
    if asked:
        return Filter(municipalities=(*asked, PROVINCE, COUNTRY))
    if is_outside(turn):
        return Filter(municipalities=(COUNTRY,))
    return Filter()
