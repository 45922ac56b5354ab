"""Reads sitemaps and indexes of sitemaps: which pages there are, and when each was last changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.crawl.addresses import normalise

LARGEST = 50_000_000
"""Bytes, unpacked: the limit of the sitemap protocol."""
MOST_ADDRESSES = 50_000


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a sitemap, with its `lastmod` as written."""

    url: str
    lastmod: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages and the further sitemaps that a sitemap lists. Broken XML gives what stands before the break."""

    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(content: bytes, url: str) -> Sitemap:
    """A sitemap in XML (also packed with gzip) or as a list of addresses in plain text."""
    content = _unpacked(content)
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        lines = content[:LARGEST].decode("utf-8", "replace").split()
        found = filter(None, (normalise(line, url) for line in lines[:MOST_ADDRESSES] if line.startswith("http")))
        return Sitemap(tuple(Listed(address) for address in found))
    root = _parse(content)
    if root is None:
        return Sitemap()
    pages = [Listed(address, lastmod) for address, lastmod in _entries(root, "url", url)]
    return Sitemap(tuple(pages), tuple(address for address, _ in _entries(root, "sitemap", url)))


def _parse(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root: etree._Element | None = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _entries(root: etree._Element, name: str, base: str) -> Iterator[tuple[str, str | None]]:
    for n, entry in enumerate(root.iter(f"{{*}}{name}")):
        if n >= MOST_ADDRESSES:
            return
        address = normalise(_text(entry, "loc") or "", base)
        if address:
            yield address, _text(entry, "lastmod")


def _text(entry: etree._Element, name: str) -> str | None:
    child = entry.find(f"{{*}}{name}")
    return (child.text or "").strip() or None if child is not None else None


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content[:LARGEST]
    try:
        return zlib.decompressobj(wbits=31).decompress(content, LARGEST)
    except zlib.error:
        return b""
