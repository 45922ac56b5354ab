"""What the rules on words missed is caught by meaning, where an example clearly lies nearest."""

from __future__ import annotations

import logging

import pytest

from assistant import replies
from assistant.domain import Beyond, Outcome, Turn
from assistant.library import Library
from assistant.steps.recognise_meaning import RecogniseMeaning
from tests.fakes import a_turn

SUICIDE = Beyond("Ik wil niet meer wakker worden.", "crisis_suicide", score=0.95)
OFF_TOPIC = Beyond("Wat wordt het weer?", "refused_off_topic", score=0.95)


async def recognised(library: Library, *nearest: Beyond, question_score: float = 0.8, leans_back: bool = False) -> Turn:
    turn = a_turn(nearest=nearest, best_question=question_score, leans_back=leans_back)
    return await RecogniseMeaning(library)(turn)


async def test_a_crisis_is_answered_with_its_numbers_and_cards(library: Library) -> None:
    turn = await recognised(library, SUICIDE)

    assert turn.answer is not None
    assert turn.answer.outcome is Outcome.CRISIS_SUICIDE
    assert turn.answer.text == replies.CRISIS[Outcome.CRISIS_SUICIDE]
    assert "nl-113" in {card.source.id for card in turn.answer.cards}


async def test_a_question_that_is_not_ours_is_refused(library: Library) -> None:
    turn = await recognised(library, OFF_TOPIC)

    assert turn.answer is not None
    assert turn.answer.outcome is Outcome.REFUSED_OFF_TOPIC


@pytest.mark.parametrize(
    "nearest",
    [
        (),
        (OFF_TOPIC, Beyond("Wat is het adres?", "paspoort", score=0.949)),
        (SUICIDE, Beyond("Ik zoek info over zelfdoding.", "geen_crisis", score=0.95)),
        (Beyond("Hoe verleng ik mijn paspoort?", "paspoort", score=0.99),),
    ],
    ids=["no examples", "another subject as near", "a look-alike as near", "a subject that has no outcome"],
)
async def test_in_doubt_the_turn_goes_on(library: Library, nearest: tuple[Beyond, ...]) -> None:
    assert not (await recognised(library, *nearest)).finished


async def test_a_question_that_a_source_answers_goes_on(library: Library) -> None:
    assert not (await recognised(library, OFF_TOPIC, question_score=0.95)).finished


async def test_a_follow_up_is_not_refused_for_the_meaning_of_what_it_leans_on(library: Library) -> None:
    assert not (await recognised(library, OFF_TOPIC, leans_back=True)).finished


async def test_the_text_is_not_logged(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await recognised(library, SUICIDE)

    assert "crisis_suicide" in caplog.text
    assert "wakker" not in caplog.text
