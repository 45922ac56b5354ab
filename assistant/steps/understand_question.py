"""Works out what is asked, for where, and by whom: places, follow-ups and requests for a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Exchange, Outcome, Turn
from assistant.language.analysis import terms, words
from assistant.language.feelings import says_only_a_feeling
from assistant.language.follow_up import asks_a_detail, is_only_a_place, leans_on_history, pointed_at
from assistant.language.languages import detect_language
from assistant.language.needs import recognise_needs
from assistant.language.places import PlaceFinder
from assistant.language.spelling import Speller
from assistant.language.thesaurus import reword
from assistant.language.whereabouts import locate

LIST = re.compile(
    r"\b(?:welke|alle|overzicht|lijst|lijstje|opsomming|noem|allemaal|zoveel mogelijk)\b"
    r"(?=.{0,60}\b(?:projecten|initiatieven|organisaties|diensten|regelingen|activiteiten|inlopen|bronnen|plekken|"
    r"voedselbanken|cijfers|partners|hulplijnen|odensehuizen|buurthuizen|taalhuizen|loketten|spreekuren|"
    r"contactpunten|netwerken|programma's|subsidies)\b)",
    re.IGNORECASE,
)


ABOUT_ME = re.compile(
    r"\b(?:ik|mijn|mij|me|wij|we|(?:ons|onze)(?! (?:provincie|regio|streek|land|werkgebied|praktijk)\b)|"
    r"waar kan|is er een|hier|wie helpt|hulp|iemand|my|me|i|ich|mein|meine|mir)\b|"
    r"(?:^|[.,;!?]\s*)(?:ben|heb|wil|zoek|woon|zit|voel|durf|mis|kreeg|krijg|sta|lig|slaap|snap|begrijp|ken)\b"
    r"(?! (?:je|jij|u)\b)",
    re.IGNORECASE,
)
"""Words by which somebody asks for themselves or a person they know, as typed or as the repaired words say it."""


TO_TALK = "ik voel me alleen en verdrietig, met wie kan ik praten"
"""What is searched for somebody who only says how they feel."""


class UnderstandQuestion:
    """Fills `places`, `municipality`, `audience`, `language`, `corrected`, `search_text`, `needs` and the rest."""

    def __init__(self, places: PlaceFinder, speller: Speller) -> None:
        self._places = places
        self._speller = speller

    async def __call__(self, turn: Turn) -> Turn:
        place = locate(self._places.mentions(turn.text), turn.question.municipality, turn.history)
        turn = replace(turn, places=place.places, municipality=place.municipality, choices=place.choices)
        turn = replace(turn, audience=turn.question.audience, wants_list=bool(LIST.search(turn.text)))
        turn = self._repaired(replace(turn, language=detect_language(turn.text)))
        turn = replace(turn, about_me=bool(ABOUT_ME.search(f"{turn.text} {turn.search_text}")))
        turn = replace(turn, search_text=self._places.without_where(turn.search_text) or turn.search_text)
        turn = self._with_history(turn, turn.history[-1]) if turn.history else turn
        if says_only_a_feeling(turn.text):
            turn = replace(turn, search_text=TO_TALK, about_me=True)
        said = reword(turn.search_text)
        needs = recognise_needs("; ".join((said.text, *said.plain)))
        return replace(turn, search_text=said.text, plain=said.plain, needs=needs)

    def _repaired(self, turn: Turn) -> Turn:
        """Typing mistakes are repaired in Dutch only; the words of a place are never touched."""
        if turn.language != "nl":
            return turn
        mentions = self._places.mentions(turn.text)
        keep = frozenset(word for m in mentions for word in words(turn.text[m.start : m.end]))
        repair = self._speller.repair(turn.text, keep=keep)
        if not repair.changes:
            return turn
        return replace(turn, search_text=repair.text, corrected=_shown(repair.changes))

    def _with_history(self, turn: Turn, last: Exchange) -> Turn:
        """Rewrites a follow-up to a question that stands alone."""
        before = subject_of(turn.history)
        if turn.places and is_only_a_place(self._places.without_names(turn.text)):
            return replace(turn, search_text=before, leans_back=True)
        if not leans_on_history(turn.text):
            return turn
        if which := pointed_at(turn.text, last.sources):
            return replace(turn, search_text=f"{before} {turn.search_text}", about=(which,), leans_back=True)
        found = last.outcome is not Outcome.UNANSWERABLE  # else it named only the next door to knock on
        about = last.sources if found and asks_a_detail(turn.text) and not turn.places else ()
        return replace(turn, search_text=f"{before} {turn.search_text}", about=about, leans_back=True)


def subject_of(history: Sequence[Exchange]) -> str:
    """What a conversation is about: its last question that did not itself ask for a detail of something earlier."""
    asked = [e for e in reversed(history) if e.question and not (asks_a_detail(e.question) and e is not history[0])]
    return (asked[0].search_text or asked[0].question) if asked else ""


def _shown(changes: Sequence[tuple[str, str]]) -> str | None:
    """The repaired words that carry meaning, as the visitor reads them: “mien” for “mijn” goes without saying."""
    return ", ".join(dict.fromkeys(new for _, new in changes if terms(new))) or None
