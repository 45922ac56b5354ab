"""Says how old a source is, where that matters to who uses it."""

from __future__ import annotations

from assistant import replies
from assistant.domain import Source
from assistant.freshness import is_stale
from web.templating import dutch_date

STALE_PAGE = "Deze informatie is van {date}; kijk eerst of er iets nieuwers is."
"""For what nobody can be called about: a figure, a plan, a message."""


def age_note(source: Source) -> str | None:
    """One sentence when the information is older than two years, else None."""
    if source.date is None or not is_stale(source):
        return None
    sentence = replies.STALE if source.is_help else STALE_PAGE
    return sentence.format(date=month_of(source.date))


def short_age_note(source: Source) -> str | None:
    """The same in a few words, for a list in which many are old."""
    if source.date is None or not is_stale(source):
        return None
    return f"van {month_of(source.date)}" + ("; bel eerst even" if source.is_help else "")


def month_of(date: str) -> str:
    """`2019-05-20` as ‘mei 2019’, `2019` as ‘2019’."""
    return dutch_date(date[:7])


def year_of(source: Source) -> str:
    """The year of the source, in words when it has none."""
    return source.date[:4] if source.date else "datum onbekend"
