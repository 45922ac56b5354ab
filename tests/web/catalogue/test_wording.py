from __future__ import annotations

import pytest

from tests.fakes import a_source
from web.catalogue.wording import WordIndex

SOURCES = (
    a_source("bus", "De buurtbus rijdt elk uur.", title="Buurtbus"),
    a_source("winkel", "In de mantelzorgwinkel leen je hulpmiddelen.", title="Winkel", municipalities=("Assen",)),
    a_source("sedna", "Hier kun je koffie drinken.", title="Inloop", organisation="Sedna"),
    a_source("cafe", "Het Alzheimercafé in Exloërmond is gratis.", title="Café", municipalities=("Assen",)),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("buurtbus", {"bus"}),
        ("buurtbussen", {"bus"}),
        ("mantelzorg", {"winkel"}),
        ("SEDNA", {"sedna"}),
        ("exloermond", {"cafe"}),
        ("koffie assen", set()),
        ("koffie emmen", {"sedna"}),
        ("de het een", set()),
        ("kwantumfysica", set()),
        ("", set()),
    ],
)
def test_words_find_the_sources_that_hold_them(words: str, found: set[str]) -> None:
    assert set(WordIndex(SOURCES).matches(words)) == found


def test_a_source_with_all_words_holds_the_whole_weight() -> None:
    shares = WordIndex(SOURCES).matches("alzheimercafé exloërmond")

    assert shares == {"cafe": pytest.approx(1.0)}
