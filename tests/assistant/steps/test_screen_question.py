"""What is kept of a question: readable characters and no personal data."""

from __future__ import annotations

import pytest

from assistant.domain import Outcome, Question, Turn
from assistant.steps.screen_question import ScreenQuestion, normalise


async def screened(text: str) -> Turn:
    return await ScreenQuestion()(Turn(Question(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  hulp \n\n bij\tschulden\r\n", "hulp bij schulden"),
        ("cafe\u0301 in Exloe\u0308rmond", "café in Exloërmond"),
        ("zelf\u200bmoord", "zelfmoord"),
        ("\u202ehulp\u202c", "hulp"),
        ("hulp\0 nu\x07", "hulp nu"),
        ("hulp\u00a0nu", "hulp nu"),
        ("👵 oma 😀", "👵 oma 😀"),
        ("ﬁets", "ﬁets"),
    ],
    ids=["white space", "accents", "zero width", "direction", "control", "hard space", "emoji stays", "ligature stays"],
)
def test_a_text_is_normalised(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200f", "\0"])
async def test_an_empty_question_is_answered_at_once_with_an_example(text: str) -> None:
    turn = await screened(text)

    assert turn.answer is not None
    assert turn.answer.outcome is Outcome.SMALL_TALK
    assert "bijvoorbeeld" in turn.answer.text


async def test_personal_data_is_gone_from_everything_but_the_question_itself() -> None:
    turn = await screened("Mijn bsn is 123456782, mail naar jan@voorbeeld.nl")

    assert turn.text == turn.search_text == "Mijn bsn is [bsn], mail naar [e-mail]"
    assert turn.redacted == ("e-mail", "bsn")


async def test_a_question_without_personal_data_is_left_as_it_is() -> None:
    turn = await screened("Wie helpt mij met schulden in Emmen?")

    assert turn.text == "Wie helpt mij met schulden in Emmen?"
    assert turn.redacted == ()
    assert not turn.finished


async def test_an_endless_question_is_read_up_to_a_limit() -> None:
    turn = await screened("schulden " * 100_000)

    assert len(turn.text) <= 20_000
