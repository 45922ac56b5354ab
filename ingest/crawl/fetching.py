"""Gets one address, within limits on size and time; whatever goes wrong is a value that the crawl can report."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Protocol

import httpx

from ingest.crawl.guard import GuardedTransport

AGENT = "Markewijzer"
"""The name that robots.txt may address us by."""
LARGEST = 25_000_000
"""Bytes of one answer, unpacked, that we take in."""
LONGEST = 60.0
"""Seconds that one answer may take in all."""
SILENCE = 15.0
"""Seconds without a byte."""
READABLE_ENCODINGS = {"", "identity", "gzip", "deflate", "x-gzip"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered; `problem` (and status 0) when there was no whole answer."""

    url: str
    status: int
    content: bytes = b""
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    """Where a redirect leads, as the server wrote it."""
    robots: str = ""
    """The header X-Robots-Tag."""
    retry_after: float | None = None
    """Seconds that the server asks us to wait."""
    problem: str | None = None

    @property
    def is_redirect(self) -> bool:
        """The server sends us to another address."""
        return self.status in (301, 302, 303, 307, 308) and bool(self.location)


class Fetcher(Protocol):
    """Gets addresses, one at a time. It follows no redirects: the crawl decides where it goes."""

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """What the address answers. With the validators of an earlier answer, 304 means that nothing changed."""

    def close(self) -> None:
        """Lets go of its connections."""


class HttpFetcher:
    """Gets addresses by HTTP, never in our own network, and says who we are.

    `contact` is where the owner of a website can reach the people who run this Markewijzer.
    """

    def __init__(
        self,
        contact: str,
        *,
        allow_loopback: bool = False,
        transport: httpx.BaseTransport | None = None,
        largest: int = LARGEST,
        longest: float = LONGEST,
        silence: float = SILENCE,
    ) -> None:
        self._largest, self._longest = largest, longest
        self._client = httpx.Client(
            transport=transport or GuardedTransport(allow_loopback=allow_loopback),
            headers={
                "User-Agent": f"{AGENT}/1.0 (+{contact})",
                "Accept": "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5",
                "Accept-Language": "nl, *;q=0.5",
                # Only what we can unpack with a limit.
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(silence, pool=None),
            # No proxy from the environment, which would reach addresses that we did not check, and no netrc.
            trust_env=False,
            follow_redirects=False,
        )

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """See `Fetcher`."""
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        self._client.cookies.clear()
        try:
            with self._client.stream("GET", url, headers={k: v for k, v in headers.items() if v}) as response:
                return self._taken_in(url, response)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as exc:
            return Fetched(url, 0, problem=f"{type(exc).__name__}: {exc}"[:200])

    def close(self) -> None:
        """See `Fetcher`."""
        self._client.close()

    def _taken_in(self, url: str, response: httpx.Response) -> Fetched:
        head = _head(url, response)
        if response.status_code != 200:
            return head
        if response.headers.get("content-encoding", "").strip().lower() not in READABLE_ENCODINGS:
            return Fetched(url, 0, problem="packed in a way that we did not ask for")
        started, pieces, size = time.monotonic(), list[bytes](), 0
        # Small steps, so that a few bytes that unpack to gigabytes are noticed on the way.
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > self._largest:
                return Fetched(url, 0, problem=f"more than {self._largest} bytes")
            if time.monotonic() - started > self._longest:
                return Fetched(url, 0, problem=f"not there after {self._longest:g} seconds")
        return replace(head, content=b"".join(pieces))


def _head(url: str, response: httpx.Response) -> Fetched:
    headers = response.headers
    kind = headers.get("content-type", "")
    return Fetched(
        url,
        response.status_code,
        media_type=kind.partition(";")[0].strip().lower(),
        charset=response.charset_encoding,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        location=headers.get("location"),
        robots=headers.get("x-robots-tag", "").lower(),
        retry_after=_seconds(headers.get("retry-after", "")),
    )


def _seconds(text: str) -> float | None:
    return float(text) if text.strip().isdigit() else None
