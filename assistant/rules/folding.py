"""One plain form for every way of typing, so that a rule needs to be written once and disguise does not help."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LETTERS = str.maketrans(
    {
        "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ґ": "г",
        "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": "",
        "'": "", "’": "", "‘": "", "`": "", "´": "", "ʼ": "", "′": "", "_": " ",
        "\u115f": "", "\u1160": "", "\u2800": "",
    }
)  # fmt: skip
LOOKALIKES = str.maketrans("асеорхуіјѕԁһкмтвнαεορνικτυ", "aceopxyijsdhkmtbhaeopviktu")
"""Cyrillic and Greek letters that look Latin; only read as Latin inside a word that also has Latin letters."""
LEET = str.maketrans("0134578@$!", "oieastbasi")

URL = re.compile(r"\bhttps?://\S+")
BLOB = re.compile(r"(?<![A-Za-z0-9+/])(?=[A-Z0-9+/]*[a-z])(?=[a-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}={0,2}")
STARS = re.compile(r"(?<=\w)\*{1,3}(?=\w)")
LEET_SIGN = re.compile(r"(?<=[^\W\d])[@$!](?=\w)")
SPELLED_OUT = re.compile(r"\b[^\W\d](?:[ .\-*/,]{1,3}[^\W\d]\b){2,}")
SPACES = re.compile(r"\s+")
TOKEN = re.compile(r"\w+|[.!?;:]")
REPEATED = re.compile(r"(.)\1{2,}")
START, END, STOP = "^", "$", "."


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and characters nobody sees."""
    if text.isascii() and text.isprintable():
        return text.lower().translate(LETTERS)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    return kept.translate(LETTERS)


def tokens(text: str) -> list[str]:
    """The folded words in order; `^`, `.` and `$` stand for the start, the end of a sentence and the end.

    An encoded blob becomes the one word `base64blob`, and letters that are spelled out become one word: `d.o.o.d`.
    """
    marked = BLOB.sub(" base64blob ", URL.sub(" ", text)).replace("\n", " . ")
    folded = SPACES.sub(" ", STARS.sub(lambda m: "0" * len(m[0]), fold(marked)))
    joined = SPELLED_OUT.sub(lambda m: re.sub(r"\W", "", m[0]), LEET_SIGN.sub(lambda m: m[0].translate(LEET), folded))
    found = [token if token[0].isalnum() else STOP for token in TOKEN.findall(joined)]
    return [START, *_without_double_stops(found), END]


def _without_double_stops(found: list[str]) -> Iterator[str]:
    previous = STOP
    for i, token in enumerate(found):
        if token != STOP or (previous != STOP and i + 1 < len(found)):
            yield token
        previous = token


def variants(token: str) -> Iterator[str]:
    """Readings of a token, the likeliest first: Latin for look-alikes, letters for digits, fewer repeated letters."""
    is_mixed = any("a" <= c <= "z" for c in token)
    plain = token.translate(LOOKALIKES) if is_mixed else token
    plain = plain.translate(LEET) if any(c.isalpha() for c in plain) else plain
    yield REPEATED.sub(r"\1\1", plain)
    yield REPEATED.sub(r"\1", plain)
    yield re.sub(r"(.)\1+$", r"\1", plain)
