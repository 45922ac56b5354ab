"""Keeps a crawl from being a burden: one request at a time, with a pause between."""

from __future__ import annotations

import time
from collections.abc import Callable

from ingest.crawl.fetching import Fetched, Fetcher

LONGEST_WAIT = 60.0
"""Seconds that we wait when a server asks for it; longer is for the next crawl."""


class PoliteFetcher:
    """One request at a time, with a pause between; waits once when a server asks for it."""

    def __init__(self, fetcher: Fetcher, pause: float, sleep: Callable[[float], None]) -> None:
        self._fetcher, self.pause, self._sleep = fetcher, pause, sleep
        self._last = float("-inf")
        self.requests = 0

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """As `Fetcher` does."""
        fetched = self._fetch(url, etag, last_modified)
        if fetched.status in (429, 503) and fetched.retry_after is not None and fetched.retry_after <= LONGEST_WAIT:
            self._sleep(fetched.retry_after)
            fetched = self._fetch(url, etag, last_modified)
        return fetched

    def close(self) -> None:
        """The fetcher is closed by who opened it."""

    def _fetch(self, url: str, etag: str | None, last_modified: str | None) -> Fetched:
        wait = self._last + self.pause - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self.requests += 1
        fetched = self._fetcher.fetch(url, etag=etag, last_modified=last_modified)
        self._last = time.monotonic()
        return fetched
