"""Nobody waits for a model that fails, is busy, or is over its budget."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import date

import pytest

from assistant.errors import ModelUnavailable
from assistant.language_model import Prompt
from assistant.language_model.bounds import REST, BoundedModel, Bounds, Budget, Circuit

PROMPT = Prompt("regels", "vraag", {}, 10)


class Scripted:
    """Says the next of its replies; an exception in a reply is raised at that point."""

    name = "script"

    def __init__(self, *replies: list[str | Exception]) -> None:
        self.replies = list(replies)
        self.calls = 0

    async def close(self) -> None:
        pass

    async def write(self, prompt: Prompt, visitor: str = "") -> AsyncGenerator[str]:
        self.calls += 1
        for piece in self.replies.pop(0):
            if isinstance(piece, Exception):
                raise piece
            yield piece


class Clock:
    """Moves when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def reply_of(model: BoundedModel, visitor: str = "") -> str:
    return "".join([piece async for piece in model.write(PROMPT, visitor)])


AWAY = ModelUnavailable("weg")


async def test_a_failure_before_the_first_word_is_tried_again() -> None:
    model = Scripted([AWAY], ["hallo"])

    assert await reply_of(BoundedModel(model, Bounds())) == "hallo"
    assert model.calls == 2


async def test_a_failure_halfway_is_not_tried_again() -> None:
    model = Scripted(["hal", AWAY], ["hallo"])

    with pytest.raises(ModelUnavailable):
        await reply_of(BoundedModel(model, Bounds()))

    assert model.calls == 1


async def test_after_three_failures_the_model_rests_and_is_then_tried_once() -> None:
    clock = Clock()
    failures: list[list[str | Exception]] = [[AWAY]] * 6
    model = Scripted(*failures, ["hallo"], ["hallo"])
    bounded = BoundedModel(model, Bounds(), Circuit(clock))
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            await reply_of(bounded)
    calls = model.calls

    with pytest.raises(ModelUnavailable, match="rests"):
        await reply_of(bounded)
    assert model.calls == calls

    clock.now += 1.3 * REST
    assert await reply_of(bounded) == "hallo"
    assert await reply_of(bounded) == "hallo"


def test_a_model_that_fails_again_rests_longer() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    for _ in range(4):
        circuit.failed()

    clock.now += 1.3 * REST

    assert circuit.is_open


def test_who_gave_up_waiting_counts_as_a_failure() -> None:
    circuit = Circuit(Clock())
    model = BoundedModel(Scripted(), Bounds(), circuit)

    for _ in range(3):
        model.gave_up()

    assert circuit.is_open


async def test_no_more_calls_run_at_once_than_allowed() -> None:
    model = BoundedModel(Scripted(["a", "b"], ["c"]), Bounds(at_once=1))
    first = model.write(PROMPT)
    await anext(first)

    with pytest.raises(ModelUnavailable, match="taken"):
        await reply_of(model)

    await first.aclose()
    assert await reply_of(model) == "c"


def test_a_visitor_and_a_day_have_a_budget_that_is_new_the_next_day() -> None:
    today = date(2026, 11, 22)
    budget = Budget(per_day=3, per_visitor=2, today=lambda: today)

    spent = [budget.spend(visitor) for visitor in ("a", "a", "a", "b", "b")]
    today = date(2026, 11, 23)

    assert spent == [True, True, False, True, False]
    assert budget.spend("a")


async def test_over_budget_the_model_is_not_called() -> None:
    model = Scripted(["hallo"])

    with pytest.raises(ModelUnavailable, match="budget"):
        await reply_of(BoundedModel(model, Bounds(per_day=0)))

    assert model.calls == 0
