"""What many people ask is worked out once, and nobody can tell the difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant import Assistant, answering
from assistant.domain import Answer, Exchange, Outcome, Question, Turn
from assistant.streaming import CheckedSentence, Finished, Progress

ASKED = "Wie kan mij in Emmen helpen met mijn schulden?"


def told(turn: Turn) -> Answer:
    """The answer without the time that it took."""
    assert turn.answer is not None
    return replace(turn.answer, milliseconds=0.0)


def was_recalled(turn: Turn) -> bool:
    return "Recall" in turn.milliseconds


async def test_what_is_asked_again_gets_the_same_answer_without_being_worked_out(assistant: Assistant) -> None:
    first = await assistant.take_turn(Question(ASKED, visitor="een"))

    again = await assistant.take_turn(Question(ASKED, visitor="twee"))

    assert not was_recalled(first)
    assert was_recalled(again)
    assert "FindPassages" not in again.milliseconds
    assert told(again) == told(first)
    assert again.question.visitor == "twee"
    assert replace(again, question=first.question, milliseconds={}, answer=None) == replace(
        first, milliseconds={}, answer=None
    )


async def test_a_stream_tells_the_same_pieces_again(assistant: Assistant) -> None:
    question = Question("Waar kan ik in Emmen mensen ontmoeten, het liefst met koffie?")

    first = [event async for event in assistant.stream(question)]
    again = [event async for event in assistant.stream(question)]

    assert isinstance(again[-1], Finished)
    assert was_recalled(again[-1].turn)
    assert again[:-1] == first[:-1]
    assert {type(event) for event in again[:-1]} == {Progress, CheckedSentence}


@pytest.mark.parametrize(
    "other",
    [
        Question("Wie helpt bij geldzorgen in de straat?", "Assen"),
        Question("Wie helpt bij geldzorgen in de straat?", "Emmen", "professional"),
        Question("Wie helpt bij geldzorgen in de wijk?", "Emmen"),
    ],
)
async def test_another_place_audience_or_text_is_another_question(assistant: Assistant, other: Question) -> None:
    await assistant.take_turn(Question("Wie helpt bij geldzorgen in de straat?", "Emmen"))

    turn = await assistant.take_turn(other)

    assert not was_recalled(turn)
    assert turn.question == other


async def test_what_is_at_hand_is_told_beforehand(assistant: Assistant) -> None:
    question = Question("Wie helpt mij in Emmen met een brief van de deurwaarder?")
    before = assistant.recalls(question)

    await assistant.ask(question)

    assert not before
    assert assistant.recalls(replace(question, visitor="een ander"))
    assert not assistant.recalls(replace(question, municipality="Assen"))


async def test_a_follow_up_is_never_recalled(assistant: Assistant) -> None:
    question = Question("En wat kost het om mee te doen?")
    history = [Exchange("Waar kan ik mensen ontmoeten in Emmen?", Outcome.ANSWERED, "Emmen", sources=("emmen-inloop",))]
    await assistant.take_turn(question)

    assert not was_recalled(await assistant.take_turn(question, history))
    assert not was_recalled(await assistant.take_turn(question, history))


async def test_what_is_kept_holds_no_personal_data(assistant: Assistant) -> None:
    await assistant.take_turn(Question("Mijn bsn is 123456782, wie helpt mij in Emmen met de afwas?"))

    library = await assistant._current()
    assert all("123456782" not in str(key) for key in library.turns._tasks)


async def test_two_numbers_that_were_taken_out_are_one_question(assistant: Assistant) -> None:
    first = await assistant.take_turn(Question("Mijn bsn is 123456782, wie helpt mij in Emmen met de was?"))

    again = await assistant.take_turn(Question("Mijn bsn is 111222333, wie helpt mij in Emmen met de was?"))

    assert was_recalled(again)
    assert told(again) == told(first)
    assert again.question.text != first.question.text


async def test_another_day_is_another_turn(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question("Wat doet de inloop in Emmen op dinsdag?")
    await assistant.take_turn(question)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2099, 1, 1)

    monkeypatch.setattr(answering, "date", Tomorrow)

    assert not was_recalled(await assistant.take_turn(question))


async def test_a_refusal_and_a_crisis_by_meaning_are_recalled_as_they_are(assistant: Assistant) -> None:
    question = Question("Wat is de hoofdstad van Mongolië en hoe warm is het daar?")
    first = await assistant.take_turn(question)

    again = await assistant.take_turn(question)

    assert told(again) == told(first)
    assert again.outcome is first.outcome
