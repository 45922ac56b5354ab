"""Here before far, new before old, and nothing twice."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.domain import Kind, Passage, Turn
from assistant.steps.rank_passages import RankPassages
from tests.fakes import a_passage, a_source, a_turn


async def ranked(*passages: Passage, **known: Any) -> list[str]:
    turn: Turn = await RankPassages()(a_turn(passages=passages, **known))
    return [passage.source.id for passage in turn.passages]


def passage(id: str, *, fused: float = 0.9, **fields: Any) -> Passage:
    return a_passage(a_source(id, f"Dit staat alleen bij {id} en nergens anders.", **fields), fused=fused)


async def test_a_clearly_better_passage_stays_first() -> None:
    far, near = passage("ver", municipalities=["heel Nederland"], fused=0.95), passage("dichtbij", fused=0.85)

    assert await ranked(near, far, municipality="Emmen") == ["ver", "dichtbij"]


async def test_help_here_goes_before_help_for_the_whole_country() -> None:
    far, near = passage("ver", municipalities=["heel Nederland"], fused=0.905), passage("dichtbij")

    assert await ranked(far, near, municipality="Emmen") == ["dichtbij", "ver"]


async def test_without_a_municipality_what_serves_everybody_goes_first() -> None:
    local, wide = passage("emmen"), passage("drenthe", municipalities=["heel Drenthe"])

    assert await ranked(local, wide) == ["drenthe", "emmen"]


async def test_an_outdated_source_goes_behind_one_without_a_date() -> None:
    old, undated = passage("oud", date="2012"), passage("zonder datum")

    assert await ranked(old, undated) == ["zonder datum", "oud"]


async def test_a_source_for_another_audience_goes_behind() -> None:
    other, mine = passage("professionals", audience=["professional"]), passage("inwoners")

    assert await ranked(other, mine, audience="inwoner") == ["inwoners", "professionals"]


async def test_who_asks_for_figures_gets_figures_first() -> None:
    service, figure = passage("dienst", fused=0.903), passage("cijfer", kind=Kind.FIGURE)

    assert await ranked(service, figure, text="hoeveel mensen zijn eenzaam?") == ["cijfer", "dienst"]


async def test_a_passage_that_says_only_what_a_better_one_says_is_dropped() -> None:
    best = a_passage(a_source("beste", "Elke dinsdag open. Aanmelden hoeft niet."), fused=0.9)
    copy = a_passage(a_source("kopie", "Aanmelden hoeft niet."), fused=0.8)

    assert await ranked(copy, best) == ["beste"]


async def test_no_passages_stay_no_passages() -> None:
    assert await ranked() == []


async def test_the_order_is_that_of_the_scores_and_the_sort_is_stable() -> None:
    first, second, third = passage("a", fused=0.7), passage("b", fused=0.8), passage("c", fused=0.8)

    assert await ranked(first, second, third) == ["b", "c", "a"]


NEW, OLD = "2025-01", "2016-03"


async def test_what_is_older_than_five_years_is_left_out_when_something_newer_bears_on_it() -> None:
    old, new = passage("oud", date=OLD, fused=0.9), passage("nieuw", date=NEW, fused=0.89)

    assert await ranked(old, new) == ["nieuw"]


@pytest.mark.parametrize(
    "newer",
    [
        passage("nieuw", date=NEW, topics=["werk"]),
        passage("nieuw", date=NEW, municipalities=["Assen"]),
        passage("nieuw", date=NEW, kind=Kind.POLICY),
        passage("nieuw", date=NEW, fused=0.8),
        passage("nieuw"),
    ],
    ids=["another topic", "another place", "another sort", "far from the question", "of an unknown date"],
)
async def test_old_information_stays_when_nothing_newer_bears_on_the_same(newer: Passage) -> None:
    assert "oud" in await ranked(passage("oud", date=OLD), newer)


async def test_a_list_leaves_nothing_out() -> None:
    assert "oud" in await ranked(passage("oud", date=OLD), passage("nieuw", date=NEW), wants_list=True)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("sporten voor 70+", "Jeugdfonds Sport"),
        ("gym voor ouderen", "Sport voor kinderen"),
        ("sport voor mijn kind", "OldStars voor senioren"),
    ],
)
async def test_what_is_for_another_age_goes_behind(question: str, title: str) -> None:
    other, right = passage("ander", title=title, fused=0.91), passage("goed", title="Sport in de buurt")

    assert await ranked(other, right, text=question) == ["goed", "ander"]


async def test_what_names_both_ages_keeps_its_place() -> None:
    both, right = passage("samen", title="Sport voor kinderen en ouderen", fused=0.91), passage("goed")

    assert await ranked(both, right, text="sporten voor 70+") == ["samen", "goed"]
