"""Dutch dates as pages write them: `12 maart 2025`, `12-03-2025`, `2025-03-12T09:00:00+01:00`, `maart 2025`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
SHORT = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9} | {
    "okt": 10,
    "nov": 11,
    "dec": 12,
}
NUMBER_OF = {name: n for n, name in enumerate(MONTHS, 1)} | SHORT
NAMES = "|".join(sorted(NUMBER_OF, key=len, reverse=True))
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
MONTH = r"(?P<month>0?[1-9]|1[0-2])"
PATTERNS = (
    re.compile(rf"(?<![\d-]){YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"),
    re.compile(rf"\b{DAY}(?:e|ste|de)?\s+(?P<name>{NAMES})\.?\s+{YEAR}\b", re.IGNORECASE),
    re.compile(rf"(?<![\d./-]){DAY}[-/.]{MONTH}[-/.]{YEAR}(?![\d/-])"),
    re.compile(rf"(?<!\d )(?<!\d)\b(?P<name>{NAMES})\s+{YEAR}\b", re.IGNORECASE),
)
LABEL = re.compile(
    r"\b(?:laatst\s+)?(?:gewijzigd|bijgewerkt|gecontroleerd|aangepast|gepubliceerd|geplaatst|bewerkt)"
    r"(?:\s+op|\s+door\s+de\s+redactie\s+op)?\s*:?\s*"
    r"|\b(?:publicatiedatum|datum\s+publicatie|wijzigingsdatum|laatste\s+(?:wijziging|update))\s*:?\s*"
    r"|^nieuwsbericht\s*\|?\s*",
    re.IGNORECASE | re.MULTILINE,
)
LAST = re.compile(r"gewijzigd|bijgewerkt|aangepast|bewerkt|wijziging|update", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date (YYYY-MM or YYYY-MM-DD) and the literal words it stands in."""

    value: str
    quote: str
    start: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """The dates that a text names, in order; what is no day of the calendar is left out."""
    found: dict[int, FoundDate] = {}
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            overlaps = any(f.start < match.end() and match.start() < f.start + len(f.quote) for f in found.values())
            if not overlaps and (value := _value(match)):
                found[match.start()] = FoundDate(value, match.group(), match.start())
    yield from (found[start] for start in sorted(found))


def iso_date(text: str) -> str | None:
    """The first date in a value of the markup, such as `2025-03-12T09:00:00+01:00`."""
    plain = re.sub(r"(?<=\d)T\d\d.*$", "", text.strip()[:60])
    return next((found.value for found in find_dates(plain)), None)


def stated_date(text: str) -> FoundDate | None:
    """The date that a page gives for itself (`Laatst gewijzigd: 12 maart 2025`); a change goes before a publication."""
    found: list[tuple[bool, FoundDate]] = []
    for label in LABEL.finditer(text):
        after = text[label.end() : label.end() + 40]
        day = next((d for d in find_dates(after) if d.start <= len("maandag ")), None)
        if day is not None and re.fullmatch(r"(?:op\s+)?(?:\w{2,9}dag\s+)?\W{0,3}", after[: day.start].lstrip()):
            end = label.end() + day.start + len(day.quote)
            found.append(
                (bool(LAST.search(label.group())), FoundDate(day.value, text[label.start() : end], label.start()))
            )
    return max(found, key=lambda f: f[0])[1] if found else None


def _value(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month = NUMBER_OF[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    if not parts.get("day"):
        return f"{year}-{month:02}"
    try:
        return date(year, month, int(parts["day"])).isoformat()
    except ValueError:
        return None
