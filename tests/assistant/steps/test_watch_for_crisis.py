"""A person in danger is answered first, with or without an index."""

from __future__ import annotations

import logging

import pytest

from assistant import replies
from assistant.domain import Outcome, Question, Turn
from assistant.library import Library
from assistant.steps.watch_for_crisis import WatchForCrisis
from tests.fakes import a_turn

CRISES = [
    ("ik wil niet meer leven", Outcome.CRISIS_SUICIDE),
    ("mijn man ligt op de grond en ademt niet meer", Outcome.CRISIS_DANGER),
    ("mijn man slaat mij", Outcome.CRISIS_VIOLENCE),
]


@pytest.mark.parametrize(("text", "outcome"), CRISES, ids=[outcome for _, outcome in CRISES])
async def test_without_an_index_the_numbers_are_given(text: str, outcome: Outcome) -> None:
    turn = await WatchForCrisis(None)(a_turn(text))

    assert turn.answer is not None
    assert turn.answer.outcome is outcome
    assert all(number in turn.answer.text for number in replies.CRISIS_NUMBERS[outcome])
    assert turn.answer.cards == ()
    assert turn.answer.citations == ()


@pytest.mark.parametrize(("text", "outcome"), CRISES, ids=[outcome for _, outcome in CRISES])
async def test_with_an_index_the_helplines_are_cards_with_a_literal_quote(
    library: Library, text: str, outcome: Outcome
) -> None:
    turn = await WatchForCrisis(library)(a_turn(text))

    assert turn.answer is not None
    assert [card.source.id for card in turn.answer.cards] == list(replies.CRISIS_SOURCES[outcome])
    for citation in turn.answer.citations:
        assert citation.quote in citation.source.text
    assert [card.citation for card in turn.answer.cards] == [c.number for c in turn.answer.citations]


async def test_somebody_who_names_a_place_also_sees_its_desk(library: Library) -> None:
    turn = await WatchForCrisis(library)(a_turn("ik wil niet meer leven, ik woon in Klazienaveen"))

    assert turn.answer is not None
    assert turn.municipality == "Emmen"
    assert turn.answer.cards[-1].source.id == "emmen-geldloket"


async def test_the_text_as_typed_is_read_not_only_what_is_left_of_it() -> None:
    turn = await WatchForCrisis(None)(Turn(Question("ik wil niet meer leven"), text="iets anders"))

    assert turn.answer is not None
    assert turn.answer.outcome is Outcome.CRISIS_SUICIDE


async def test_an_ordinary_question_goes_on() -> None:
    turn = await WatchForCrisis(None)(a_turn("Waar is er een inloop in Emmen?"))

    assert not turn.finished
    assert not turn.distressed


async def test_the_text_of_a_crisis_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await WatchForCrisis(None)(a_turn("ik wil niet meer leven sinds Truus weg is"))

    assert "crisis_suicide" in caplog.text
    assert "Truus" not in caplog.text
