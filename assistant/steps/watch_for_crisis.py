"""Puts a person in danger first: fixed rules and fixed words, which need no index and no model."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from assistant import replies
from assistant.domain import Answer, Card, Outcome, Source, Turn
from assistant.errors import StoreError
from assistant.language.analysis import words
from assistant.language.languages import detect_language
from assistant.library import Library
from assistant.rules.matching import SHORT, CrisisMatch, find_crisis, shows_distress, speaks_from_a_distance
from assistant.rules.meaning import Meaning, is_innocent, learned_meaning
from assistant.steps.cite_sources import cite

logger = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that the index may take to say what a question means; after that its words count."""

CRY = 4
"""Words up to which a text may be a cry for help: its meaning as a whole excuses nothing, like that of a long story."""


class WatchForCrisis:
    """Answers a crisis; the cards and citations come on top where the index is at hand.

    Words of a crisis in a book title, a school project or a joke are none. Signs must agree on that: the rule is not
    certain, and by its meaning the text lies far from every crisis; very far, unless it also speaks from a distance.
    The answer to a crisis that was set aside names the helpline all the same (`set_aside`).
    """

    def __init__(self, library: Library | None, learned: Callable[[str], Meaning | None] = learned_meaning) -> None:
        self._library = library
        self._learned = learned

    async def __call__(self, turn: Turn) -> Turn:
        crisis = find_crisis(turn.question.text)
        if crisis is None or await self._is_innocent(turn, crisis):
            return replace(turn, distressed=shows_distress(turn.text), set_aside=crisis.outcome if crisis else None)
        logger.warning("a crisis was recognised: %s", crisis.outcome)
        places = self._library.places.find(turn.text) if self._library else ()
        municipality = next((p.municipality for p in places if p.municipality), turn.question.municipality)
        answer = await answer_crisis(self._library, crisis.outcome, municipality)
        return replace(turn, outcome=crisis.outcome, municipality=municipality, answer=answer)

    async def _is_innocent(self, turn: Turn, crisis: CrisisMatch) -> bool:
        text = turn.text  # what the search keeps for the next visitor holds no personal data
        from_a_distance = speaks_from_a_distance(text, besides=crisis.fragment)
        if self._library is None or crisis.certain or not (from_a_distance or CRY < len(words(text)) <= SHORT):
            return False
        if detect_language(text) != "nl":
            return False
        meaning = self._learned(self._library.manifest.embedding_model)
        if meaning is None:
            return False
        try:
            async with asyncio.timeout(PATIENCE):
                shares = meaning.shares(await self._library.search.encoding(text))
                nearest = await self._library.search.examples(text, text)
                return is_innocent(shares, *nearest, from_a_distance=from_a_distance)
        except Exception:  # whatever is wrong with the index or the encoder, a person in danger is answered
            logger.exception("the meaning of words of a crisis is not known; they are taken as one")
            return False


async def answer_crisis(library: Library | None, outcome: Outcome, municipality: str | None) -> Answer:
    """The fixed text; with the helplines, and the desk of the municipality, as cards where the index is at hand."""
    sources = await _sources(library, outcome, municipality)
    citations = tuple(cite(n, source, source.summary) for n, source in enumerate(sources, 1))
    cards = tuple(Card(source, source.summary, n) for n, source in enumerate(sources, 1) if source.is_help)
    return Answer(outcome, replies.CRISIS[outcome], citations, cards)


async def _sources(library: Library | None, outcome: Outcome, municipality: str | None) -> list[Source]:
    if library is None:
        return []
    try:
        ids = [*replies.CRISIS_SOURCES[outcome], library.desk(municipality)]
        return [source for id in ids if id and (source := await library.source(id)) is not None]
    except StoreError:
        logger.exception("the index is away; the crisis is answered without cards")
        return []
