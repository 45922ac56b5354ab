"""Where questions are counted for the limits: in the memory of one process, or in the database that several share."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from hashlib import sha256
from math import ceil
from typing import Any, Protocol

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from web.database import AWAY, Database, reason_of
from web.tables import rate_windows

logger = logging.getLogger(__name__)

JUMP = 30.0
"""Seconds by which a clock that is set right may differ; beyond that it was put back or forward."""
LONGEST = 2 * 24 * 60 * 60
"""Seconds after which no window counts any more: the rules are a day at most."""


class Windows(Protocol):
    """Counts what somebody does against a rule."""

    async def seconds_to_wait(self, rule: RateLimitItem, who: str) -> int:
        """0 when it may be done now, and then it counts."""


class MemoryWindows:
    """A moving window in the memory of this process."""

    def __init__(self, clock: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._steady = steady
        self._offset = clock() - steady()
        self._storage = MemoryStorage()
        self._windows = MovingWindowRateLimiter(self._storage)

    async def seconds_to_wait(self, rule: RateLimitItem, who: str) -> int:
        """0 when it may be done now. A clock that was put back starts the count anew, or all would wait for it."""
        offset = self._clock() - self._steady()
        if abs(offset - self._offset) > JUMP:
            logger.warning("the clock jumped %.0f s: limits are counted anew", offset - self._offset)
            await self._storage.reset()
        self._offset = offset
        if await self._windows.hit(rule, who):
            return 0
        stats = await self._windows.get_window_stats(rule, who)
        return max(1, ceil(stats.reset_time - self._clock()))


class SharedWindows:
    """Two fixed windows in the database, of which the older counts for as much as the moving one still covers.

    Processes that count in the same instant may let a question too many through. When the database is away each
    process counts for itself.
    """

    def __init__(self, database: Database, name: str, clock: Callable[[], float] = time.time) -> None:
        """`name` keeps the counts of one limit apart from those of another."""
        self._database = database
        self._name = name
        self._clock = clock
        self._meanwhile = MemoryWindows()

    async def seconds_to_wait(self, rule: RateLimitItem, who: str) -> int:
        """0 when it may be done now."""
        try:
            return await self._hit(rule, sha256(f"{self._name}\0{rule.key_for(who)}".encode()).hexdigest())
        except AWAY as exc:
            logger.warning("limits are counted by this process alone, the database is away: %s", reason_of(exc))
            return await self._meanwhile.seconds_to_wait(rule, who)

    async def forget(self) -> None:
        """Deletes windows that count no more."""
        try:
            await self._database.write(delete(rate_windows).where(rate_windows.c.start < self._clock() - LONGEST))
        except AWAY as exc:
            logger.warning("old windows were not deleted, the database is away: %s", reason_of(exc))

    async def _hit(self, rule: RateLimitItem, key: str) -> int:
        size, now = rule.get_expiry(), self._clock()
        start = int(now // size) * size
        wanted = select(rate_windows.c.start, rate_windows.c.hits).where(
            rate_windows.c.key == key, rate_windows.c.start.in_((start, start - size))
        )
        hits = {row.start: row.hits for row in await self._database.read(wanted)}
        wait = wait_of(hits.get(start - size, 0), hits.get(start, 0), rule.amount, (now - start) / size)
        if wait:
            return max(1, ceil(wait * size))
        await self._database.write(self._one_more(key, start))
        return 0

    def _one_more(self, key: str, start: int) -> Any:
        insert: Any = postgresql.insert if self._database.engine.dialect.name == "postgresql" else sqlite.insert
        row = insert(rate_windows).values(key=key, start=start, hits=1)
        return row.on_conflict_do_update(
            index_elements=[rate_windows.c.key, rate_windows.c.start], set_={"hits": rate_windows.c.hits + 1}
        )


def wait_of(before: int, now: int, amount: int, passed: float) -> float:
    """How long to wait, in windows, for room for one more; 0 when there is room.

    `before` and `now` are the counts of the last window and of this one, of which the part `passed` is over.
    """
    if before * (1 - passed) + now + 1 <= amount:
        return 0.0
    if now + 1 <= amount:
        return max(0.0, 1 - (amount - now - 1) / before - passed) or 1e-9
    # This window is full by itself: it must become the last one, and then grow old enough.
    return 1 - passed + max(0.0, 1 - (amount - 1) / now)
