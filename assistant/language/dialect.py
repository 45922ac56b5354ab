"""Drents as people type it, with the standard Dutch word: a table of words, and the sound laws behind the rest.

The laws follow the Drents that is written in letters to the editor and on the street: long a as ao, ui as uu, ij as ie,
ou as ol, and the ending -en as 'n. A law only counts when it leads to a word that exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files

from assistant.language.analysis import fold


def _read_table() -> tuple[dict[str, str], frozenset[str]]:
    """Drents word → Dutch, and the ambiguous ones, from `drents.txt`."""
    text = (files(__package__) / "drents.txt").read_text(encoding="utf-8")
    rows = [row.split() for row in text.splitlines() if row and not row.startswith("#")]
    pairs = dict(row[0].split("=") for row in rows)
    return {word: dutch.replace("_", " ") for word, dutch in pairs.items()}, frozenset(
        row[0].split("=")[0] for row in rows if row[1:] == ["?"]
    )


DIALECT, AMBIGUOUS = _read_table()
"""Drents word → Dutch, and of these the words that standard Dutch has too, or may have by a typing mistake: they count
only next to surely Drents words."""

LAWS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(drents), dutch)
    for drents, dutch in (
        (r"'n$", ("en", "n")),
        (r"ao|oa", ("aa", "a")),
        (r"uu", ("ui", "oe")),
        (r"ie", ("ij", "ee", "e")),
        (r"ol(?=[dt])", ("ou",)),
        (r"eu", ("oo", "o")),
        (r"oe", ("ui",)),
        (r"sk", ("sch",)),
        (r"ei", ("ee", "ie")),
        (r"ou(?=[nmrlkt])", ("oe",)),
        (r"ar(?=k|f|s)", ("er",)),
        (r"um", ("om",)),
        (r"in(?=g$)", ("in",)),
        (r"gies?$", ("je",)),
        (r"ties?$", ("tje",)),
        (r"pies?$", ("pje",)),
    )
)
CLITIC = re.compile(r"^(?P<verb>[a-z]{2,}?)'(?P<rest>k|t|m)$")
CLITICS: Mapping[str, str] = {"k": "ik", "t": "het", "m": "hem"}
UMLAUT = re.compile(r"(?<![aeiouAEIOU])[öäüòèàÖÄÜ]")
"""A vowel with dots behind a consonant: Drents dörp, and not Dutch coördinatie."""


def is_drents(word: str) -> bool:
    """Whether a word, as typed, shows that its sentence is Drents."""
    plain = _plain(word)
    return plain in DIALECT and plain not in AMBIGUOUS


def as_dutch(words: Sequence[str]) -> list[str]:
    """Folded words with the Drents of the table in Dutch; the same words when none of them is surely Drents."""
    if not any(map(is_drents, words)):
        return list(words)
    return [part for word in words for part in DIALECT.get(word, word).split()]


def in_dutch(word: str, exists: Callable[[str], bool], *, among_drents: bool) -> str | None:
    """The Dutch for a word as typed, None when it is no Drents; `exists` says of a folded word that it is Dutch.

    `among_drents`: other words of the sentence are surely Drents, so that what could be both is read as Drents.
    """
    plain, folded = _plain(word), fold(word)
    if plain in DIALECT and (among_drents or plain not in AMBIGUOUS):
        return DIALECT[plain]
    if among_drents and UMLAUT.search(word) and exists(folded):
        return folded
    if exists(folded):
        return None
    if (clitic := CLITIC.match(folded)) and exists(clitic["verb"]):
        return f"{clitic['verb']} {CLITICS[clitic['rest']]}"
    return next((dutch for dutch in _by_law(folded) if exists(dutch)), None) if among_drents else None


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _by_law(word: str) -> Iterator[str]:
    """What a word may be in Dutch: one law, and then two laws at once."""
    once = list(_applied(word))
    yield from once
    for changed in once:
        yield from _applied(changed)


def _applied(word: str) -> Iterator[str]:
    for drents, forms in LAWS:
        if drents.search(word):
            yield from (drents.sub(dutch, word) for dutch in forms if drents.sub(dutch, word) != word)
