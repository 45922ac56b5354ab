"""Several processes that share a database count together, and each for itself when it is away."""

from __future__ import annotations

from pathlib import Path

import pytest
from limits import parse

from tests.web.helpers import some_settings
from web.database import Database
from web.windows import SharedWindows, wait_of

RULE = parse("4/minute")


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_two_processes_count_together(tmp_path: Path, database_url: str, clock: Clock) -> None:
    databases = [Database.open(some_settings(tmp_path, database_url=database_url)) for _ in range(2)]
    windows = [SharedWindows(database, "RATE_LIMIT", clock) for database in databases]

    waits = [await windows[n % 2].seconds_to_wait(RULE, "a") for n in range(5)]

    assert waits[:4] == [0, 0, 0, 0]
    assert 0 < waits[4] <= 120
    assert await windows[0].seconds_to_wait(RULE, "b") == 0
    assert await SharedWindows(databases[0], "API_RATE_LIMIT", clock).seconds_to_wait(RULE, "a") == 0
    for database in databases:
        await database.close()


async def test_who_waits_as_long_as_was_said_may_ask_again(database: Database, clock: Clock) -> None:
    windows = SharedWindows(database, "RATE_LIMIT", clock)
    for step in (0.0, 17.0, 3.0, 41.0, 9.0, 0.0, 0.0, 25.0):
        clock.now += step
        if wait := await windows.seconds_to_wait(RULE, "a"):
            clock.now += wait
            assert await windows.seconds_to_wait(RULE, "a") == 0


async def test_never_more_than_the_rule_in_one_fixed_window(database: Database, clock: Clock) -> None:
    windows = SharedWindows(database, "RATE_LIMIT", clock)
    allowed = 0
    for _ in range(60):
        allowed += await windows.seconds_to_wait(RULE, "a") == 0
        clock.now += 1.0

    assert allowed <= 4 + 1


async def test_old_windows_are_deleted(database: Database, clock: Clock) -> None:
    windows = SharedWindows(database, "RATE_LIMIT", clock)
    for _ in range(4):
        await windows.seconds_to_wait(RULE, "a")
    clock.now += 3 * 24 * 60 * 60

    await windows.forget()

    async with database.begin() as connection:
        count = await connection.exec_driver_sql("SELECT count(*) FROM rate_windows")
        assert count.scalar_one() == 0


async def test_without_the_database_a_process_counts_for_itself(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "bestand").touch()
    database = Database.open(some_settings(tmp_path / "bestand"))
    windows = SharedWindows(database, "RATE_LIMIT", clock)

    waits = [await windows.seconds_to_wait(RULE, "a") for _ in range(5)]

    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4] > 0
    await database.close()


@pytest.mark.parametrize(
    ("before", "now", "passed", "wait"),
    [(0, 0, 0.0, 0.0), (4, 0, 0.0, 0.25), (4, 0, 0.25, 0.0), (0, 4, 0.5, 0.75), (4, 3, 0.5, 0.5)],
    ids=["nothing yet", "all just before", "a quarter later", "all in this window", "half of each"],
)
def test_how_long_to_wait_in_windows(before: int, now: int, passed: float, wait: float) -> None:
    assert wait_of(before, now, 4, passed) == pytest.approx(wait)
