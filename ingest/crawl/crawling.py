"""One crawl of one site: robots, sitemaps, then page after page, each asked for only when it may have changed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from assistant.errors import UnreadableFile
from ingest.crawl.addresses import may_be_page
from ingest.crawl.fates import digest_of, emptied, gone, refused
from ingest.crawl.fetching import Fetched, Fetcher
from ingest.crawl.memory import CrawlMemory, Page, Task
from ingest.crawl.politeness import PoliteFetcher
from ingest.crawl.reports import CrawlReport, Visit
from ingest.crawl.robots import Robots, RobotsUnreadable, read_robots
from ingest.crawl.sitemaps import Listed, read_sitemap
from ingest.crawl.sites import Site
from ingest.crawl.sources import kept_pages
from ingest.readers import DocxReader, Extract, HtmlReader, MarkdownReader, PastedTextReader, PdfReader, read_content

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total)."""

READERS = (HtmlReader(), PdfReader(), DocxReader(), MarkdownReader(), PastedTextReader())
FEWEST_WORDS = 15
"""Words from which a page has a main text."""
TRUST_LASTMOD = timedelta(days=30)
"""How long we believe a sitemap that a page did not change."""
MOST_HOPS = 5
MOST_SITEMAPS = 50
FAILURES_IN_A_ROW = 10
"""From so many on, the server is taken to be down; the next crawl tries again."""
QUERIES_PER_PATH = 50
"""A calendar or a search page can make addresses without end."""


