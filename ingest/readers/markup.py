"""What a page states about itself in its markup: schema.org items, its date, its own address, what robots may do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from ingest.readers.dates import iso_date, stated_date
from ingest.readers.rendering import plain

Item = Mapping[str, object]

LONGEST_JSON = 200_000
"""Characters of one JSON-LD block that we read."""
MOST_ITEMS = 200
MOST_LINKS = 2000
CHANGED = ("article:modified_time", "og:updated_time", "dcterms.modified", "overheid:modified", "last-modified")
PUBLISHED = ("article:published_time", "dcterms.issued", "dcterms.date", "dc.date", "date")
PAGE_TYPES = {"WebPage", "Article", "NewsArticle", "BlogPosting", "GovernmentService", "Service", "FAQPage", "Event"}


def schema_items(root: Element) -> tuple[Item, ...]:
    """The schema.org items of JSON-LD and microdata, nested lists and `@graph` laid flat."""
    found: list[Item] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            found += _json_items(script.text or "")
    found += _microdata(root)
    return tuple(found[:MOST_ITEMS])


def page_date(root: Element, items: tuple[Item, ...]) -> str | None:
    """The date that the page gives for itself: in its markup, or in words (`Laatst gewijzigd: …`)."""
    metas = {(m.get("property") or m.get("name") or "").lower(): m.get("content") or "" for m in root.iter("meta")}
    own = [item for item in items if set(types_of(item)) & PAGE_TYPES]
    stated = [metas.get(name, "") for name in CHANGED] + [_text(item.get("dateModified")) for item in own]
    if day := next(filter(None, map(iso_date, stated)), None):
        return day
    body = root.find("body")
    in_words = stated_date("\n".join(body.itertext("*"))) if body is not None else None
    if in_words is not None:
        return in_words.value
    published = [metas.get(name, "") for name in PUBLISHED] + [_text(item.get("datePublished")) for item in own]
    return next(filter(None, map(iso_date, published)), None)


def canonical_address(root: Element, url: str) -> str | None:
    """The address in `<link rel="canonical">`, absolute."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return _absolute(_base(root, url), link.get("href"))
    return None


def followable_links(root: Element, url: str) -> tuple[str, ...]:
    """The addresses a page links to, absolute and each once; none when it asks not to follow them."""
    if "nofollow" in robots_words(root):
        return ()
    base = _base(root, url)
    found = dict[str, None]()
    for link in root.iter("a", "area"):
        if link.get("href") and "nofollow" not in (link.get("rel") or "").lower().split():
            address = _absolute(base, link.get("href"))
            if address and len(found) < MOST_LINKS:
                found[address] = None
    return tuple(found)


def robots_words(root: Element) -> set[str]:
    """The words of `<meta name="robots">`, such as `noindex`."""
    contents = (m.get("content") or "" for m in root.iter("meta") if (m.get("name") or "").lower() == "robots")
    words = {word.strip().lower() for content in contents for word in content.split(",")}
    return words | ({"noindex", "nofollow"} if "none" in words else set())


def types_of(item: Item) -> tuple[str, ...]:
    """The types of an item, without the address of schema.org."""
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return tuple(str(kind).rpartition("/")[2] for kind in kinds if isinstance(kind, str))


def _json_items(text: str) -> Iterator[Item]:
    try:
        values = json.loads(text[:LONGEST_JSON])
    except (ValueError, RecursionError):
        return
    waiting = [values]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            if "@type" in value:
                yield value
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]


def _microdata(root: Element) -> Iterator[Item]:
    for scope in root.iter("*"):
        if scope.get("itemscope") is not None and "schema.org" in (scope.get("itemtype") or ""):
            yield {"@type": scope.get("itemtype"), **_properties(scope)}


def _properties(scope: Element) -> dict[str, object]:
    found: dict[str, object] = {}
    for element in scope.iterdescendants("*"):
        owner = next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)
        if element.get("itemprop") and owner is scope and element.get("itemscope") is None:
            stated = element.get("content") or element.get("datetime") or element.get("href")
            for name in element.get("itemprop").split():
                found.setdefault(name, stated or plain(" ".join(element.itertext("*"))))
    return found


def _base(root: Element, url: str) -> str:
    base = next((b.get("href") for b in root.iter("base") if b.get("href")), None)
    return _absolute(url, base) or url if base else url


def _absolute(base: str, href: str) -> str | None:
    try:
        address = urljoin(base, href.strip())
        return address if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
