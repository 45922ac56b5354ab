"""How old information is, and when that must be said."""

from __future__ import annotations

from datetime import date

from assistant.domain import Source

STALE_YEARS = 2
OUTDATED_YEARS = 5


def age_in_years(source: Source, today: date | None = None) -> float | None:
    """Years since the source's own date, counted from the end of the year or month it gives; None when unknown."""
    if source.date is None:
        return None
    parts = [int(part) for part in source.date.split("-")]
    year, month, day = [*parts, *(12, 28)[len(parts) - 1 :]]
    return ((today or date.today()) - date(year, month, day)).days / 365.25


def is_stale(source: Source, today: date | None = None) -> bool:
    """Older than two years: the answer says so."""
    age = age_in_years(source, today)
    return age is not None and age > STALE_YEARS


def is_outdated(source: Source, today: date | None = None) -> bool:
    """Older than five years: used only when nothing newer bears on the question."""
    age = age_in_years(source, today)
    return age is not None and age > OUTDATED_YEARS
