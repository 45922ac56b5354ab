"""How old a source is, counted so that doubt is in its favour."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.freshness import age_in_years, is_outdated, is_stale
from tests.fakes import a_source

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("source_date", "age"),
    [("2025-11-23", 1.0), ("2023-11", 2.99), ("2023", 2.9), ("2026-11-23", 0.0), ("2027", -1.1)],
    ids=["a day", "the end of a month", "the end of a year", "today", "the future"],
)
def test_age_is_counted_from_the_end_of_what_the_date_gives(source_date: str, age: float) -> None:
    assert age_in_years(a_source(date=source_date), TODAY) == pytest.approx(age, abs=0.02)


def test_a_source_without_a_date_has_no_age_and_is_not_called_old() -> None:
    source = a_source(date=None)

    assert age_in_years(source, TODAY) is None
    assert not is_stale(source, TODAY)
    assert not is_outdated(source, TODAY)


@pytest.mark.parametrize(
    ("source_date", "stale", "outdated"),
    [
        ("2024-11-24", False, False),
        ("2024-11-20", True, False),
        ("2021-11-24", True, False),
        ("2021-11-20", True, True),
        ("2016", True, True),
    ],
)
def test_two_years_make_stale_and_five_make_outdated(source_date: str, stale: bool, outdated: bool) -> None:
    source = a_source(date=source_date)

    assert (is_stale(source, TODAY), is_outdated(source, TODAY)) == (stale, outdated)


@pytest.mark.parametrize("source_date", ["2024-02-29", "2024-12-31", "2024-02", "1999"])
def test_every_date_that_the_corpus_format_allows_has_an_age(source_date: str) -> None:
    age = age_in_years(a_source(date=source_date), TODAY)

    assert age is not None
    assert age > 0
