"""Finds the places that a question names: exact, in another spelling, or with a typing mistake."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.domain import Place
from assistant.language.analysis import WORD, fold
from assistant.language.lexicon import is_dutch

LONGEST_NAME = 5
TEXTS_KEPT = 64
SIMILAR = 85
"""Similarity (0 to 100, normalised Levenshtein) from which a misspelt word is taken for a place."""

SHORT_NAME = 4
"""A misspelt word this short counts only after a word that announces a place (“in asen”)."""

ORDINARY_WORDS = frozenset(
    """
    dalen vries gieten roden ruinen rolde linde winde echten donderen erica meppen haren leek twist een anderen amen
    loon witten spier oranje wateren fort hees engeland bonnen bosje lariks ballast klooster bazuin krakeel siberie
    as amerika altena marokko erm ees rhee hoorn kampen leiden hulst best goes assel balk houten epe ede holten
    """.split()
)
"""Place names that are ordinary words too: they count only where the text shows that a place is meant."""

HARDLY_EVER_WORDS = frozenset("dalen gieten roden ruinen rolde echten erica vries donderen".split())
"""Of these, the ones that in a question about help nearly always are the village."""

COMMONEST_WORDS = frozenset(["een", "anderen", "amen", "loon", "fort", "de wijk"])
"""Of these, the ones that also need their capital."""

KEYWORDS = 6
"""A question of so few words is read as keywords."""

ANNOUNCES = frozenset(
    """
    in uit te bij naar vanuit rond rondom nabij omgeving gemeente dorp woon woont omstreken
    """.split()
)
QUALIFIED = re.compile(r"^(?P<name>.+?) \((?P<where>.+)\)$")
SPACES = re.compile(r"[-\s]+")
NEW, NEW_IN_DRENTS = "nieuw ", ("nij ", "nei ", "nie ")
"""“Nieuw-Buinen” is Nij-Buunen or Nei-Buinen, as one speaks there."""
PART_OF_TOWN = re.compile(r"(?P<town>\w{4,}) (?:noord|oost|zuid|west|centrum|stad|dorp)$")
"""“Emmen-Zuid” is no village of its own, but in Emmen."""
ENDING = re.compile(r"'\w{1,4}$")
"""Turkish and others put case endings behind an apostrophe: Emmen'de."""


WHERE = re.compile(
    r"(?:(?:\b(?:en|want|maar|,)\s+)?\b(?:ik|wij|we)\s+(?:woon|wonen|kom|komen|zit|zitten|leef|leven)\s+"
    r"|\b(?:en|die)\s+(?:woon|woont|wonen)\s+|,?\s*\b(?:woon|woont|wonen)\s+|\b(?:woonachtig|wonend)\s+)?(?:\bhier\s+)?"
    r"\b(?:in|uit|te|bij|naar|vanuit|rond|rondom|nabij|omgeving|regio|near|from|für|w|z)\s+"
    r"(?:(?:de|het)\s+)?(?:(?:gemeente|omgeving|buurt|wijk|dorp|stad|regio)\s+(?:van\s+)?)?$"
    r"|\b(?:de\s+)?(?:gemeente|inwoners?\s+van)\s+$",
    re.IGNORECASE,
)
"""What stands before a place name when it only says where."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place and where in the text it is named."""

    place: Place
    start: int
    end: int
    namesakes: tuple[Place, ...] = ()
    """Places of the same name in other municipalities, when only that name was written."""


