"""The one thing a refresh needs to know of websites: crawl the sites that are due, and give all their sources."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.crawl.crawling import Progress, crawl
from ingest.crawl.fetching import Fetcher, HttpFetcher
from ingest.crawl.memory import CrawlMemory
from ingest.crawl.reports import CrawlReport
from ingest.crawl.sites import Site, read_sites
from ingest.crawl.sources import CrawledSource, crawled_sources

MEMORY = "crawl.sqlite"
"""The file in the data folder."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The sources of all sites that are followed, whether or not they were crawled just now, and what was crawled."""

    sources: tuple[CrawledSource, ...]
    reports: tuple[CrawlReport, ...]


def follow_sites(
    corpus: Path,
    data_dir: Path,
    progress: Progress = lambda what, done, total: None,
    *,
    only: str | None = None,
    due_only: bool = True,
    online: bool = True,
    open_fetcher: Callable[[str], Fetcher] = HttpFetcher,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Followed:
    """Crawls the sites of `sites.yaml` that are due, one after the other, and returns the sources of all of them.

    `only` names one site; `due_only=False` crawls whatever its interval; `online=False` crawls nothing and answers
    from memory. Blocking, and slow: the pauses are the law. Raises `CorpusError` when `sites.yaml` is wrong.
    """
    known = read_sites(corpus)
    if not known.sites:
        return Followed((), ())
    with closing(CrawlMemory(data_dir / MEMORY)) as memory:
        chosen = [site for site in known.sites if online and only in (None, site.id)]
        due = [site for site in chosen if not due_only or is_due(site, memory, now())]
        reports = _crawled(due, memory, lambda: open_fetcher(known.contact), progress, now)
        sources = [crawled for site in known.sites for crawled in crawled_sources(site, memory)]
    return Followed(tuple(sources), reports)


def is_due(site: Site, memory: CrawlMemory, now: datetime) -> bool:
    """Whether a site was never crawled, was broken off, or was last crawled longer ago than its interval.

    After a crawl that did not see every page, such as when the server was down, we try again a day later.
    """
    last = memory.last_ended(site.id)
    if last is None:
        return True
    ended, complete = last
    return now - ended >= timedelta(days=site.days if complete else 1)


def _crawled(
    sites: list[Site],
    memory: CrawlMemory,
    open_fetcher: Callable[[], Fetcher],
    progress: Progress,
    now: Callable[[], datetime],
) -> tuple[CrawlReport, ...]:
    if not sites:
        return ()
    with closing(open_fetcher()) as fetcher:
        return tuple(crawl(site, memory, fetcher, progress, now=now) for site in sites)
