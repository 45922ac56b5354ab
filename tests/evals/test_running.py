"""A conversation is really held: each earlier question is asked, and the next one may lean on it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Exchange, Question, Turn
from evals.running import WARM_UP, run_cases
from tests.evals.builders import a_case, an_answer
from tests.fakes import a_turn


class Listener:
    """Answers everything alike, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Question, tuple[Exchange, ...]]] = []

    async def take_turn(self, question: Question, history: Sequence[Exchange] = ()) -> Turn:
        """An answer that cites the inloop."""
        self.asked.append((question, tuple(history)))
        return a_turn(question.text, answer=an_answer(), municipality="Emmen")


async def test_earlier_questions_are_asked_first_and_remembered() -> None:
    case = a_case().model_copy(update={"history": ("hoi", "waar is de inloop"), "audience": "professional"})
    assistant = Listener()

    (record,) = await run_cases(assistant, [case])

    warm_up, *turns = assistant.asked
    assert warm_up == (WARM_UP, ())
    assert [question.text for question, _ in turns] == ["hoi", "waar is de inloop", case.text]
    assert {question.audience for question, _ in turns} == {"professional"}
    assert [exchange.question for exchange in turns[-1][1]] == ["hoi", "waar is de inloop"]
    assert turns[-1][1][0].sources == ("emmen-inloop",)
    assert record.turn.question.text == case.text


async def test_a_case_without_history_starts_a_new_conversation() -> None:
    assistant = Listener()

    await run_cases(assistant, [a_case(), a_case()])

    assert [history for _, history in assistant.asked] == [(), (), ()]
