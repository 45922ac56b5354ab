"""A thesaurus from residents' words to the words of sources: “zit nachten online te wedden” is gokverslaving.

The bundled encoder is small and does not see such steps. `thesaurus.yaml` makes them; its words in other languages than
Dutch come from dictionaries and were not checked by native speakers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.language.analysis import fold
from assistant.yaml_text import read_yaml

MOST = 2
"""Texts in the words of sources at most; a third one would blur the search."""

GAP = r" (?:\w[^ ]* ){0,4}"
ARTICLES = ("", "ال", "لل", "بال", "وال", "و")
"""What Arabic writes against a noun: the article, alone or after a preposition."""

KEY = 3
"""Characters that every pattern begins with. They choose the few patterns worth trying at a word."""

REPEATS = ("?", "*", "+", "{")
_BETWEEN_WORDS = re.compile(r"[^\w'.]+|\.(?=\w)")
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)")
_LITERAL = re.compile(rf"[^\W_][\w' ]{{{KEY - 1}}}")
_SAID_SHORT = re.compile(r"\bniet\b(?!\?)")
"""Many people say and write “nie”."""
_WORD_START = re.compile(r"(?<!\w)\w")
_UNFOLDED = str.maketrans({"ł": "l", "ı": "i", "ß": "ss", "`": "'", "´": "'"})


@dataclass(frozen=True, slots=True)
class Rewording:
    """A question as the search may read it next to the words of the visitor."""

    text: str
    """The question without figures of speech that mislead. For searching only: rules on danger read the original."""

    plain: tuple[str, ...]
    """At most `MOST` short texts in the words of sources, in the order of the table."""


class Entry(BaseModel):
    """One kind of help: what sources call it, and the ways in which people say it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: str
    example: str
    says: tuple[str, ...] = ()
    words: Mapping[str, str] = Field(default_factory=dict)
    """The same in other languages, by language code, with “ | ” between them."""

    def fragments(self) -> Iterator[str]:
        """Every way to say it as a regular expression over plain words."""
        yield from self.says
        for language, words in self.words.items():
            for word in words.split(" | "):
                yield from (article + word for article in ARTICLES) if language == "ar" else (word,)


class Figure(BaseModel):
    """A saying, and what the speaker means by it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figure: str
    instead: str
    example: str


class Table(BaseModel):
    """`thesaurus.yaml` as it is written: abbreviations, entries by rank, figures of speech."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    abbreviations: Mapping[str, str]
    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]


def reword(text: str) -> Rewording:
    """The question without misleading figures of speech, and the kinds of help that its words point to.

    Words that stand in the words of sources already need no translation and get none.
    """
    literal = _without_figures(text)
    spoken = plain_words(literal)
    return Rewording(literal, tuple(table().entries[rank].means for rank in sorted(_ranks(spoken))[:MOST]))


def plain_words(text: str) -> str:
    """Folded words with one space between them; of punctuation only a full stop remains, as a word of its own."""
    folded = fold(text).translate(_UNFOLDED)
    return _BETWEEN_WORDS.sub(" ", _SENTENCE_END.sub(" . ", folded)).strip()


@lru_cache(maxsize=1)
def table() -> Table:
    """The table of this package. Raises pydantic's `ValidationError` when it is not well formed."""
    written = read_yaml((Path(__file__).parent / "thesaurus.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(Table).validate_python(written)


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, Mapping[int, str]]:
    """The patterns by the letters they begin with, for each rank in the table.

    Raises `ValueError` for a pattern that begins with anything else than letters.
    """
    by_key: dict[str, dict[int, str]] = defaultdict(dict)
    for rank, entry in enumerate(table().entries):
        for expanded in (expanded for fragment in entry.fragments() for expanded in _expand(fragment)):
            ranked = by_key[_key(expanded)]
            ranked[rank] = f"{ranked[rank]}|{expanded}" if rank in ranked else expanded
    return by_key


def compile_patterns() -> int:
    """Compiles all patterns, else those of a word are when somebody first says it. Gives how many there are."""
    return sum(len(_compiled(key)) for key in patterns())


@cache
def _compiled(key: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    # Compiling all of them takes a quarter of a second; a question needs the few of its own words.
    return tuple((rank, re.compile(rf"(?:{choices})(?!\w)")) for rank, choices in patterns()[key].items())


def _expand(fragment: str) -> Iterator[str]:
    """The fragment with abbreviations and gaps written out, once for each word that it can begin with."""
    for name, meaning in table().abbreviations.items():
        fragment = fragment.replace(f"<{name}>", f"(?:{meaning})")
    folded = _SAID_SHORT.sub("niet?", fold(fragment).translate(_UNFOLDED).replace(" ... ", GAP))
    yield from _openings(folded)


def _openings(fragment: str) -> Iterator[str]:
    """The fragment once for each of the choices in the group that it begins with, if it does."""
    depth, start, choices = 0, len("(?:"), list[str]()
    for place, letter in enumerate(fragment):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 or (depth == 1 and letter == "|"):
            choices.append(fragment[start:place])
            start = place + 1
        if depth == 0:
            break
    if not fragment.startswith("(?:") or fragment[start : start + 1] in REPEATS:
        yield fragment
        return
    for choice in choices:
        yield from _openings(choice + fragment[start:])


def _key(fragment: str) -> str:
    key = fragment[:KEY]
    if not _LITERAL.fullmatch(key) or fragment[KEY : KEY + 1] in REPEATS:
        raise ValueError(f"thesaurus.yaml: {fragment!r} has to begin with {KEY} letters")
    return key


@lru_cache(maxsize=1)
def _means() -> tuple[str, ...]:
    return tuple(plain_words(entry.means) for entry in table().entries)


def _ranks(spoken: str) -> set[int]:
    keys, found = patterns().keys(), set[int]()
    for start in _WORD_START.finditer(spoken):
        position = start.start()
        key = spoken[position : position + KEY]
        for rank, pattern in _compiled(key) if key in keys else ():
            if rank not in found and (said := pattern.match(spoken, position)) and said[0] not in _means()[rank]:
                found.add(rank)
    return found


@lru_cache(maxsize=1)
def _figures() -> re.Pattern[str]:
    numbered = (f"(?P<f{number}>{figure.figure})" for number, figure in enumerate(table().figures))
    return re.compile(rf"\b(?:{'|'.join(numbered)})\b", re.IGNORECASE)


def _without_figures(text: str) -> str:
    return _figures().sub(_meant, text)


def _meant(said: re.Match[str]) -> str:
    instead = table().figures[int(str(said.lastgroup)[1:])].instead
    return instead.capitalize() if said[0][0].isupper() else instead
