from __future__ import annotations

import pytest

from assistant.domain import Kind
from tests.fakes import a_source
from web.catalogue.ageing import age_note, short_age_note, year_of


@pytest.mark.parametrize(
    ("kind", "date", "long", "short"),
    [
        (Kind.SERVICE, "2019-05-20", "Deze informatie is van mei 2019; bel eerst even", "van mei 2019; bel eerst even"),
        (Kind.SERVICE, "2012", "Deze informatie is van 2012; bel eerst even", "van 2012; bel eerst even"),
        (Kind.FIGURE, "2019-05", "Deze informatie is van mei 2019; kijk eerst of er iets nieuwers is.", "van mei 2019"),
    ],
)
def test_what_is_older_than_two_years_says_so(kind: Kind, date: str, long: str, short: str) -> None:
    source = a_source(kind=kind, date=date)

    assert (age_note(source) or "").startswith(long)
    assert short_age_note(source) == short


@pytest.mark.parametrize("date", ["2099", None])
def test_what_is_new_or_has_no_date_says_nothing(date: str | None) -> None:
    source = a_source(date=date)

    assert age_note(source) is None
    assert short_age_note(source) is None


def test_a_year_is_always_said_in_some_way() -> None:
    assert year_of(a_source(date="2024-05")) == "2024"
    assert year_of(a_source()) == "datum onbekend"
