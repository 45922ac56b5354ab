"""Starts refreshes for the server, by night and by hand, each in a process of its own that this server looks after."""

from __future__ import annotations

import asyncio
import logging
from asyncio.subprocess import Process
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from assistant.domain import Outcome
from assistant.errors import MarkewijzerError, StoreError
from assistant.settings import Settings
from ingest import Asked, Order, Publish, Run, Runs, Schedule, keep_asked, start_refresh
from web.database import AWAY, Database, reason_of
from web.tables import turns

logger = logging.getLogger(__name__)

MOST_ASKED = 20
FEWEST_TIMES = 2
"""What one visitor asked once stays between us."""
COUNTED, HELD = 13 / 28, 1 / 28
"""Shares of the days that a question is kept: that it counts here, and that it may wait in the data folder.

A run forgets it after the other half.
"""
LOOK_EVERY = 60 * 60.0
"""Seconds between two looks at what visitors asked most, for the refreshes that others start."""
NIGHT = "schema"
"""Who starts the refresh of every night."""
PATIENCE = 5.0
"""Seconds that a refresh gets to stop when the server stops; it loses nothing but time."""
TOLD = frozenset(Outcome) - {Outcome.CRISIS_SUICIDE, Outcome.CRISIS_DANGER, Outcome.CRISIS_VIOLENCE, Outcome.FAILED}


class Refreshing:
    """The refreshes of one server. `start` and `stop` are called once, by the app."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._schedule = Schedule(settings.refresh_at, self.begin_by_night)
        self._process: Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._look_again = asyncio.Event()
        self._is_stopping = False

    @property
    def runs(self) -> Runs:
        """Every refresh of this data folder, also those of the command line."""
        return Runs(self._settings.data_dir)

    def start(self) -> None:
        """From now on a refresh begins every night, and those of the command line know what visitors asked."""
        self._schedule.start()
        self._keeping = asyncio.create_task(self._keep_asked())

    async def stop(self) -> None:
        """No more refreshes; one that goes on is broken off, and the next one goes on with it."""
        self._schedule.stop()
        await self._stop_keeping()
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), PATIENCE)
            except TimeoutError:
                self._process.kill()
        if self._watching is not None:
            await self._watching

    async def begin(self, by: str, publish: Publish, *, site: str | None = None) -> Run:
        """Starts a refresh. Raises `IndexInUse` when one is going on."""
        order = Order(publish, crawl=True, site=site, replay=True, asked=await self.asked())
        run, self._process = await start_refresh(self._settings, self._settings.corpus_dir, order, by=by)
        self._watching = asyncio.create_task(self._watch(self._process, run))
        logger.info("refresh %s was started", run.id)
        return run

    async def begin_by_night(self) -> None:
        """The refresh that the schedule starts: it publishes by itself, within limits."""
        try:
            await self.begin(NIGHT, Publish.WITHIN_LIMITS)
        except (MarkewijzerError, OSError) as exc:
            logger.warning("the refresh of tonight was not started: %s", exc)

    async def asked(self) -> tuple[Asked, ...]:
        """What visitors asked most, redacted; nothing when the database is away."""
        since = datetime.now(UTC) - timedelta(days=COUNTED * self._settings.kept_days)
        times = func.count().label("times")
        query = (
            select(turns.c.question, turns.c.municipality, times)
            .where(turns.c.created > since, turns.c.position == 1, turns.c.outcome.in_(sorted(TOLD)))
            .group_by(turns.c.question, turns.c.municipality)
            .having(times >= FEWEST_TIMES)
            .order_by(times.desc(), turns.c.question)
        )
        try:
            rows = await self._database.read(query.limit(MOST_ASKED))
        except AWAY as exc:
            logger.warning("no questions of visitors are asked again, the database is away: %s", reason_of(exc))
            return ()
        return tuple(Asked(row.question, row.municipality, row.times) for row in rows)

    def erased(self) -> None:
        """A visitor erased a conversation: what waits in the data folder is counted again without it."""
        self._look_again.set()

    async def _keep_asked(self) -> None:
        while not self._is_stopping:
            self._look_again.clear()
            asked = await self.asked()
            until = datetime.now(UTC) + timedelta(days=HELD * self._settings.kept_days)
            try:
                await asyncio.to_thread(keep_asked, self._settings.data_dir, asked, until)
            except OSError as exc:
                logger.warning("what visitors asked most was not kept for other refreshes: %s", exc)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look_again.wait(), LOOK_EVERY)

    async def _stop_keeping(self) -> None:
        """Lets a look come to its end: broken off halfway, it would leave a connection to the database open."""
        self._is_stopping = True
        self._look_again.set()
        if self._keeping is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._keeping, PATIENCE)

    def forget(self) -> None:
        """Forgets what visitors asked, when it was kept long enough."""
        try:
            self.runs.forget(self._settings.kept_days / 2)
        except (OSError, StoreError) as exc:
            logger.warning("old runs were not forgotten: %s", exc)

    async def _watch(self, process: Process, run: Run) -> None:
        status = await process.wait()
        logger.log(logging.INFO if status == 0 else logging.WARNING, "refresh %s ended with status %d", run.id, status)
