"""Every night at the same time on the clock here, in summer and in winter, and never twice at once."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from ingest.schedule import HERE, LATE, Schedule


async def nothing() -> None:
    """A job that is not called in these tests."""


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-11-23T02:00", "2026-11-23T03:30+01:00"),
        ("2026-11-23T04:00", "2026-11-24T03:30+01:00"),
        ("2026-07-01T23:00", "2026-07-02T03:30+02:00"),
        ("2027-03-27T12:00", "2027-03-28T03:30+02:00"),
        ("2026-10-24T12:00", "2026-10-25T03:30+01:00"),
    ],
    ids=["tonight", "tomorrow", "summer", "the night that summer time begins", "the night that it ends"],
)
def test_the_next_night_is_on_the_clock_here(now: str, following: str) -> None:
    trigger = Schedule("03:30", nothing).trigger()

    fires = trigger.get_next_fire_time(None, datetime.fromisoformat(now).replace(tzinfo=HERE))

    assert fires == datetime.fromisoformat(following)


async def test_it_starts_and_stops_and_may_start_again() -> None:
    schedule = Schedule("03:30", nothing)

    for _ in range(2):
        schedule.start()
        (job,) = schedule._scheduler.get_jobs()  # type: ignore[union-attr]
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (LATE, True, 1)
        schedule.stop()
        schedule.stop()


async def test_off_means_never() -> None:
    schedule = Schedule("off", nothing)

    schedule.start()
    await asyncio.sleep(0)

    assert schedule._scheduler is None
    schedule.stop()
