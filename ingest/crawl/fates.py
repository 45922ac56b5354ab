"""What becomes of a page that is gone or refused, and when a page counts as changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ingest.crawl.memory import Page
from ingest.crawl.reports import Visit
from ingest.readers import Extract

GONE_FOR_GOOD = 2
"""Crawls in a row that must miss a page before it leaves."""


def digest_of(extract: Extract) -> str:
    """Changes with the title, the text, the date or what is hidden, and not with the furniture around it."""
    parts = [extract.title, extract.text, extract.date or "", *extract.hidden]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def gone(page: Page, problem: str) -> Page:
    """The page was not found; its version is dropped when that happens twice in a row."""
    times = page.times_gone + 1
    if page.version is None or times < GONE_FOR_GOOD:
        return replace(page, visit=Visit.GONE, times_gone=times, problem=problem)
    return replace(emptied(page), visit=Visit.LEFT, times_gone=times, problem=problem)


def refused(page: Page, problem: str) -> Page:
    """We may not keep the page."""
    return replace(emptied(page), visit=Visit.REFUSED, times_gone=0, problem=problem)


def emptied(page: Page) -> Page:
    """The page without its last good version."""
    return replace(page, version=None, digest=None, etag=None, last_modified=None, lastmod=None, canonical=None)
