"""Keeps what was asked for last, so that a question that many people ask is worked out once.

Whoever keeps something here belongs to one generation of the index, and what is kept goes with it. What a value depends
on must all be in its key; nothing of a conversation or a visitor may be.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `limit` values; the one that was not asked for the longest goes first. For one event loop."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tasks: OrderedDict[K, asyncio.Future[V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, key: K) -> bool:
        return key in self._tasks

    async def get(self, key: K, work_out: Callable[[], Awaitable[V]]) -> V:
        """The value, worked out once also when several ask at the same time; what fails is not kept.

        Who stops waiting does not stop the work, since others may wait for it too.
        """
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(work_out())
            task.add_done_callback(lambda done: self._forget_failure(key, done))
            if len(self._tasks) > self._limit:
                self._tasks.popitem(last=False)
        else:
            self._tasks.move_to_end(key)
        return task.result() if task.done() else await asyncio.shield(task)

    def _forget_failure(self, key: K, done: asyncio.Future[V]) -> None:
        if (done.cancelled() or done.exception() is not None) and self._tasks.get(key) is done:
            del self._tasks[key]
