from __future__ import annotations

from assistant import Assistant
from tests.conftest import Workplace
from tests.web.catalogue.shelf import HELPLINE, INLOOP, SOURCES, WALKS, ShelfAssistant
from web.catalogue.finding import REMEMBERED, Catalogue
from web.catalogue.selection import Selection


async def test_without_words_all_sources_come_by_title() -> None:
    found = await Catalogue(ShelfAssistant()).find(Selection())

    assert found.sources == SOURCES


async def test_words_and_facets_narrow_together() -> None:
    catalogue = Catalogue(ShelfAssistant())

    found = await catalogue.find(Selection("wandelgroep", {"onderwerp": ("eenzaamheid",)}))

    assert len(found.sources) == len(WALKS) / 2
    assert {choice.value: choice.count for choice in found.choices["gemeente"]} == {"Assen": len(WALKS) / 2}


async def test_choosing_a_facet_does_not_search_again() -> None:
    assistant = ShelfAssistant()
    catalogue = Catalogue(assistant)

    await catalogue.find(Selection("koffie"))
    await catalogue.find(Selection("koffie", {"gemeente": ("Emmen",)}))

    assert assistant.searches == 1


async def test_a_new_generation_replaces_what_was_read_and_searched() -> None:
    assistant = ShelfAssistant()
    catalogue = Catalogue(assistant)
    assert INLOOP in (await catalogue.find(Selection("koffie"))).sources

    assistant.held = tuple(source for source in SOURCES if source != INLOOP)
    assistant.generation = "g2"

    assert INLOOP not in (await catalogue.find(Selection("koffie"))).sources
    assert INLOOP not in (await catalogue.find(Selection())).sources


async def test_old_searches_make_room() -> None:
    assistant = ShelfAssistant()
    catalogue = Catalogue(assistant)
    for n in range(REMEMBERED + 1):
        await catalogue.find(Selection(f"woord{n}"))

    await catalogue.find(Selection("woord0"))

    assert assistant.searches == REMEMBERED + 2


async def test_what_comes_near_keeps_to_the_place_and_to_wider_help() -> None:
    near = await Catalogue(ShelfAssistant()).nearest(Selection("verhaal", {"gemeente": ("Meppel",)}))

    assert near[0] == HELPLINE
    assert not set(near) & set(WALKS)


async def test_the_real_search_finds_names_and_meanings(workplace: Workplace) -> None:
    assistant = Assistant.open(settings=workplace.settings)
    try:
        catalogue = Catalogue(assistant)
        debts = await catalogue.find(Selection("schulden"))
        nonsense = await catalogue.find(Selection("kwantumfysica"))
        here = await catalogue.find(Selection("schulden", {"gemeente": ("Assen",)}))
    finally:
        await assistant.close()

    assert {source.id for source in debts.sources} >= {"emmen-geldloket", "assen-geldloket"}
    assert "drenthe-dementie" not in {source.id for source in debts.sources}
    assert nonsense.sources == ()
    assert [source.id for source in here.sources] == ["assen-geldloket"]
