"""Keeps what every refresh did and is doing, one small file each, so that desk and command line see the same.

A file is replaced as a whole, so nobody reads half of it; a run that was killed is told by the lock that is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.index.edge import write_durably
from ingest.comparing import Changes
from ingest.lock import is_refreshing
from ingest.replaying import Replay
from ingest.reporting import RefreshReport

FOLDER = "runs"
USEFUL = timedelta(days=90)
MOST_PROBLEMS = 100
"""Problems that a report names."""


class RunState(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"
    """It built a generation that an editor must judge."""
    REJECTED = "rejected"
    """An editor did not want it."""
    SUPERSEDED = "superseded"
    """A later run came with something newer before anybody judged it."""
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """It was stopped or killed; the next run goes on with what it had done."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One kind of work in a run. `seconds` is how long it has taken."""

    what: str
    done: int
    total: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Crawled:
    """What visiting one website came to: counts by what became of a page."""

    site: str
    counts: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One refresh. Its id is also that of the generation that it builds. `by` is an editor or a word for a machine."""

    id: str
    by: str
    started: datetime
    state: RunState = RunState.RUNNING
    ended: datetime | None = None
    stages: tuple[Stage, ...] = ()
    message: str | None = None
    """Why it failed, for developers."""
    problems: tuple[str, ...] = ()
    """What should be looked at: pages that failed, mistakes in files."""
    before: str | None = None
    """The generation that was live when it began."""
    candidate: str | None = None
    signature: str = ""
    objections: tuple[str, ...] = ()
    new: int = 0
    changed: int = 0
    gone: int = 0
    sources: int = 0
    chunks: int = 0
    embedded: int = 0
    flagged: int = 0
    """Pages with something that an editor must look at."""
    changes: Changes = field(default_factory=Changes)
    replay: Replay = field(default_factory=Replay)
    crawls: tuple[Crawled, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing is being done for it any more."""
        return self.state is not RunState.RUNNING

    @property
    def seconds(self) -> float:
        """How long it took, or has taken."""
        return ((self.ended or datetime.now(UTC)) - self.started).total_seconds()


_RUN = TypeAdapter(Run)


class Runs:
    """The runs of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._folder = data_dir / FOLDER

    def save(self, run: Run) -> None:
        """Keeps a run, in place of what was known of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_durably(self._path(run.id), _RUN.dump_json(run).decode())

    def get(self, id: str) -> Run | None:
        """One run; None when there is none with this id, or a program of another version wrote it."""
        if not is_id(id):
            return None
        try:
            run: Run = _RUN.validate_json(self._path(id).read_bytes())
        except (OSError, ValidationError):
            return None
        return run if run.is_over or self._is_going_on(run) else replace(run, state=RunState.INTERRUPTED)

    def all(self) -> Iterator[Run]:
        """Every run, newest first."""
        for path in sorted(self._folder.glob("*.json"), reverse=True):
            if run := self.get(path.stem):
                yield run

    def last_id(self) -> str:
        """The id of the run that began last, also of one that cannot be read; empty without any."""
        return max((path.stem for path in self._folder.glob("*.json")), default="")

    def newest(self) -> Run | None:
        """The run that began last."""
        return next(self.all(), None)

    def current(self) -> Run | None:
        """The run that is going on now."""
        return next((run for run in self.all() if not run.is_over), None)

    def awaiting(self) -> Run | None:
        """The run that waits for an editor."""
        return next((run for run in self.all() if run.state is RunState.WAITING), None)

    def forget(self, days: float) -> None:
        """Takes out what visitors asked of runs that began longer ago, and drops runs that are of no use any more."""
        for run in list(self.all()):
            age = datetime.now(UTC) - run.started
            if age > USEFUL and run.state is not RunState.WAITING:
                self._path(run.id).unlink(missing_ok=True)
            elif age > timedelta(days=days) and any(change.times for change in run.replay.changed):
                kept = tuple(change for change in run.replay.changed if not change.times)
                self.save(replace(run, replay=replace(run.replay, changed=kept)))

    def _is_going_on(self, run: Run) -> bool:
        return run.id == self.last_id() and is_refreshing(self._data_dir)

    def _path(self, id: str) -> Path:
        return self._folder / f"{id}.json"


def is_id(id: str) -> bool:
    """Whether a text can be the id of a run, and so a file name."""
    return bool(id) and all(c.isalnum() or c == "-" for c in id)


def finished(run: Run, report: RefreshReport) -> Run:
    """The run with all that its refresh reported."""
    state = RunState.PUBLISHED if report.published else RunState.UNCHANGED
    return replace(
        run,
        state=RunState.WAITING if report.objections else state,
        ended=datetime.now(UTC),
        before=report.before,
        candidate=report.candidate,
        signature=report.signature,
        objections=report.objections,
        new=len(report.new),
        changed=len(report.changed),
        gone=len(report.gone),
        sources=report.sources,
        chunks=report.chunks,
        embedded=report.embedded,
        flagged=report.waiting,
        changes=report.changes,
        replay=report.replay,
        crawls=tuple(_crawled(report)),
        problems=tuple(_problems(report))[:MOST_PROBLEMS],
    )


def _crawled(report: RefreshReport) -> Iterator[Crawled]:
    for crawl in report.crawls:
        counts = tuple((visit.value, len(urls)) for visit, urls in crawl.visits.items())
        yield Crawled(crawl.site, counts, round(crawl.seconds, 1), crawl.problem)


def _problems(report: RefreshReport) -> Iterable[str]:
    if report.note:
        yield report.note
    for crawl in report.crawls:
        yield from (f"{url}: {reason}" for url, reason in crawl.reasons.items())
