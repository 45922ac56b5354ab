"""The clock jumps: nobody is kept waiting for hours, and what is newer still comes after what is older."""

from __future__ import annotations

import pytest
from limits import parse

from ingest import synchronise
from ingest.synchronise import new_id
from web.windows import MemoryWindows

RULE = parse("2/minute")
HOUR = 3600.0


class Clock:
    """A clock on the wall, which can be put back, and one that only runs."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_800_000_000.0, 100.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.time", lambda: clock.wall)
    return clock


@pytest.fixture
def windows(clock: Clock) -> MemoryWindows:
    return MemoryWindows(lambda: clock.wall, lambda: clock.steady)


async def test_time_that_passes_makes_room_again(clock: Clock, windows: MemoryWindows) -> None:
    waits = [await windows.seconds_to_wait(RULE, "a") for _ in range(3)]
    clock.passes(61)

    assert waits[:2] == [0, 0]
    assert 0 < waits[2] <= 60
    assert await windows.seconds_to_wait(RULE, "a") == 0


@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["put back", "put forward"])
async def test_after_a_jump_nobody_waits_longer_than_the_rule_says(
    clock: Clock, windows: MemoryWindows, jump: float
) -> None:
    for _ in range(3):
        await windows.seconds_to_wait(RULE, "a")

    clock.wall += jump

    assert [await windows.seconds_to_wait(RULE, "a") for _ in range(2)] == [0, 0]
    assert 0 < await windows.seconds_to_wait(RULE, "a") <= 60


def test_an_id_comes_after_the_last_one_also_when_the_clock_was_put_back() -> None:
    future = "29990101T000000-abcdef"

    ids = [future]
    for _ in range(12):
        ids.append(new_id(ids[-1]))

    assert ids == sorted(set(ids))


def test_ids_of_the_same_second_keep_their_order() -> None:
    ids = [new_id()]
    for _ in range(20):
        ids.append(new_id(ids[-1]))

    assert ids == sorted(set(ids))
    assert synchronise.new_id() > "20260101"
