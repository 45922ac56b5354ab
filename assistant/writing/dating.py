"""Says how old what was quoted is: old information as such, and for every number of which year it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant import replies
from assistant.domain import Source, Statement
from assistant.freshness import is_stale

COUNTED = (
    r"(?:mensen|personen|inwoners|volwassenen|ouderen|jongeren|kinderen|huishoudens|mantelzorgers|cliënten|patiënten|"
    r"deelnemers|vrijwilligers|leden|gezinnen|plaatsen|organisaties|gemeenten|partijen|projecten|plekken|teams|banen|"
    r"meldingen|keer)"
)
NUMBER = re.compile(
    r"€\s?\d|\d[\d.,]*\s?(?:euro|%|procent|miljoen|miljard|ton)\b|\d\s?%"
    rf"|(?<![\d.,])\d[\d.]*(?:,\d+)?\s(?:\w+\s)?{COUNTED}\b",
    re.IGNORECASE,
)
"""An amount, a share or a count: what changes from year to year. No phone numbers, times or ages."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def dated(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, each run of one source followed by how old it is where a reader must know."""
    written: list[Statement] = []
    for source, run in groupby(statements, key=lambda statement: statement.source):
        said = list(run)
        written += said
        note = age_note(source, [s.quote for s in said]) if source else None
        if note is not None:
            written.append(note)
    return tuple(written)


def age_note(source: Source, quotes: Sequence[str]) -> Statement | None:
    """That it is old; else, for a number whose sentence names no year, the date of the source or of our last look."""
    if source.date and is_stale(source):
        form = replies.STALE if source.is_help else replies.STALE_INFORMATION
        return _note(form.format(date=replies.spoken_date(source.date)), source, quotes)
    if not any(lacks_year(quote) for quote in quotes):
        return None
    if source.date:
        return _note(replies.AS_OF.format(date=replies.spoken_date(source.date)), source, quotes)
    return _note(replies.CHECKED.format(checked=replies.spoken_date(source.checked)), source, quotes)


def lacks_year(sentence: str) -> bool:
    """Whether it states a number without saying of which year."""
    return bool(NUMBER.search(sentence)) and not YEAR.search(sentence)


def _note(text: str, source: Source, quotes: Sequence[str]) -> Statement:
    return Statement(text, source, next((quote for quote in quotes if quote), source.summary))
