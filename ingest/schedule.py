"""Lets a refresh begin by itself, every night at the same time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

HERE = ZoneInfo("Europe/Amsterdam")
LATE = 6 * 60 * 60
"""Seconds that a refresh may begin too late, when the machine slept or was busy."""


class Schedule:
    """Calls a job at `at` (`HH:MM`, our time) every day, or never when that is `off`."""

    def __init__(self, at: str, job: Callable[[], Awaitable[None]]) -> None:
        self._at = at
        self._job = job
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """From now on. Needs a running event loop."""
        if self._at != "off":
            self._scheduler = AsyncIOScheduler(timezone=HERE)
            self._scheduler.add_job(self._job, self.trigger(), misfire_grace_time=LATE, coalesce=True, max_instances=1)
            self._scheduler.start()

    def stop(self) -> None:
        """No more from now on; a job that is going on is not stopped."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    def trigger(self) -> CronTrigger:
        """When the job is called."""
        hour, _, minute = self._at.partition(":")
        return CronTrigger(hour=int(hour), minute=int(minute), timezone=HERE)
