"""What was asked for last is kept: worked out once, never too much, and never a failure."""

from __future__ import annotations

import asyncio

import pytest

from assistant.recent import Recent


class Work:
    """Answers after a moment, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def __call__(self, word: str) -> str:
        await asyncio.sleep(0)
        self.done.append(word)
        if word == "stuk":
            raise ValueError(word)
        return word.upper()


async def ask(recent: Recent[str, str], work: Work, word: str) -> str:
    return await recent.get(word, lambda: work(word))


async def test_what_is_asked_again_is_not_worked_out_again() -> None:
    recent, work = Recent[str, str](4), Work()

    assert [await ask(recent, work, "één"), await ask(recent, work, "één")] == ["ÉÉN", "ÉÉN"]
    assert work.done == ["één"]


async def test_who_ask_at_the_same_time_share_the_work() -> None:
    recent, work = Recent[str, str](4), Work()

    assert await asyncio.gather(*(ask(recent, work, "één") for _ in range(5))) == ["ÉÉN"] * 5
    assert work.done == ["één"]


async def test_the_one_that_was_asked_longest_ago_goes_first() -> None:
    recent, work = Recent[str, str](2), Work()

    for word in ("één", "twee", "één", "drie", "één", "twee"):
        await ask(recent, work, word)

    assert work.done == ["één", "twee", "drie", "twee"]
    assert len(recent) == 2


async def test_a_failure_is_told_and_tried_again() -> None:
    recent, work = Recent[str, str](2), Work()

    for _ in range(2):
        with pytest.raises(ValueError, match="stuk"):
            await ask(recent, work, "stuk")

    assert work.done == ["stuk", "stuk"]
    assert len(recent) == 0


async def test_who_stops_waiting_leaves_the_work_to_the_others() -> None:
    recent, work = Recent[str, str](2), Work()
    leaves = asyncio.create_task(ask(recent, work, "één"))
    await asyncio.sleep(0)
    stays = asyncio.create_task(ask(recent, work, "één"))
    await asyncio.sleep(0)

    leaves.cancel()

    assert await stays == "ÉÉN"
    assert work.done == ["één"]
