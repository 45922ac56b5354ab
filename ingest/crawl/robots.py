"""Asks a website what we may visit, by its robots.txt (RFC 9309)."""

from __future__ import annotations

from urllib.parse import urljoin

from protego import Protego

from ingest.crawl.addresses import normalise
from ingest.crawl.fetching import AGENT, Fetched, Fetcher
from ingest.readers.decoding import decode

LARGEST = 500_000
"""Bytes that RFC 9309 asks us to read."""
MOST_REDIRECTS = 5
LONGEST_DELAY = 30.0


class RobotsUnreadable(Exception):
    """The rules exist but cannot be read now: then nothing may be visited."""


class Robots:
    """The rules of one website."""

    def __init__(self, text: str = "") -> None:
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """Whether we may visit an address."""
        return bool(self._rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds between two visits that the website asks for, at most half a minute."""
        return min(float(self._rules.crawl_delay(AGENT) or 0), LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return tuple(self._rules.sitemaps)


def read_robots(start: str, fetcher: Fetcher) -> Robots:
    """The rules of the website of `start`. Without a robots.txt (4xx) everything may be visited.

    Raises `RobotsUnreadable` when the server fails.
    """
    fetched = _fetch(urljoin(start, "/robots.txt"), fetcher)
    if fetched.status == 200:
        return Robots(decode(fetched.content[:LARGEST], fetched.charset).lstrip("\ufeff").replace("\0", ""))
    if 400 <= fetched.status < 500 and fetched.status != 429:
        return Robots()
    raise RobotsUnreadable(f"robots.txt cannot be read ({fetched.problem or f'status {fetched.status}'})")


def _fetch(url: str, fetcher: Fetcher) -> Fetched:
    fetched = fetcher.fetch(url)
    for _ in range(MOST_REDIRECTS):
        target = normalise(fetched.location or "", url) if fetched.is_redirect else None
        if target is None:
            break
        url, fetched = target, fetcher.fetch(target)
    return fetched
