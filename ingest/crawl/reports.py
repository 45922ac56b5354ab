"""What a crawl did with each page, and the report that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Visit(StrEnum):
    """What became of an address in one crawl."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    """It has links but no main text, such as an overview."""
    MOVED = "moved"
    """It sent us on to another address of the same website."""
    GONE = "gone"
    """404, 410 or sent elsewhere. For the first time its last good version, if there is one, stays."""
    LEFT = "left"
    """Gone twice in a row: its last good version was dropped."""
    FAILED = "failed"
    """Broken, too large, too slow, or refused to us: its last good version stays."""
    REFUSED = "refused"
    """robots.txt or the page itself asks not to be kept: its last good version was dropped."""
    SKIPPED = "skipped"
    """No kind of content that we read."""


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What one crawl of one site found. `seconds` and `requests` are those of this run, also when it went on with an
    earlier one that was broken off (`resumed`).
    """

    site: str
    visits: Mapping[Visit, tuple[str, ...]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Address → why it failed or was refused."""
    sources: int = 0
    """Pages that are a source now, those of earlier crawls too."""
    duplicates: tuple[str, ...] = ()
    """Pages whose text stands under another address, and that are therefore no source of their own."""
    requests: int = 0
    seconds: float = 0.0
    complete: bool = True
    """False when it stopped before it had seen every page; `problem` says why."""
    resumed: bool = False
    problem: str | None = None

    def count(self, visit: Visit) -> int:
        """How many addresses met this fate."""
        return len(self.visits.get(visit, ()))

    @property
    def pages_per_second(self) -> float:
        """Requests a second, waiting included."""
        return self.requests / self.seconds if self.seconds else 0.0

    def __str__(self) -> str:
        counts = ", ".join(f"{self.count(visit)} {visit}" for visit in Visit if self.count(visit))
        speed = f"{self.requests} requests in {self.seconds:.1f} s ({self.pages_per_second:.1f} a second)"
        stopped = f"; stopped: {self.problem}" if self.problem else ""
        return f"{self.site}: {counts or 'nothing visited'}; {self.sources} sources; {speed}{stopped}"
