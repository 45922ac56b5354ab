"""What the desk does with followed websites: see how they stand, try one page, add a site, judge what was flagged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError, UnreadableFile
from assistant.index.edge import write_durably
from assistant.yaml_text import read_yaml
from ingest.crawl import CrawlMemory, Fetcher, HttpFetcher, crawled_sources
from ingest.crawl.addresses import normalise
from ingest.crawl.crawling import READERS
from ingest.crawl.following import MEMORY
from ingest.crawl.robots import RobotsUnreadable, read_robots
from ingest.crawl.sites import SitesFile, read_sites
from ingest.places import read_places
from ingest.readers import read_content
from ingest.recognition import Suggestions, suggest
from ingest.screening import Flag, screen

NAME = "sites.yaml"
MOST_HOPS = 5
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class SiteState:
    """A website of `sites.yaml`, and what became of it until now."""

    id: str
    publisher: str
    start: str
    active: bool
    ended: datetime | None = None
    """When it was last visited as a whole."""
    complete: bool = False
    sources: int = 0
    problems: tuple[tuple[str, str], ...] = ()
    """(page, why it failed or was refused)."""


@dataclass(frozen=True, slots=True)
class FlaggedPage:
    """A page with something that an editor must look at."""

    site: str
    url: str
    title: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class PagePreview:
    """One page as it would become a source; `problem` when it can not."""

    url: str
    title: str = ""
    text: str = ""
    flags: tuple[Flag, ...] = ()
    suggestions: Suggestions = Suggestions()  # noqa: RUF009  # frozen, and empty
    problem: str | None = None


def site_states(corpus: Path, data_dir: Path) -> list[SiteState]:
    """Every website of the corpus, those that are not active too. Raises `CorpusError`."""
    rows = _file(corpus).sites
    active = {site.id: site for site in read_sites(corpus).sites}
    if not rows:
        return []
    with closing(CrawlMemory(data_dir / MEMORY)) as memory:
        states = []
        for row in rows:
            last = memory.last_ended(row.id)
            failed = [(page.url, page.problem) for page in memory.pages(row.id) if page.problem]
            states.append(
                SiteState(
                    row.id,
                    row.uitgever,
                    row.start[0],
                    row.actief,
                    last[0] if last else None,
                    bool(last and last[1]),
                    len(crawled_sources(active[row.id], memory)) if row.id in active else 0,
                    tuple(failed[:MOST_PROBLEMS]),
                )
            )
        return states


def flagged_pages(corpus: Path, data_dir: Path) -> list[FlaggedPage]:
    """What waits for an editor, by page. Raises `CorpusError`."""
    sites = read_sites(corpus).sites
    if not sites:
        return []
    with closing(CrawlMemory(data_dir / MEMORY)) as memory:
        return [
            FlaggedPage(site.id, page.url, page.source.title, page.flags)
            for site in sites
            for page in crawled_sources(site, memory)
            if page.flags
        ]


def decide_flag(data_dir: Path, page: FlaggedPage, block: str, *, approved: bool, editor: str) -> None:
    """Lets a flagged block in with the next refresh, or keeps it out for good."""
    with closing(CrawlMemory(data_dir / MEMORY)) as memory:
        memory.decide(page.site, page.url, block, approved=approved, editor=editor, now=datetime.now(UTC))


def add_site(corpus: Path, values: Mapping[str, Any]) -> None:
    """Adds a website, by the keys of `sites.yaml`; what stands in the file stays as it is.

    Raises `CorpusError` when the values are wrong or the id is taken; the file is then not changed.
    """
    _file(corpus)
    path = corpus / NAME
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    text = _with_site(before, dict(values))
    beside = corpus / f".{NAME}.new"
    beside.mkdir(exist_ok=True)
    try:
        (beside / NAME).write_text(text, encoding="utf-8")
        _checked(beside, values)
        write_durably(path, text)
    finally:
        (beside / NAME).unlink(missing_ok=True)
        beside.rmdir()


def preview_page(corpus: Path, url: str, open_fetcher: Callable[[str], Fetcher] = HttpFetcher) -> PagePreview:
    """Gets one page, as politely as a crawl does, and shows what would become of it. Blocking."""
    contact = _file(corpus).contact or "https://gezondemarke.nl"
    if (address := normalise(url)) is None:
        return PagePreview(url, problem="Dit is geen webadres. Schrijf bijvoorbeeld https://www.emmen.nl/zorg.")
    with closing(open_fetcher(contact)) as fetcher:
        try:
            if not read_robots(address, fetcher).allows(address):
                return PagePreview(url, problem="De website wil niet dat we deze pagina bekijken (robots.txt).")
        except RobotsUnreadable:
            return PagePreview(url, problem="De website is nu niet te bereiken. Probeer het later nog eens.")
        fetched = fetcher.fetch(address)
        for _ in range(MOST_HOPS):
            target = normalise(fetched.location or "", fetched.url) if fetched.is_redirect else None
            if target is None:
                break
            fetched = fetcher.fetch(target)
    if fetched.status != 200:
        why = fetched.problem or f"status {fetched.status}"
        return PagePreview(url, problem=f"De pagina is niet te lezen ({why}).")
    try:
        media_type = fetched.media_type or "text/html"
        extract = read_content(fetched.content, media_type, url=fetched.url, charset=fetched.charset, readers=READERS)[
            0
        ]
    except UnreadableFile as exc:
        return PagePreview(url, problem=f"De pagina is niet te lezen ({exc}).")
    text, flags = screen(extract)
    return PagePreview(fetched.url, extract.title, text, flags, suggest(extract, read_places(corpus)))


def _file(corpus: Path) -> SitesFile:
    read_sites(corpus)  # tells every mistake with its line
    path = corpus / NAME
    if not path.exists():
        return SitesFile()
    return SitesFile.model_validate(read_yaml(path.read_text(encoding="utf-8")) or {})


def _checked(corpus: Path, values: Mapping[str, Any]) -> None:
    try:
        ids = [row.id for row in _file(corpus).sites]
    except CorpusError as exc:
        raise CorpusError([problem.replace(f"{corpus}/", "") for problem in exc.problems]) from exc
    if ids[-1:] != [values.get("id")]:
        raise CorpusError([f"{NAME}:1: the list of sites must be the last key of the file"])


def _with_site(before: str, row: Mapping[str, Any]) -> str:
    """The text of the file with one more item at its end."""
    item = yaml.safe_dump([row], allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
    indented = "".join(f"  {line}\n" for line in item.splitlines())
    loaded = read_yaml(before) or {}
    if not loaded.get("sites"):
        head = "".join(line for line in before.splitlines(keepends=True) if not line.startswith("sites:"))
        contact = "" if loaded.get("contact") else "contact: https://gezondemarke.nl\n"
        return f"{head.rstrip()}\n{contact}\nsites:\n{indented}".lstrip()
    return f"{before.rstrip()}\n\n{indented}"
