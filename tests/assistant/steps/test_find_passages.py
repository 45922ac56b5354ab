"""Where is searched: here, in all of Drenthe and the country, and next to it elsewhere."""

from __future__ import annotations

import pytest

from assistant.domain import COUNTRY, PROVINCE, Filter, Passage, Place, Turn
from assistant.errors import StoreError
from assistant.library import Library
from assistant.search import HybridSearch
from assistant.steps import find_passages
from assistant.steps.find_passages import FindPassages, scope
from tests.fakes import EMMEN, GRONINGEN, a_turn

TWO_OF_A_NAME = (Place("Alteveer", "Hoogeveen"), Place("Alteveer", "Noordenveld"))


def ids(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.source.id for passage in passages]


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (a_turn(), Filter()),
        (a_turn(municipality="Emmen"), Filter(municipalities=("Emmen", "heel Drenthe", "heel Nederland"))),
        (a_turn(places=(GRONINGEN,)), Filter(municipalities=("heel Nederland",))),
        (a_turn(places=TWO_OF_A_NAME), Filter(municipalities=("Hoogeveen", "Noordenveld", PROVINCE, COUNTRY))),
        (a_turn(about=("emmen-inloop",), municipality="Emmen"), Filter(sources=("emmen-inloop",))),
        (
            a_turn(places=(EMMEN,), municipality="Emmen"),
            Filter(municipalities=("Emmen", "heel Drenthe", "heel Nederland")),
        ),
    ],
    ids=[
        "anywhere",
        "a municipality",
        "outside Drenthe",
        "a name of two municipalities",
        "about earlier sources",
        "a named place",
    ],
)
def test_the_scope_follows_from_what_was_understood(turn: Turn, expected: Filter) -> None:
    assert scope(turn) == expected


async def test_passages_serve_the_municipality_and_others_are_kept_apart(library: Library) -> None:
    turn = await FindPassages(library)(a_turn("hulp bij schulden", municipality="Emmen"))

    assert turn.passages[0].source.id == "emmen-geldloket"
    assert all(passage.source.serves("Emmen") for passage in turn.passages)
    assert "assen-geldloket" in ids(turn.elsewhere)
    assert not set(ids(turn.passages)) & set(ids(turn.elsewhere))


async def test_local_help_is_weighed_however_many_others_lie_nearer(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_passages, "ANSWER_LIMIT", 1)

    turn = await FindPassages(library)(a_turn("ik denk aan zelfmoord", municipality="Emmen"))

    assert {"emmen-inloop", "emmen-geldloket"} <= set(ids(turn.passages))


async def test_without_a_municipality_there_is_no_elsewhere(library: Library) -> None:
    turn = await FindPassages(library)(a_turn("hulp bij schulden"))

    assert {"emmen-geldloket", "assen-geldloket"} <= set(ids(turn.passages))
    assert turn.elsewhere == ()


async def test_the_door_is_the_desk_of_the_municipality(library: Library) -> None:
    turn = await FindPassages(library)(a_turn("fietsenmaker", municipality="Assen"))

    assert turn.door is not None
    assert turn.door.id == "assen-geldloket"


async def test_the_door_of_a_question_about_the_network_is_its_own_site(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_passages, "NETWORK", "emmen-inloop")

    network = await FindPassages(library)(a_turn("Hoeveel geld heeft Gezonde Marke?"))
    other = await FindPassages(library)(a_turn("Hoeveel geld heeft de gemeente?"))

    assert network.door is not None
    assert (network.door.id, other.door) == ("emmen-inloop", None)


async def test_a_question_about_earlier_sources_finds_only_these(library: Library) -> None:
    turn = await FindPassages(library)(a_turn("wat kost dat?", about=("emmen-inloop",)))

    assert ids(turn.passages) == ["emmen-inloop"]


async def test_a_source_is_found_once_however_many_needs_lead_to_it(library: Library) -> None:
    text = "Ik heb schulden en kan mijn rekeningen niet betalen, en ik zit hele dagen alleen thuis en zoek gezelschap."

    turn = await FindPassages(library)(a_turn(text))

    assert len(ids(turn.passages)) == len(set(ids(turn.passages)))
    assert {"emmen-inloop", "emmen-geldloket"} <= set(ids(turn.passages))


async def test_a_store_that_is_away_is_told_as_such(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> object:
        raise StoreError("the index is away")

    monkeypatch.setattr(HybridSearch, "find_all", away)

    with pytest.raises(StoreError, match="away"):
        await FindPassages(library)(a_turn("hulp bij schulden"))