class PlaceFinder:
    """Knows the places of one generation. `known_words` are never read as a misspelt place."""

    def __init__(self, places: Sequence[Place], known_words: Container[str] = frozenset()) -> None:
        self._known_words = known_words
        self._cautious: set[str] = set()
        self._by_key: dict[str, Place] = {}
        self._namesakes = namesakes(places)
        plain = {key_of(place.name) for place in places if not QUALIFIED.match(place.name)}
        for place in sorted(places, key=_importance):
            self._add(place, plain)
        self._single = [key for key in self._by_key if " " not in key and len(key) >= 5 and key not in self._cautious]
        # One question looks several times at the same few texts.
        self._mentions = lru_cache(maxsize=TEXTS_KEPT)(self._find_mentions)
        self._municipalities = [key for key, p in self._by_key.items() if " " in key and p.kind in ("gemeente", "stad")]

    def find(self, text: str) -> tuple[Place, ...]:
        """The places in a text, in order of appearance, each once."""
        return tuple(dict.fromkeys(mention.place for mention in self.mentions(text)))

    def mentions(self, text: str) -> Sequence[Mention]:
        """Every piece of a text that names a place, in any spelling, in order."""
        return self._mentions(text)

    def _find_mentions(self, text: str) -> Sequence[Mention]:
        tokens = [(match.group(), match.start()) for match in WORD.finditer(text)]
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            place, used = self._longest_at(tokens, at)
            if place is not None:
                last, start = tokens[at + used - 1]
                written = key_of(" ".join(word for word, _ in tokens[at : at + used]))
                others = tuple(p for p in self._namesakes.get(written, ()) if p != place)
                found.append(Mention(place, tokens[at][1], start + len(last), others))
            at += used
        return found

    def without_where(self, text: str) -> str:
        """The text less the phrases that only say where (“in Emmen”, “ik woon in Roden”, “gemeente Assen”).

        A name without a word that announces a place may be part of a title (“Samen Zorg Assen”): it stays, well spelt.
        """
        for mention in reversed(self.mentions(text)):
            before = WHERE.search(text[: mention.start])
            start, name = (before.start(), "") if before else (mention.start, display_name(mention.place))
            text = f"{text[:start]}{name}{text[mention.end :]}"
        return _tidy(text)

    def without_names(self, text: str) -> str:
        """The text less every place name."""
        for mention in reversed(self.mentions(text)):
            text = text[: mention.start] + text[mention.end :]
        return _tidy(text)

    def _add(self, place: Place, plain: set[str]) -> None:
        qualified = QUALIFIED.match(place.name)
        name = qualified["name"] if qualified else place.name
        if not qualified or key_of(name) not in plain:
            self._by_key.setdefault(key_of(name), place)
            if qualified or key_of(name) in ORDINARY_WORDS:
                self._cautious.add(key_of(name))
        for variant in place.variants:
            key = key_of(variant)
            self._by_key.setdefault(key, place)
            if key in ORDINARY_WORDS:
                self._cautious.add(key)
        for key in [key_of(written) for written in (name, *place.variants)]:
            for drents in NEW_IN_DRENTS if key.startswith(NEW) else ():
                self._by_key.setdefault(f"{drents}{key.removeprefix(NEW)}", place)

    def _longest_at(self, tokens: Sequence[tuple[str, int]], at: int) -> tuple[Place | None, int]:
        for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            key = key_of(" ".join(word for word, _ in tokens[at : at + length]))
            place = self._by_key.get(key)
            if place is not None and (key not in self._cautious or self._is_meant(tokens, at, length, key)):
                return place, length
        for length in (2, 1):
            if len(tokens) - at >= length and (place := self._similar(tokens, at, length)):
                return place, length
        part = PART_OF_TOWN.match(key_of(tokens[at][0]))
        return (self._by_key.get(part["town"]) if part else None), 1

    def _is_meant(self, tokens: Sequence[tuple[str, int]], at: int, length: int, key: str) -> bool:
        word, last = tokens[at][0], tokens[at + length - 1][0]
        if _is_announced(tokens, at):
            # "in een gesprek", "bij Eén tegen eenzaamheid" and "bij mij in de wijk" name no village.
            return key not in COMMONEST_WORDS or (last[0].isupper() and last.lower() == fold(last))
        return key in HARDLY_EVER_WORDS and (len(tokens) <= KEYWORDS or (at > 0 and word[0].isupper()))

    def _similar(self, tokens: Sequence[tuple[str, int]], at: int, length: int) -> Place | None:
        words = [key_of(word) for word, _ in tokens[at : at + length]]
        key = " ".join(words)
        if length == 1 and self._is_ordinary(key):
            return None
        if length == 2 and words[0].startswith("gemeente"):
            return None  # "mijn gemeente een …" is not “gemeente Emmen”; the name behind it is looked at by itself
        if length == 2 and words[1] in self._by_key and self._is_ordinary(words[0]):
            return None  # “geld hoogeveen” is not “gem hoogeveen”
        if len(key) < SHORT_NAME + 1 and not (len(key) == SHORT_NAME and _is_announced(tokens, at)):
            return None
        known = self._single if length == 1 else self._municipalities
        cutoff = SIMILAR if length == 1 and len(key) > SHORT_NAME else SIMILAR + 3
        best = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=cutoff)
        return self._by_key[best[0]] if best and best[0][0] == key[0] else None

    def _is_ordinary(self, word: str) -> bool:
        return word in self._known_words or is_dutch(word)


def _is_announced(tokens: Sequence[tuple[str, int]], at: int) -> bool:
    before = fold(tokens[at - 1][0]) if at else ""
    return before in ANNOUNCES or not before.isascii()


def municipalities(places: Iterable[Place]) -> tuple[str, ...]:
    """The municipalities of Drenthe among the places, each once, in order."""
    return tuple(dict.fromkeys(place.municipality for place in places if place.municipality))


def namesakes(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    """The names that several municipalities of Drenthe have a place of, with those places, by key."""
    by_name: dict[str, list[Place]] = {}
    for place in places:
        if place.municipality:
            by_name.setdefault(key_of(display_name(place)), []).append(place)
    return {key: tuple(found) for key, found in by_name.items() if len(municipalities(found)) > 1}


def display_name(place: Place) -> str:
    """The name as people write it, without our own note in brackets."""
    qualified = QUALIFIED.match(place.name)
    return qualified["name"] if qualified else place.name.removeprefix("gemeente ")


def key_of(name: str) -> str:
    """The form in which names are compared: folded, hyphens and apostrophes as spaces."""
    return SPACES.sub(" ", ENDING.sub("", fold(name)).replace("'", " ")).strip()


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,.;:-")


def _importance(place: Place) -> int:
    order = ("gemeente", "stad", "dorp", "wijk", "buurtschap")
    return order.index(place.kind) if place.municipality and place.kind in order else len(order)
