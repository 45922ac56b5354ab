"""Which help an answer shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.domain import Kind, Passage, Scores
from assistant.writing.choosing import (
    CARDS,
    FITTING_QUESTION,
    FITTING_WORDS,
    fits,
    helping,
    named_needs,
    near_best,
    needs_apart,
    with_first,
    without_doubles,
)
from tests.fakes import a_passage, a_source, a_turn

FITTING, POOR = FITTING_QUESTION + 0.05, FITTING_QUESTION - 0.05


def help_on(
    id: str, topics: Sequence[str] = ("eenzaamheid",), *, fused: float = 0.9, question: float = FITTING
) -> Passage:
    source = a_source(id, f"{id} helpt.", title=f"Hulp {id}", topics=topics)
    return a_passage(source, scores=Scores(fused=fused, base=fused, question=question))


def ids(passages: Sequence[Passage]) -> list[str]:
    return [passage.source.id for passage in passages]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (Scores(question=FITTING_QUESTION), True),
        (Scores(coverage=FITTING_WORDS), True),
        (Scores(question_coverage=FITTING_WORDS), True),
        (Scores(question=POOR, coverage=0.1, fused=0.99), False),
    ],
    ids=["a question near", "words of the text", "words of a question", "only a high score"],
)
def test_a_source_fits_by_itself(scores: Scores, expected: bool) -> None:
    assert fits(a_passage(scores=scores)) is expected


def test_one_right_card_is_better_than_three_half_ones() -> None:
    turn = a_turn(
        passages=(help_on("raak"), help_on("half", question=POOR), help_on("ook", question=POOR)), about_me=True
    )

    assert ids(helping(turn)) == ["raak"]


def test_further_cards_that_fit_are_shown() -> None:
    turn = a_turn(passages=tuple(help_on(f"hulp-{n}") for n in range(6)), about_me=True)

    assert len(helping(turn)) == CARDS


def test_what_fits_but_is_about_another_need_is_no_card() -> None:
    other = help_on("roken", ["bewegen-en-leefstijl"], question=FITTING_QUESTION + 0.005)
    turn = a_turn(passages=(help_on("raak"), other), about_me=True, needs=("eenzaamheid",))

    assert ids(helping(turn)) == ["raak"]


def test_who_is_unsure_shows_two() -> None:
    poor = tuple(help_on(f"hulp-{n}", question=POOR) for n in range(4))

    assert len(helping(a_turn(passages=poor, about_me=True))) == 2


def test_each_need_of_a_question_gets_its_card() -> None:
    money, company = help_on("geld", ["geldzorgen"], fused=0.9), help_on("inloop", ["eenzaamheid"], fused=0.8)
    turn = a_turn(
        "ik heb schulden en ik ben ook eenzaam",
        passages=(money, help_on("nog-geld", ["geldzorgen"], fused=0.89, question=POOR), company),
        about_me=True,
        needs=("eenzaamheid", "geldzorgen"),
    )

    assert ids(helping(turn)) == ["geld", "inloop"]
    assert named_needs(turn, [money.source, company.source]) == ["geldzorgen", "eenzaamheid"]


def test_needs_in_one_clause_are_one_need() -> None:
    assert needs_apart(a_turn("ik zorg voor mijn man met dementie")) == []


def test_a_need_that_no_card_meets_is_not_named() -> None:
    turn = a_turn("ik heb schulden", needs=("geldzorgen",))

    assert named_needs(turn, [a_source(topics=["wonen"])]) == []


def test_a_paper_that_fits_better_is_not_pushed_away_by_help_that_does_not_fit() -> None:
    paper = a_passage(a_source("nota", kind=Kind.POLICY), fused=0.91)

    assert helping(a_turn(passages=(paper, help_on("half", question=POOR)), about_me=True)) == []
    assert ids(helping(a_turn(passages=(paper, help_on("raak")), about_me=True))) == ["raak"]


def test_a_question_about_facts_gets_no_cards() -> None:
    assert helping(a_turn("Wat is een inloop?", passages=(help_on("raak"),))) == []


def test_only_passages_close_to_the_best_belong_to_the_answer() -> None:
    best, near, far = a_passage(fused=0.9), a_passage(fused=0.88), a_passage(fused=0.7)

    assert near_best([best, near, far]) == [best, near]
    assert near_best([]) == []


def test_a_service_that_is_told_twice_is_shown_once() -> None:
    one, other = (a_passage(a_source(id, title="Contactpunt Mantelzorg")) for id in ("een", "twee"))
    elsewhere = a_passage(a_source("drie", title="Contactpunt Mantelzorg", municipalities=["Assen"]))

    assert ids(without_doubles([one, other, elsewhere, one])) == ["een", "drie"]


def test_what_ranks_first_is_named_where_little_is_shown() -> None:
    scores = {"eerste": 0.95, "tweede": 0.94, "derde": 0.93, "vierde": 0.92, "vijfde": 0.91, "ver weg": 0.8}
    passages = [help_on(id, fused=fused) for id, fused in scores.items()]

    assert ids(with_first(a_turn(passages=tuple(passages)), passages[1:2])) == ["tweede", "eerste", "derde", "vierde"]
    assert ids(with_first(a_turn(passages=(passages[0], passages[-1])), passages[:1])) == ["eerste"]


def test_what_ranks_first_does_not_lengthen_a_full_answer() -> None:
    passages = [help_on(f"hulp-{n}", fused=0.95 - n / 100) for n in range(6)]

    assert ids(with_first(a_turn(passages=tuple(passages)), passages[2:])) == ids(passages[2:])


@pytest.mark.parametrize(
    ("asker", "named"),
    [
        ({"about_me": True}, ["eerste"]),
        ({"about_me": True, "audience": "professional"}, ["eerste", "verwijsbrief"]),
        ({}, ["eerste", "verwijsbrief"]),
    ],
    ids=["somebody who asks for themselves", "a professional", "nobody knows who"],
)
def test_who_asks_for_themselves_is_not_sent_to_what_is_for_professionals_only(
    asker: dict[str, Any], named: Sequence[str]
) -> None:
    paper = a_source("verwijsbrief", "Voor huisartsen.", audience=("professional",))
    passages = (help_on("eerste", fused=0.95), a_passage(paper, scores=Scores(fused=0.94, base=0.94)))

    assert ids(with_first(a_turn(passages=passages, **asker), passages[:1])) == named


def test_what_ranks_second_far_behind_is_not_named() -> None:
    passages = [help_on("eerste", fused=0.95), help_on("ver", fused=0.85)]

    assert ids(with_first(a_turn(passages=tuple(passages)), passages[:1])) == ["eerste"]
