"""Dutch dates are read as they are written, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.dates import MONTHS, find_dates, iso_date, stated_date

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("op 3 maart 2025 en 4 mrt. 2025", ["2025-03-03", "2025-03-04"]),
        ("12-03-2025, 12/3/2025 en 12.03.2025", ["2025-03-12"] * 3),
        ("van 2025-03-12 tot september 2026", ["2025-03-12", "2026-09"]),
        ("30 februari 2025", []),
        ("bel 0591 12 03 2025 of NL91-03-2025-11", []),
        ("versie 1.12.03.2025", []),
        ("de 1e januari 2024", ["2024-01-01"]),
    ],
)
def test_dates_in_a_text(text: str, dates: list[str]) -> None:
    assert [found.value for found in find_dates(text)] == dates


@given(DATES)
def test_every_day_is_read_in_each_way_of_writing(day: date) -> None:
    ways = [
        day.isoformat(),
        f"{day.isoformat()}T23:59:59+02:00",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}/{day.month}/{day.year}",
    ]

    assert {iso_date(way) for way in ways} == {day.isoformat()}


@given(DATES)
def test_a_found_date_stands_literally_in_the_text(day: date) -> None:
    text = f"Kom op zondag {day.day} {MONTHS[day.month - 1]} {day.year} langs."

    (found,) = find_dates(text)

    assert text[found.start : found.start + len(found.quote)] == found.quote


@given(st.text(max_size=200))
def test_any_text_has_only_days_of_the_calendar(text: str) -> None:
    assert all(len(found.value) in (7, 10) for found in find_dates(text))
    stated_date(text)
