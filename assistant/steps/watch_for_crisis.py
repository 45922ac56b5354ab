"""Puts a person in danger first: fixed rules and fixed words, which need no index and no model."""

from __future__ import annotations

import logging
from dataclasses import replace

from assistant import replies
from assistant.domain import Answer, Card, Outcome, Source, Turn
from assistant.errors import StoreError
from assistant.library import Library
from assistant.rules.matching import find_crisis, shows_distress
from assistant.steps.cite_sources import cite

logger = logging.getLogger(__name__)


class WatchForCrisis:
    """Answers a crisis; the cards and citations come on top where the index is at hand."""

    def __init__(self, library: Library | None) -> None:
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        crisis = find_crisis(turn.question.text)
        if crisis is None:
            return replace(turn, distressed=shows_distress(turn.text))
        logger.warning("a crisis was recognised: %s", crisis.outcome)
        places = self._library.places.find(turn.text) if self._library else ()
        municipality = next((p.municipality for p in places if p.municipality), turn.question.municipality)
        answer = await answer_crisis(self._library, crisis.outcome, municipality)
        return replace(turn, outcome=crisis.outcome, municipality=municipality, answer=answer)


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
