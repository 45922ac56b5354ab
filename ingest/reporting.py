"""What a refresh must know of the past, and what it tells when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.comparing import Changes
from ingest.crawl import CrawlReport
from ingest.replaying import Replay


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did. `generation` is the live one afterwards, None when a first one waits for an editor."""

    generation: str | None
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    sources: int
    chunks: int
    embedded: int
    published: bool
    candidate: str | None = None
    """What was built, or was there already, and waits for an editor; `objections` says why."""
    before: str | None = None
    """The generation that was live when it began."""
    objections: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)
    replay: Replay = field(default_factory=Replay)
    crawls: tuple[CrawlReport, ...] = ()
    note: str = ""
    """Something that an editor should know, in Dutch."""
    signature: str = ""
    """The same for the same content."""
    waiting: int = 0
    """Pages of followed sites with something that an editor must look at."""


@dataclass(frozen=True, slots=True)
class Past:
    """What editors decided, or still have to, that the next refresh must know."""

    awaiting: frozenset[str] = frozenset()
    """Generations that wait for an editor. Every other one newer than the live one was live, and was taken back."""
    rejected: frozenset[str] = frozenset()
    """Signatures of what an editor did not want."""
