"""Remembers every page that was ever visited, in one SQLite file, so that a crawl asks only for what may have changed.

Each visit is one transaction: a crawl that is killed goes on where it was, and a page that fails keeps its last good
version.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from ingest.crawl.reports import Visit
from ingest.readers import Extract

logger = logging.getLogger(__name__)

_EXTRACT = TypeAdapter(Extract)

SCHEMA = """
CREATE TABLE IF NOT EXISTS crawl (
    site TEXT PRIMARY KEY, number INTEGER NOT NULL, begun TEXT NOT NULL, ended TEXT, complete INTEGER, problem TEXT);
CREATE TABLE IF NOT EXISTS page (
    site TEXT NOT NULL, url TEXT NOT NULL, visit TEXT NOT NULL, crawl INTEGER NOT NULL, status INTEGER NOT NULL,
    etag TEXT, last_modified TEXT, lastmod TEXT, digest TEXT, canonical TEXT, links TEXT NOT NULL, version TEXT,
    fetched TEXT, checked TEXT, changed TEXT, times_gone INTEGER NOT NULL, problem TEXT, PRIMARY KEY (site, url));
CREATE TABLE IF NOT EXISTS frontier (
    position INTEGER PRIMARY KEY AUTOINCREMENT, site TEXT NOT NULL, url TEXT NOT NULL, lastmod TEXT,
    hops INTEGER NOT NULL, UNIQUE (site, url));
CREATE TABLE IF NOT EXISTS decision (
    site TEXT NOT NULL, url TEXT NOT NULL, block TEXT NOT NULL, approved INTEGER NOT NULL, editor TEXT NOT NULL,
    decided TEXT NOT NULL, PRIMARY KEY (site, url, block));
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What we know of one address. Times are ISO 8601, UTC."""

    url: str
    visit: Visit = Visit.NEW
    """What became of it in crawl number `crawl`."""
    crawl: int = 0
    status: int = 0
    etag: str | None = None
    last_modified: str | None = None
    lastmod: str | None = None
    """What the sitemap said when it was last fetched."""
    digest: str | None = None
    """Of the title and text of `version`."""
    canonical: str | None = None
    """The address that it sent us on to, or names as its own."""
    links: tuple[str, ...] = ()
    version: Extract | None = None
    """The last good version."""
    fetched: str | None = None
    """When `version` was last fetched whole."""
    checked: str | None = None
    """When it was last known to be what is there."""
    changed: str | None = None
    times_gone: int = 0
    """Crawls in a row that did not find it."""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An address that waits to be visited; `hops` counts the redirects that led to it."""

    url: str
    lastmod: str | None = None
    hops: int = 0


