"""Makes sources of the pages of a site: each text once, under the address that the site itself prefers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from assistant.domain import Source
from assistant.language.analysis import terms
from assistant.language.sentences import split_sentences
from ingest.crawl.addresses import path_of
from ingest.crawl.memory import CrawlMemory, Page
from ingest.crawl.reports import Visit
from ingest.crawl.sites import Site
from ingest.readers import Extract
from ingest.screening import Flag, screen, screen_text

ALIKE = 0.6
"""Share of terms in common (Jaccard) from which we believe a page that names another address as its own."""
LONGEST_TITLE = 160
LONGEST_SLUG = 60
PHONE = re.compile(r"(?<!\d)(?:\+31|0)(?:[ _-]?\d){7,}")
"""A number in the name of a file; as a title it would look like the number to call."""


@dataclass(frozen=True, slots=True)
class CrawledSource:
    """A page as a source. `flags` name what waits for a person; flagged blocks are not in `source.text`.

    `digest` changes with anything that is indexed, and not with the day on which the page was last checked.
    """

    source: Source
    url: str
    digest: str
    flags: tuple[Flag, ...]
    extract: Extract
    """The whole page as it was read, for suggestions to the editor."""


def crawled_sources(site: Site, memory: CrawlMemory) -> tuple[CrawledSource, ...]:
    """The sources that a site gives now, by address, from memory alone. A page of which every block waits gives a
    source with an empty text: it is for the editor, not for the index.
    """
    return tuple(_as_source(site, page, memory.decisions(site.id, page.url)) for page in kept_pages(site, memory))


def kept_pages(site: Site, memory: CrawlMemory) -> list[Page]:
    """The pages whose text is a source: not the copies of it under other addresses."""
    pages = list(memory.pages(site.id))
    good = {page.url: page for page in pages if page.version and site.covers(page.url)}
    moved = {page.url: page.canonical for page in pages if page.canonical}
    return _each_once([page for page in good.values() if not _stands_elsewhere(page, good, moved)])


def source_id(site: Site, url: str) -> str:
    """The id that follows from the site and the path. Where the path is more than one plain word, six characters of a
    digest keep two paths apart that look alike.
    """
    path = path_of(url).strip("/")
    slug = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:LONGEST_SLUG].strip("-")
    if path == slug:
        return f"{site.id}-{slug}" if slug else site.id
    digest = hashlib.sha256(path_of(url).encode()).hexdigest()[:6]
    return "-".join(filter(None, [site.id, slug, digest]))


def _stands_elsewhere(page: Page, good: Mapping[str, Page], moved: Mapping[str, str | None]) -> bool:
    """Whether the same text stands at the address that the page names, or was sent on to."""
    target, seen = page.canonical, [page.url]
    while target and target not in seen:
        other = good.get(target)
        if other is not None and (page.visit is Visit.MOVED or _alike(page, other)):
            # Two pages that name each other: the first by address stays.
            back = moved.get(target)
            return back != page.url or target < page.url
        seen.append(target)
        target = moved.get(target)
    return False


def _alike(one: Page, other: Page) -> bool:
    a, b = (set(terms(page.version.text)) if page.version else set() for page in (one, other))
    return bool(a | b) and len(a & b) / len(a | b) >= ALIKE


def _each_once(pages: Iterable[Page]) -> list[Page]:
    """Of pages with the same text, the one with the shortest address."""
    by_digest: dict[str, Page] = {}
    for page in sorted(pages, key=lambda p: (len(p.url), p.url)):
        by_digest.setdefault(page.digest or page.url, page)
    return sorted(by_digest.values(), key=lambda p: p.url)


def _as_source(site: Site, page: Page, decisions: Mapping[str, bool]) -> CrawledSource:
    extract = page.version or Extract("", "")
    text, flags = screen(extract, decisions)
    section = site.section_of(page.url)
    title = (extract.title or _name_of(site, page.url))[:LONGEST_TITLE]
    source = Source(
        id=source_id(site, page.url),
        title=title,
        kind=section.kind,
        url=page.url,
        url_title=title,
        publisher=site.publisher,
        checked=(page.checked or "")[:10],
        text=text,
        municipalities=section.municipalities,
        themes=section.themes,
        topics=section.topics,
        audience=section.audience,
        date=extract.date,
        sentences=tuple(_sentences(text)),
    )
    return CrawledSource(source, page.url, _digest(source), flags, extract)


def _name_of(site: Site, url: str) -> str:
    """The path, for what has no title of its own. Where that says more than a name should, it is the publisher."""
    path = path_of(url)
    readable = unquote(path)
    words = " ".join(re.findall(r"[^\W_]+", readable))
    return site.publisher if screen_text(readable) or screen_text(words) or PHONE.search(readable) else path


def _sentences(text: str) -> Sequence[str]:
    return [sentence for sentence in split_sentences(text) if not sentence.startswith("#")]


def _digest(source: Source) -> str:
    parts = (source.title, source.text, source.date, source.kind, source.publisher, source.url)
    lists = (source.municipalities, source.themes, source.topics, source.audience)
    return hashlib.sha256(repr((parts, lists)).encode("utf-8", "surrogatepass")).hexdigest()
