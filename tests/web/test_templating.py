"""Dates and addresses as a visitor reads them."""

from __future__ import annotations

import pytest

from web.templating import dutch_date, web_link


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2026-11-03", "3 november 2026"),
        ("2019-05", "mei 2019"),
        ("2019", "2019"),
        ("2019-13", "2019-13"),
        ("voorjaar", "voorjaar"),
        ("2019-05-01T10:00", "2019-05-01T10:00"),
    ],
)
def test_a_date_is_written_in_words(date: str, words: str) -> None:
    assert dutch_date(date) == words


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://sedna.nl/x", "https://sedna.nl/x"),
        ("www.sedna.nl", "https://www.sedna.nl"),
        ("javascript:alert(1)", None),
        ("zie de folder", None),
        ("via de gemeente. Bel", None),
    ],
)
def test_only_a_web_address_becomes_a_link(address: str, link: str | None) -> None:
    assert web_link(address) == link
