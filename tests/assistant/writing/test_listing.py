"""Answers to “welke projecten …”."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.domain import Filter, Kind, Selection, Source
from assistant.writing.listing import SHOWN, Listing, listing_for, matching, write_list
from tests.fakes import EMMEN, a_passage, a_source, a_turn

PROJECT = a_passage(
    a_source("project", title="Dorpssteunpunten", kind=Kind.PROJECT, municipalities=["Emmen", "Coevorden"])
)
SERVICE = a_passage(a_source("dienst", title="Inloop", municipalities=["heel Drenthe"]), fused=0.89)


def test_only_the_kind_that_was_asked_is_listed() -> None:
    turn = a_turn("Welke projecten zijn er?", passages=(SERVICE, PROJECT))

    assert [p.source.id for p in matching(turn)] == ["project"]


def test_only_the_theme_that_was_asked_is_listed() -> None:
    theme = a_passage(a_source("netwerk", themes=["netwerkaanpak"]))
    turn = a_turn("Welke bronnen gaan over de netwerkaanpak?", passages=(theme, SERVICE))

    assert [p.source.id for p in matching(turn)] == ["netwerk"]


def test_without_a_source_of_that_kind_the_nearest_are_listed() -> None:
    turn = a_turn("Welke hulplijnen zijn er?", passages=(PROJECT, SERVICE))

    assert [p.source.id for p in matching(turn)] == ["project", "dienst"]


class Shelf:
    """Gives the same sources for every filter, and remembers the filter."""

    def __init__(self, sources: Sequence[Source] = ()) -> None:
        self.found = list(sources)
        self.asked: list[Filter] = []

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        self.asked.append(filter)
        return self.found


def a_listing(*sources: Source) -> Listing:
    return Listing(sources, Selection(kind="project", total=len(sources)), exact=True)


@pytest.mark.parametrize(
    ("question", "known", "expected"),
    [
        (
            "Welke projecten zijn er in Emmen?",
            {"municipality": "Emmen", "places": (EMMEN,)},
            Filter(("Emmen",), kinds=("project",)),
        ),
        ("Welke projecten gaan over de sociale basis?", {}, Filter(themes=("sociale basis",), kinds=("project",))),
        (
            "Welke organisaties werken aan eenzaamheid?",
            {"needs": ("eenzaamheid",)},
            Filter(topics=("eenzaamheid",), kinds=("organisatie",)),
        ),
    ],
    ids=["kind and place", "kind and theme", "kind and topic"],
)
async def test_fields_alone_select_the_whole_list(question: str, known: dict[str, object], expected: Filter) -> None:
    shelf = Shelf([PROJECT.source, SERVICE.source])

    listing = await listing_for(a_turn(question, **known), shelf)

    assert shelf.asked == [expected]
    assert listing.exact
    assert listing.selection.total == len(listing.sources) == 2


@pytest.mark.parametrize(
    ("question", "needs", "query"),
    [
        ("Welke projecten gaan over robots?", (), "robots"),
        ("Welke voedselbanken zijn er?", ("geldzorgen",), "voedselbanken"),
    ],
    ids=["a word of its own", "a word that only points at a topic"],
)
async def test_other_words_need_a_search(question: str, needs: tuple[str, ...], query: str) -> None:
    shelf = Shelf([SERVICE.source])

    listing = await listing_for(a_turn(question, needs=needs, passages=(PROJECT,)), shelf)

    assert shelf.asked == []
    assert not listing.exact
    assert listing.sources == (PROJECT.source,)
    assert (listing.selection.query, listing.selection.total) == (query, 1)


async def test_a_selection_without_sources_falls_back_on_the_search() -> None:
    listing = await listing_for(a_turn("Welke projecten zijn er?", passages=(PROJECT,)), Shelf())

    assert listing.sources == (PROJECT.source,)
    assert not listing.exact


async def test_what_the_search_found_comes_first() -> None:
    listing = await listing_for(
        a_turn("Welke projecten zijn er?", passages=(PROJECT,)), Shelf([SERVICE.source, PROJECT.source])
    )

    assert [source.id for source in listing.sources] == ["project", "dienst"]


def test_a_line_names_the_source_and_where_it_is() -> None:
    draft = write_list(a_listing(PROJECT.source, SERVICE.source))

    assert [item.text for item in draft.items] == ["**Dorpssteunpunten** (Emmen, Coevorden)", "**Inloop**"]
    assert "2 bronnen" in draft.lead[0].text


def test_a_title_that_names_its_place_is_not_followed_by_it() -> None:
    draft = write_list(a_listing(a_source(title="Odensehuis Emmen", municipalities=["Emmen"])))

    assert draft.items[0].text == "**Odensehuis Emmen**"


def test_one_source_is_called_one() -> None:
    assert "één bron" in write_list(a_listing(PROJECT.source)).lead[0].text


def test_a_long_list_is_cut_and_says_how_many_there_are() -> None:
    draft = write_list(a_listing(*(a_source(f"dienst-{n}") for n in range(SHOWN + 3))))

    assert len(draft.items) == SHOWN
    assert str(SHOWN + 3) in draft.lead[0].text
    assert "3" in draft.closing[0].text
    assert draft.selection is not None
    assert draft.selection.total == SHOWN + 3


def test_the_shorter_list_has_the_first_lines() -> None:
    draft = write_list(a_listing(*(a_source(f"dienst-{n}") for n in range(5))))

    assert draft.short == (*draft.lead, *draft.items[:3])
