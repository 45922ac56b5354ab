"""Replaces what may not be invented by tokens: the model sees `BEDRAG_kqw2`, the visitor what the source gave.

Links, mail and street addresses, phone numbers, amounts, dates, every other number, and names. A token of another
request, or one that the model made up, stands for nothing.
"""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Iterable, Mapping

from assistant.domain import Source
from assistant.language.personal_data import ADDRESS, EMAIL, PHONE, STREET
from assistant.replies import MONTHS
from assistant.writing.naming import name_of

MONTH = "|".join(MONTHS)
KINDS: Mapping[str, re.Pattern[str]] = {
    "LINK": re.compile(r"(?:https?://|www\.)\S*\w|\b[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|net|eu|info|frl)\b(?:/\S*\w)?"),
    "MAIL": EMAIL,
    "DATUM": re.compile(
        rf"\b(?:\d{{1,2}} )?(?:{MONTH})(?: (?:19|20)\d\d)?\b|\b\d{{1,2}}[-/]\d{{1,2}}[-/](?:\d\d){{1,2}}\b",
        re.IGNORECASE,
    ),
    "BEDRAG": re.compile(r"€\s?\d[\d.,]*(?:\d|-)?|\d[\d.,]* euro\b"),
    "ADRES": re.compile(f"{STREET.pattern}|(?i:{ADDRESS.pattern})"),
    "TEL": re.compile(rf"\b14 0\d{{2,3}}\b|\b0[89]00[ -]?\d[\d -]*\d\b|{PHONE.pattern}"),
    "GETAL": re.compile(r"\d(?:[\d.,:/-]*\d)?"),
}
NAME = re.compile(
    r"(?<![.!?:\n] )(?<!^)\b[A-Z][\w'’-]*(?:\s(?:(?:van|de|der|den|en|het|’t)\s)?[A-Z0-9][\w'’-]*)*", re.MULTILINE
)
"""Capitals within a sentence."""

TOKEN = re.compile(r"\b(?:LINK|MAIL|DATUM|BEDRAG|ADRES|TEL|GETAL|NAAM)_\w*")
RAW = re.compile(r"\d|@|://|www\.|\b\w+\.(?:nl|com|org|net|eu|info)\b")
"""What only a token may bring into a sentence."""


class UnknownToken(Exception):
    """A token that this request did not hand out for this source."""


class Masks:
    """The tokens of one request."""

    def __init__(self) -> None:
        self.mark = "".join(secrets.choice(string.ascii_lowercase) for _ in range(3))
        self._tokens: dict[tuple[str, str], str] = {}
        self._values: dict[tuple[str, str], str] = {}

    def hide(self, text: str, source: Source) -> str:
        """The text of a source with tokens."""
        text = TOKEN.sub("", text)
        for kind, pattern in self._patterns(source):
            text = self._hidden(text, kind, pattern, source)
        return text

    def _hidden(self, text: str, kind: str, pattern: re.Pattern[str], source: Source) -> str:
        # What is a token already stays one: “TEL_kqw1” holds a digit.
        parts = re.split(f"({TOKEN.pattern})", text)

        def token(found: re.Match[str]) -> str:
            return self._token(kind, found.group(), source)

        return "".join(part if n % 2 else pattern.sub(token, part) for n, part in enumerate(parts))

    def show(self, text: str, source: Source) -> str:
        """The text with what the tokens stand for. Raises `UnknownToken` for one that this source did not bring."""

        def value(found: re.Match[str]) -> str:
            try:
                return self._values[source.id, found.group()]
            except KeyError as exc:
                raise UnknownToken(found.group()) from exc

        return TOKEN.sub(value, text)

    def _patterns(self, source: Source) -> Iterable[tuple[str, re.Pattern[str]]]:
        names = {name_of(source), source.organisation or "", *source.municipalities}
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
        for kind in ("MAIL", "LINK"):
            yield kind, KINDS[kind]
        if known:
            yield "NAAM", re.compile(rf"\b(?:{known})\b")
        yield from ((kind, KINDS[kind]) for kind in ("DATUM", "BEDRAG", "ADRES", "TEL", "GETAL"))
        yield "NAAM", NAME

    def _token(self, kind: str, value: str, source: Source) -> str:
        key = (source.id, value)
        if key not in self._tokens:
            token = f"{kind}_{self.mark}{len(self._tokens) + 1}"
            self._tokens[key] = token
            self._values[source.id, token] = value
        return self._tokens[key]
