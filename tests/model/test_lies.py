"""None of the lies of a model or its server reaches the visitor, who reads what the sources say, and in time."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from assistant import Assistant
from assistant.domain import Answer, Question
from tests.model.conftest import Opens
from tests.model.endpoint import Behaviour, Endpoint
from tests.model.lies import LIES, SAID

QUESTIONS = ("Wie helpt mij met schulden in Emmen?", "Wie helpt mij als mantelzorger in Coevorden?")


def told(answer: Answer) -> Answer:
    """All but the time it took."""
    return replace(answer, milliseconds=0.0)


def test_there_are_at_least_forty_lies() -> None:
    assert len(LIES) >= 40


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_a_lie_is_not_told(lie: Behaviour, endpoint: Endpoint, with_model: Opens, assistant: Assistant) -> None:
    endpoint.behave = lie
    lied_to = with_model()

    for question in QUESTIONS:
        started = perf_counter()
        turn = await lied_to.take_turn(Question(question))

        assert turn.answer is not None
        assert told(turn.answer) == told(await assistant.ask(question)), turn.answer.text
        assert perf_counter() - started < 9
    assert endpoint.seen


NO_SENTENCE = {
    "no source",
    "broken JSON",
    "JSON of another form",
    "deeply nested JSON",
    "nothing",
    "words without end",
}
"""Lies of which not one sentence can be read."""


@pytest.mark.parametrize("lie", [SAID[name] for name in SAID if name not in NO_SENTENCE])
async def test_a_lie_is_kept_for_the_test_bench_with_its_reason(
    lie: Behaviour, endpoint: Endpoint, with_model: Opens
) -> None:
    endpoint.behave = lie

    turn = await with_model().take_turn(Question(QUESTIONS[0]))

    assert turn.dropped
    assert all(dropped.reason for dropped in turn.dropped)
