"""Works out what is asked, for where, and by whom: places, follow-ups and requests for a list."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.domain import Exchange, Place, Turn
from assistant.language.analysis import words
from assistant.language.follow_up import asks_a_detail, is_only_a_place, leans_on_history
from assistant.language.languages import detect_language
from assistant.language.needs import recognise_needs
from assistant.language.places import PlaceFinder, municipalities
from assistant.language.spelling import Speller

LIST = re.compile(
    r"\b(?:welke|alle|overzicht|lijst|lijstje|opsomming|noem|allemaal|zoveel mogelijk)\b"
    r"(?=.{0,60}\b(?:projecten|initiatieven|organisaties|diensten|regelingen|activiteiten|inlopen|bronnen|plekken|"
    r"voedselbanken|cijfers|partners|hulplijnen|odensehuizen|buurthuizen|taalhuizen|loketten|spreekuren|"
    r"contactpunten|netwerken|programma's|subsidies)\b)",
    re.IGNORECASE,
)


ABOUT_ME = re.compile(
    r"\b(?:ik|mijn|mij|me|wij|we|ons|onze|waar kan|is er een|hier|wie helpt|hulp|iemand|my|me|i|ich|mein|meine|mir)\b",
    re.IGNORECASE,
)
"""Words by which somebody asks for themselves or a person they know."""


class UnderstandQuestion:
    """Fills `places`, `municipality`, `audience`, `language`, `corrected`, `search_text`, `needs` and the rest."""

    def __init__(self, places: PlaceFinder, speller: Speller) -> None:
        self._places = places
        self._speller = speller

    async def __call__(self, turn: Turn) -> Turn:
        places = self._places.find(turn.text)
        turn = replace(turn, places=places, audience=turn.question.audience, wants_list=bool(LIST.search(turn.text)))
        turn = replace(turn, municipality=_municipality(turn, places), language=detect_language(turn.text))
        turn = self._repaired(turn)
        turn = replace(turn, search_text=self._places.without_where(turn.search_text) or turn.search_text)
        turn = _with_history(turn, turn.history[-1]) if turn.history else turn
        return replace(turn, needs=recognise_needs(turn.search_text), about_me=bool(ABOUT_ME.search(turn.text)))

    def _repaired(self, turn: Turn) -> Turn:
        """Typing mistakes are repaired in Dutch only; the words of a place are never touched."""
        if turn.language != "nl":
            return turn
        mentions = self._places.mentions(turn.text)
        keep = frozenset(word for m in mentions for word in words(turn.text[m.start : m.end]))
        repair = self._speller.repair(turn.text, keep=keep)
        if not repair.changes:
            return turn
        return replace(turn, search_text=repair.text, corrected=", ".join(new for _, new in repair.changes))


def _municipality(turn: Turn, places: tuple[Place, ...]) -> str | None:
    """The place in the question, else the one that was chosen, else the one of the conversation."""
    named = municipalities(places)
    if named or places:
        return next(iter(named), None)
    earlier = (exchange.municipality for exchange in reversed(turn.history) if exchange.municipality)
    return turn.question.municipality or next(earlier, None)


def _with_history(turn: Turn, last: Exchange) -> Turn:
    """Rewrites a follow-up to a question that stands alone."""
    words = sum(len(place.name.split()) for place in turn.places)
    before = last.search_text or last.question
    if turn.places and is_only_a_place(turn.text, words):
        return replace(turn, search_text=before, leans_back=True)
    if not leans_on_history(turn.text):
        return turn
    about = last.sources if asks_a_detail(turn.text) and not turn.places else ()
    return replace(turn, search_text=f"{before} {turn.search_text}", about=about, leans_back=True)
