"""The name of a project or an organisation is seen, so that an unknown one is noticed."""

from __future__ import annotations

import pytest

from assistant.language.lexicon import is_dutch
from assistant.language.names import names_in, unknown_names
from tests.fakes import a_passage


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hoe meld ik mijn moeder aan bij Thuisanker?", "Thuisanker"),
        ("kan mijn zwager naar dagbesteding de turfschuiver", "turfschuiver"),
        ("is er een telefoonnummer van maatjesproject hand in hand", "hand in hand"),
        ("subsidie aanvragen bij het drents leefkrachtfonds", "leefkrachtfonds"),
    ],
    ids=["with a capital", "behind a kind and an article", "a word said twice", "a coined word that ends in a kind"],
)
def test_a_name_is_seen(text: str, name: str) -> None:
    assert name in names_in(text, is_dutch)


@pytest.mark.parametrize(
    "text",
    ["is er een project voor ouderen", "welk centrum waar je kunt eten", "de buurtbus naar het ziekenhuis"],
)
def test_ordinary_words_behind_a_kind_are_no_name(text: str) -> None:
    assert names_in(text, is_dutch) == ()


def test_a_name_that_a_passage_has_is_known() -> None:
    passage = a_passage()

    assert unknown_names([passage.source.title], [passage]) == ()
    assert unknown_names(["Thuisanker"], [passage]) == ("Thuisanker",)
