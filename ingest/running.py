"""Does one refresh from beginning to end and keeps a record of it: the one way in which refreshes are really run."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from assistant.build import build_home
from assistant.errors import CorpusError, MarkewijzerError, StoreError
from assistant.index import IndexHome
from assistant.settings import Settings
from ingest.collecting import Progress
from ingest.limits import Order
from ingest.lock import RefreshLock
from ingest.reporting import Past, RefreshReport
from ingest.runs import Run, Runs, RunState, Stage, finished
from ingest.synchronise import new_id, refresh, silent

logger = logging.getLogger(__name__)

SAVE_EVERY = 0.3
"""Seconds between two looks that the outside gets at a stage that is going on."""


class Recorder:
    """Hears the progress of a run and keeps it, not more often than somebody can read it."""

    def __init__(self, runs: Runs, run: Run, also: Progress) -> None:
        self.run = run
        self._runs = runs
        self._also = also
        self._begun: dict[str, float] = {}
        self._saved = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = monotonic()
        is_new = what not in self._begun
        seconds = round(now - self._begun.setdefault(what, now), 1)
        others = tuple(stage for stage in self.run.stages if stage.what != what)
        self.run = replace(self.run, stages=(*others, Stage(what, done, total, seconds)))
        if is_new or done >= total or now - self._saved >= SAVE_EVERY:
            self._runs.save(self.run)
            self._saved = now
        self._also(what, done, total)


async def run_refresh(
    settings: Settings,
    corpus: Path,
    order: Order,
    *,
    by: str,
    progress: Progress = silent,
    lock: RefreshLock | None = None,
    id: str | None = None,
) -> tuple[Run, RefreshReport]:
    """Refreshes and keeps the run. `lock` may come from the process that ordered it. Raises as `refresh` does."""
    held = lock or RefreshLock.claim(settings.data_dir)
    try:
        runs = Runs(settings.data_dir)
        await settle(settings, runs, keep=id)
        recorder = Recorder(runs, Run(id or new_id(runs.last_id()), by, datetime.now(UTC)), progress)
        runs.save(recorder.run)
        report = await _recorded(settings, corpus, order, recorder, runs, held)
        run = finished(recorder.run, report)
        await _supersede(settings, runs, report)
        runs.save(run)
        runs.forget(settings.kept_days / 2)
        return run, report
    finally:
        held.release()


async def _recorded(
    settings: Settings,
    corpus: Path,
    order: Order,
    recorder: Recorder,
    runs: Runs,
    lock: RefreshLock,
) -> RefreshReport:
    try:
        return await refresh(
            settings,
            corpus,
            progress=recorder,
            order=order,
            lock=lock,
            generation=recorder.run.id,
            past=past_of(runs),
        )
    except Exception as exc:
        problems = tuple(exc.problems) if isinstance(exc, CorpusError) else ()
        message = str(exc) if isinstance(exc, MarkewijzerError) and not problems else type(exc).__name__
        failed = replace(recorder.run, state=RunState.FAILED, message=message, problems=problems)
        runs.save(replace(failed, ended=datetime.now(UTC)))
        await _drop_unless_live(settings, recorder.run.id)
        raise


def past_of(runs: Runs) -> Past:
    """What the runs until now say of generations and of what was in them."""
    known = list(runs.all())
    return Past(
        awaiting=frozenset(run.candidate for run in known if run.state is RunState.WAITING and run.candidate),
        rejected=frozenset(run.signature for run in known if run.state is RunState.REJECTED and run.signature),
    )


async def _drop_unless_live(settings: Settings, generation: str) -> None:
    home = build_home(settings)
    try:
        if generation != await home.live():
            await home.drop(generation)
    except StoreError as exc:
        logger.warning("what was built of %s was left behind: %s", generation, exc)
    finally:
        await home.close()


async def settle(settings: Settings, runs: Runs, *, keep: str | None = None) -> None:
    """Closes what a killed run left behind: its record, and its generation when nobody saw it live."""
    left = [run for run in runs.all() if run.ended is None and run.id != keep]
    home = build_home(settings)
    try:
        live = await home.live()
        for run in left:
            state = RunState.PUBLISHED if run.id == live else RunState.INTERRUPTED
            if run.id != live:
                await home.drop(run.id)
            runs.save(replace(run, state=state, ended=datetime.now(UTC)))
    finally:
        await home.close()


async def _supersede(settings: Settings, runs: Runs, report: RefreshReport) -> None:
    """What waited for an editor and is not what waits now, is no longer of use."""
    home = build_home(settings)
    try:
        for run in list(runs.all()):
            if run.state is RunState.WAITING and run.candidate:
                await _leave(home, run, runs, report)
    finally:
        await home.close()


async def _leave(home: IndexHome, run: Run, runs: Runs, report: RefreshReport) -> None:
    if run.candidate is not None and run.candidate not in {report.candidate, report.generation}:
        await home.drop(run.candidate)
    runs.save(replace(run, state=RunState.SUPERSEDED))