def crawl(
    site: Site,
    memory: CrawlMemory,
    fetcher: Fetcher,
    progress: Progress = lambda what, done, total: None,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> CrawlReport:
    """Visits a site once, or goes on with a crawl that was broken off.

    Never raises for what a website does: that is in the report. `memory` holds the outcome at any moment;
    `crawled_sources` makes sources of it.
    """
    started = time.monotonic()
    number, resumed = memory.begin(site.id, now())
    visitor = _Visitor(site, memory, PoliteFetcher(fetcher, site.pause, sleep), number, now)
    problem = visitor.run(progress)
    visitor.settle()
    memory.end(site.id, now(), complete=problem is None, problem=problem)
    report = _report(site, memory, number)
    seconds = time.monotonic() - started
    return replace(
        report,
        requests=visitor.polite.requests,
        seconds=seconds,
        complete=problem is None,
        resumed=resumed,
        problem=problem,
    )


@dataclass(slots=True)
class _Visitor:
    """What a crawl needs on its way."""

    site: Site
    memory: CrawlMemory
    polite: PoliteFetcher
    number: int
    now: Callable[[], datetime]

    def run(self, progress: Progress) -> str | None:
        """Visits everything in line. Why it stopped early, or None."""
        try:
            robots = read_robots(self.site.starts[0], self.polite)
        except RobotsUnreadable as exc:
            return str(exc)
        self.polite.pause = max(self.polite.pause, robots.delay)
        self._line_up(robots)
        failures = 0
        while task := self.memory.next_task(self.site.id):
            done = self.memory.visited(self.site.id, self.number)
            if done >= self.site.most_pages:
                return f"more than {self.site.most_pages} pages"
            progress(f"{self.site.id}: pagina's bekijken", done, min(self.site.most_pages, done + self._waiting()))
            page = self._visit(task, robots)
            failures = failures + 1 if page.visit is Visit.FAILED and page.status not in range(200, 429) else 0
            if failures >= FAILURES_IN_A_ROW:
                return f"{failures} pages in a row failed, the last with: {page.problem}"
        done = self.memory.visited(self.site.id, self.number)
        progress(f"{self.site.id}: pagina's bekijken", done, done)
        return None

    def _waiting(self) -> int:
        return self.memory.waiting(self.site.id)

    def _line_up(self, robots: Robots) -> None:
        """Start pages, what the sitemaps list, and what is known from before."""
        listed = [entry for entry in self._listed(robots) if self.site.covers(entry.url)]
        known = [Task(page.url) for page in self.memory.pages(self.site.id) if page.version]
        starts = [Task(url) for url in self.site.starts]
        lastmods = {entry.url: entry.lastmod for entry in listed}
        tasks = {t.url: replace(t, lastmod=lastmods.get(t.url)) for t in [*starts, *known]}
        tasks |= {entry.url: Task(entry.url, entry.lastmod) for entry in listed}
        self.memory.add_tasks(self.site.id, self.number, tasks.values())

    def _listed(self, robots: Robots) -> Iterator[Listed]:
        named = [*self.site.sitemaps, *robots.sitemaps] or [urljoin(self.site.starts[0], "/sitemap.xml")]
        waiting = [url for address in named if (url := self.site.spelled(address)) and self.site.is_here(url)]
        seen: set[str] = set()
        while waiting and len(seen) < MOST_SITEMAPS:
            url = waiting.pop(0)
            if url in seen or not robots.allows(url):
                continue
            seen.add(url)
            fetched = self.polite.fetch(url)
            if fetched.status == 200:
                sitemap = read_sitemap(fetched.content, url)
                waiting += [
                    u for address in sitemap.sitemaps if (u := self.site.spelled(address)) and self.site.is_here(u)
                ]
                yield from (Listed(u, e.lastmod) for e in sitemap.pages if (u := self.site.spelled(e.url)))

    def _visit(self, task: Task, robots: Robots) -> Page:
        before = self.memory.page(self.site.id, task.url) or Page(task.url)
        page = replace(before, crawl=self.number, problem=None)
        if task.url not in self.site.starts and not self.site.covers(task.url):
            page = refused(page, "outside the paths that are followed now")
        elif not robots.allows(task.url):
            page = refused(page, "robots.txt")
        elif self._is_surely_the_same(before, task):
            page = replace(page, visit=Visit.UNCHANGED)
        else:
            page = self._judged(self._fetched(before, task), page, task)
        self.memory.record(self.site.id, page, self._tasks_behind(page, task))
        return page

    def _fetched(self, before: Page, task: Task) -> Fetched:
        if before.version is None and before.visit is not Visit.EMPTY:
            return self.polite.fetch(task.url)
        return self.polite.fetch(task.url, etag=before.etag, last_modified=before.last_modified)

    def _is_surely_the_same(self, page: Page, task: Task) -> bool:
        if page.version is None or page.fetched is None or task.lastmod is None or page.times_gone:
            return False
        age = self.now() - datetime.fromisoformat(page.fetched)
        return task.lastmod == page.lastmod and age < TRUST_LASTMOD

    def _judged(self, fetched: Fetched, page: Page, task: Task) -> Page:
        page = replace(page, status=fetched.status)
        if fetched.status == 304 and page.visit is Visit.EMPTY and page.version is None:
            return replace(page, times_gone=0)
        if fetched.status == 304 and page.version:
            stamp = self.now().isoformat()
            return replace(page, visit=Visit.UNCHANGED, checked=stamp, lastmod=task.lastmod, times_gone=0)
        if fetched.is_redirect:
            return self._moved(fetched, page, task)
        if fetched.status in (404, 410):
            return gone(page, f"status {fetched.status}")
        if fetched.status != 200:
            return replace(page, visit=Visit.FAILED, problem=fetched.problem or f"status {fetched.status}")
        return self._read(fetched, replace(page, times_gone=0), task)

    def _moved(self, fetched: Fetched, page: Page, task: Task) -> Page:
        target = self.site.spelled(fetched.location or "", task.url)
        if target is None or not self.site.is_here(target):
            return gone(page, "sent to another website")
        if task.hops >= MOST_HOPS or self._leads_back(target, task.url):
            return replace(page, visit=Visit.FAILED, problem="redirects without end")
        return replace(page, visit=Visit.MOVED, canonical=target)

    def settle(self) -> None:
        """What became of a page that moved depends on where it went to, and that is known at the end."""
        moved = [p for p in self.memory.pages(self.site.id) if p.visit is Visit.MOVED and p.crawl == self.number]
        for page in moved:
            target = self._where_to(page)
            if target.version:
                self.memory.record(self.site.id, replace(emptied(page), canonical=page.canonical, times_gone=0))
            elif target.visit in (Visit.GONE, Visit.LEFT):
                self.memory.record(self.site.id, gone(page, f"sent on to {target.url}, which is gone"))

    def _where_to(self, page: Page) -> Page:
        for _ in range(MOST_HOPS + 1):
            after = self.memory.page(self.site.id, page.canonical) if page.canonical else None
            if after is None or page.visit is not Visit.MOVED:
                break
            page = after
        return page

    def _leads_back(self, target: str, url: str) -> bool:
        for _ in range(MOST_HOPS + 1):
            if target == url:
                return True
            page = self.memory.page(self.site.id, target)
            if page is None or page.crawl != self.number or page.visit is not Visit.MOVED or page.canonical is None:
                return False
            target = page.canonical
        return True

    def _read(self, fetched: Fetched, page: Page, task: Task) -> Page:
        media_type = fetched.media_type or "text/html"
        if not any(media_type in reader.media_types() for reader in READERS):
            return replace(page, visit=Visit.SKIPPED, problem=f"{media_type} is not read")
        try:
            extract = read_content(fetched.content, media_type, url=task.url, charset=fetched.charset, readers=READERS)[
                0
            ]
        except UnreadableFile as exc:
            return replace(page, visit=Visit.FAILED, problem=str(exc))
        page = replace(page, links=extract.links)
        if not extract.indexable or {"noindex", "none"} & set(fetched.robots.replace(",", " ").split()):
            return refused(page, "the page asks not to be indexed")
        if len(extract.text.split()) < FEWEST_WORDS:
            if page.version:
                return replace(page, visit=Visit.FAILED, problem="had a text before, and none now")
            return replace(page, visit=Visit.EMPTY, etag=fetched.etag, last_modified=fetched.last_modified)
        return self._with_version(fetched, extract, page, task)

    def _with_version(self, fetched: Fetched, extract: Extract, page: Page, task: Task) -> Page:
        stamp, digest = self.now().isoformat(), digest_of(extract)
        visit = Visit.UNCHANGED if digest == page.digest else Visit.CHANGED if page.version else Visit.NEW
        canonical = self.site.spelled(extract.canonical) if extract.canonical else None
        return replace(
            page,
            visit=visit,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            lastmod=task.lastmod,
            digest=digest,
            canonical=canonical if canonical and self.site.is_here(canonical) else None,
            version=replace(extract, links=()),
            fetched=stamp,
            checked=stamp,
            changed=page.changed if visit is Visit.UNCHANGED else stamp,
        )

    def _tasks_behind(self, page: Page, task: Task) -> list[Task]:
        if page.visit is Visit.MOVED and page.canonical:
            return [Task(page.canonical, hops=task.hops + 1)] if self._is_followed(page.canonical) else []
        if page.visit in (Visit.FAILED, Visit.GONE, Visit.LEFT, Visit.SKIPPED):
            return []
        queries: Counter[str] = Counter()
        found: list[Task] = []
        for address in [*([page.canonical] if page.canonical else []), *page.links]:
            url = self.site.spelled(address, page.url)
            if url is None or not self._is_followed(url):
                continue
            queries[urlsplit(url).path] += 1
            if queries[urlsplit(url).path] <= QUERIES_PER_PATH:
                found.append(Task(url))
        return found

    def _is_followed(self, url: str) -> bool:
        return self.site.covers(url) and may_be_page(url)


def _report(site: Site, memory: CrawlMemory, number: int) -> CrawlReport:
    visits: dict[Visit, list[str]] = {}
    reasons: dict[str, str] = {}
    versions: list[str] = []
    for page in memory.pages(site.id):
        versions += [page.url] if page.version else []
        if page.crawl == number:
            visits.setdefault(page.visit, []).append(page.url)
            reasons |= {page.url: page.problem} if page.problem else {}
    alone = {page.url for page in kept_pages(site, memory)}
    return CrawlReport(
        site.id,
        {visit: tuple(urls) for visit, urls in visits.items()},
        reasons,
        len(alone),
        tuple(url for url in versions if url not in alone and site.covers(url)),
    )
