"""The runner: each step in order, none after the job is finished, and the time of each."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from assistant.domain import Answer, Outcome, Turn
from assistant.pipeline import run
from tests.fakes import a_turn


class Say:
    """Adds a word to the text."""

    async def __call__(self, turn: Turn) -> Turn:
        return replace(turn, text=f"{turn.text} ja".strip())


class Repeat:
    """Says everything twice."""

    async def __call__(self, turn: Turn) -> Turn:
        return replace(turn, text=f"{turn.text} {turn.text}".strip())


class Finish:
    """Answers."""

    async def __call__(self, turn: Turn) -> Turn:
        return replace(turn, answer=Answer(Outcome.SMALL_TALK, "Dag!"))


class Sleep:
    """Takes ten milliseconds."""

    async def __call__(self, turn: Turn) -> Turn:
        await asyncio.sleep(0.01)
        return turn


class Fail:
    """Cannot do its work."""

    async def __call__(self, turn: Turn) -> Turn:
        raise ValueError("kapot")


async def test_steps_run_in_order_and_each_gets_what_the_one_before_returned() -> None:
    turn = await run([Say(), Repeat()], a_turn(""))

    assert turn.text == "ja ja"


async def test_a_finished_job_skips_the_remaining_steps() -> None:
    turn = await run([Finish(), Fail()], a_turn())

    assert turn.answer == Answer(Outcome.SMALL_TALK, "Dag!")
    assert list(turn.milliseconds) == ["Finish"]


async def test_a_job_that_was_finished_before_runs_no_step() -> None:
    finished = a_turn(answer=Answer(Outcome.SMALL_TALK, "Dag!"))

    assert await run([Fail()], finished) is finished


async def test_the_time_of_each_step_is_recorded_in_the_order_in_which_they_ran() -> None:
    turn = await run([Sleep(), Say()], a_turn())

    assert list(turn.milliseconds) == ["Sleep", "Say"]
    assert 9 <= turn.milliseconds["Sleep"] < 5000


async def test_no_steps_leave_the_job_as_it_is() -> None:
    turn = a_turn()

    assert await run([], turn) is turn


async def test_the_job_that_went_in_is_not_changed() -> None:
    turn = a_turn("hallo")

    await run([Say()], turn)

    assert (turn.text, turn.milliseconds) == ("hallo", {})


async def test_what_a_step_raises_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="kapot"):
        await run([Fail()], a_turn())