class CrawlMemory:
    """All sites in one file. One process crawls at a time; reading beside it is fine."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.executescript(SCHEMA)
            db.execute("SELECT count(*) FROM page").fetchone()
        except sqlite3.DatabaseError as exc:
            # The pages can be fetched again, but what editors decided cannot: keep the file for a person to look at.
            db.close()
            if exc.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise  # in use is not damaged
            aside = path.with_suffix(".damaged")
            logger.error("%s is damaged (%s): put aside as %s, starting anew", path, exc, aside)
            path.replace(aside)
            for leftover in path.parent.glob(f"{path.name}-*"):
                leftover.unlink()
            return CrawlMemory._open(path)
        return db

    def begin(self, site: str, now: datetime) -> tuple[int, bool]:
        """The number of the crawl, and whether it goes on with one that was broken off."""
        row = self._db.execute("SELECT number, ended FROM crawl WHERE site = ?", (site,)).fetchone()
        if row and row[1] is None:
            return int(row[0]), True
        number = int(row[0]) + 1 if row else 1
        with self._db:
            self._db.execute("DELETE FROM frontier WHERE site = ?", (site,))
            self._db.execute(
                "INSERT OR REPLACE INTO crawl VALUES (?, ?, ?, NULL, NULL, NULL)", (site, number, now.isoformat())
            )
        return number, False

    def end(self, site: str, now: datetime, *, complete: bool, problem: str | None) -> None:
        """Closes a crawl. Addresses that hold nothing and were not met in it are forgotten."""
        with self._db:
            if complete:
                self._db.execute(
                    "DELETE FROM page WHERE site = ?1 AND version IS NULL"
                    " AND crawl < (SELECT number FROM crawl WHERE site = ?1)",
                    (site,),
                )
            self._db.execute("DELETE FROM frontier WHERE site = ?", (site,))
            self._db.execute(
                "UPDATE crawl SET ended = ?, complete = ?, problem = ? WHERE site = ?",
                (now.isoformat(), complete, problem, site),
            )

    def last_ended(self, site: str) -> tuple[datetime, bool] | None:
        """When the last crawl of a site ended, and whether it saw every page; None when it was broken off, or none."""
        row = self._db.execute("SELECT ended, complete FROM crawl WHERE site = ?", (site,)).fetchone()
        return (datetime.fromisoformat(row[0]), bool(row[1])) if row and row[0] else None

    def add_tasks(self, site: str, crawl: int, tasks: Iterable[Task]) -> None:
        """Puts addresses in line, unless they wait already or were visited in this crawl."""
        with self._db:
            self._add_tasks(site, crawl, tasks)

    def _add_tasks(self, site: str, crawl: int, tasks: Iterable[Task]) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO frontier (site, url, lastmod, hops) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
            " (SELECT 1 FROM page WHERE site = ?1 AND url = ?2 AND crawl = ?5)",
            [(site, task.url, task.lastmod, task.hops, crawl) for task in tasks],
        )

    def next_task(self, site: str) -> Task | None:
        """The address that has waited longest; it waits on until `record` says what became of it."""
        row = self._db.execute(
            "SELECT url, lastmod, hops FROM frontier WHERE site = ? ORDER BY position LIMIT 1", (site,)
        ).fetchone()
        return Task(*row) if row else None

    def record(self, site: str, page: Page, tasks: Sequence[Task] = ()) -> None:
        """What became of an address, and the addresses it leads to, in one transaction."""
        row = {**asdict(page), "site": site, "links": json.dumps(page.links)}
        row["version"] = _EXTRACT.dump_json(page.version).decode() if page.version else None
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        with self._db:
            self._db.execute(f"INSERT OR REPLACE INTO page ({columns}) VALUES ({values})", row)
            self._db.execute("DELETE FROM frontier WHERE site = ? AND url = ?", (site, page.url))
            self._add_tasks(site, page.crawl, tasks)

    def page(self, site: str, url: str) -> Page | None:
        """What we know of an address."""
        return next(self._pages("site = ? AND url = ?", site, url), None)

    def pages(self, site: str) -> Iterator[Page]:
        """All that we know of a site, by address."""
        return self._pages("site = ?", site)

    def _pages(self, where: str, *values: str) -> Iterator[Page]:
        cursor = self._db.execute(f"SELECT * FROM page WHERE {where} ORDER BY url", values)
        names = [column[0] for column in cursor.description]
        for values_ in cursor.fetchall():
            row = dict(zip(names, values_, strict=True))
            del row["site"]
            version = _EXTRACT.validate_json(row["version"]) if row["version"] else None
            row |= {"visit": Visit(row["visit"]), "links": tuple(json.loads(row["links"])), "version": version}
            yield Page(**row)

    def visited(self, site: str, crawl: int) -> int:
        """How many addresses a crawl has visited."""
        row = self._db.execute("SELECT count(*) FROM page WHERE site = ? AND crawl = ?", (site, crawl)).fetchone()
        return int(row[0])

    def waiting(self, site: str) -> int:
        """How many addresses are in line."""
        row = self._db.execute("SELECT count(*) FROM frontier WHERE site = ?", (site,)).fetchone()
        return int(row[0])

    def decide(self, site: str, url: str, block: str, *, approved: bool, editor: str, now: datetime) -> None:
        """What an editor decided about a flagged block (`Flag.block`) of a page."""
        row = (site, url, block, approved, editor, now.isoformat())
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)", row)

    def decisions(self, site: str, url: str) -> dict[str, bool]:
        """The blocks of a page that were decided about, and whether each was approved."""
        rows = self._db.execute("SELECT block, approved FROM decision WHERE site = ? AND url = ?", (site, url))
        return {block: bool(approved) for block, approved in rows}

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
