"""Which municipality is meant, also when a name stands on the map more than once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.domain import Exchange, Outcome, Place
from assistant.language.places import PlaceFinder, namesakes
from assistant.language.whereabouts import Whereabouts, locate
from tests.fakes import EMMEN, GRONINGEN

ALTEVEERS = (
    Place("Alteveer", "De Wolden", "dorp", ("Alteveer bij Zuidwolde",)),
    Place("Alteveer", "Hoogeveen", "dorp"),
    Place("Alteveer", "Noordenveld", "buurtschap"),
)
VEENHUIZENS = (Place("Veenhuizen", "Noordenveld"), Place("Veenhuizen (Coevorden)", "Coevorden", "buurtschap"))
RODEN = Place("Roden", "Noordenveld")
FINDER = PlaceFinder([*ALTEVEERS, *VEENHUIZENS, RODEN, EMMEN, GRONINGEN])
IN_HOOGEVEEN = Exchange("hulp", Outcome.ANSWERED, municipality="Hoogeveen")


def where(text: str, chosen: str | None = None, history: Sequence[Exchange] = ()) -> Whereabouts:
    return locate(FINDER.mentions(text), chosen, history)


def test_a_name_that_several_municipalities_have_leaves_the_choice_open() -> None:
    found = where("wie helpt in Alteveer met schulden?")

    assert found == Whereabouts(ALTEVEERS, None, ("De Wolden", "Hoogeveen", "Noordenveld"))


@pytest.mark.parametrize(
    ("text", "chosen", "history", "municipality"),
    [
        ("Alteveer, vlak bij Roden", None, (), "Noordenveld"),
        ("Alteveer bij Zuidwolde", None, (), "De Wolden"),
        ("in Alteveer", "Hoogeveen", (), "Hoogeveen"),
        ("in Alteveer", None, (IN_HOOGEVEEN,), "Hoogeveen"),
        ("Ik woon in Alteveer en mijn moeder in Emmen", None, (), "Emmen"),
    ],
    ids=["another place in the question", "its own variant", "the choice", "the conversation", "one that is sure"],
)
def test_a_hint_tells_which_is_meant(
    text: str, chosen: str | None, history: Sequence[Exchange], municipality: str
) -> None:
    found = where(text, chosen, history)

    assert found.municipality == municipality
    assert found.choices == ()


def test_a_choice_that_has_no_place_of_that_name_settles_nothing() -> None:
    assert where("in Alteveer", "Emmen").choices == ("De Wolden", "Hoogeveen", "Noordenveld")


def test_a_place_outside_drenthe_has_no_municipality_and_no_choices() -> None:
    assert where("in Groningen", "Emmen") == Whereabouts((GRONINGEN,))


def test_without_a_place_the_choice_counts_and_then_the_conversation() -> None:
    assert where("hulp", "Emmen", (IN_HOOGEVEEN,)).municipality == "Emmen"
    assert where("hulp", None, (IN_HOOGEVEEN,)).municipality == "Hoogeveen"


def test_namesakes_lie_in_different_municipalities() -> None:
    assert set(namesakes([*ALTEVEERS, *VEENHUIZENS, RODEN])) == {"alteveer", "veenhuizen"}
    assert namesakes([ALTEVEERS[0], ALTEVEERS[0]]) == {}


@pytest.mark.parametrize("text", ["huisarts in Emmen-Zuid", "iets te doen in Emmen-oost?"])
def test_a_part_of_a_town_is_in_that_town(text: str) -> None:
    assert where(text).municipality == "Emmen"
