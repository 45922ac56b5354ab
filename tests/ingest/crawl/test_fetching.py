"""An answer is taken in within limits, or is a problem that can be reported."""

from __future__ import annotations

import gzip
import time
from contextlib import closing

import pytest

from ingest.crawl import HttpFetcher
from tests.ingest.crawl.conftest import Serve, a_page
from tests.ingest.site.server import Answer


def test_an_answer_is_whole_with_what_helps_to_ask_again(serve: Serve, fetcher: HttpFetcher) -> None:
    page = a_page(headers={"Last-Modified": "Mon, 03 Mar 2025 10:00:00 GMT"}, media_type="text/HTML; charset=UTF-8")
    website = serve({"/": page})

    fetched = fetcher.fetch(f"{website.address}/")

    assert fetched.content == page.body
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.last_modified == "Mon, 03 Mar 2025 10:00:00 GMT"
    assert fetcher.fetch(f"{website.address}/", etag=fetched.etag).status == 304


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(b"a" * 100_000, times=50), "more than"),
        (Answer(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"}), "more than"),
        (Answer(b"a", headers={"Content-Encoding": "gzip, gzip"}), "did not ask for"),
        (Answer(b"a", headers={"Content-Encoding": "br"}), "did not ask for"),
        (Answer(b"geen gzip", headers={"Content-Encoding": "gzip"}), "DecodingError"),
        (Answer(b"druppel", times=100, pause=0.1), "not there after"),
        (Answer(b"stil", pause=4), "Timeout"),
    ],
    ids=["huge", "gzip bomb", "gzip in gzip", "brotli", "no gzip", "drop by drop", "silent"],
)
def test_what_is_too_large_too_slow_or_wrongly_packed_is_a_problem(serve: Serve, answer: Answer, problem: str) -> None:
    website = serve({"/": answer})
    started = time.monotonic()

    with closing(HttpFetcher("x", allow_loopback=True, largest=1_000_000, longest=1.0, silence=1.0)) as fetcher:
        fetched = fetcher.fetch(f"{website.address}/")

    assert fetched.status == 0
    assert problem in str(fetched.problem)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://bestaat-niet.invalid/", "ftp://x.nl/", "http://", "http://a b/"]
)
def test_an_address_that_cannot_be_reached_is_a_problem_and_no_exception(url: str, fetcher: HttpFetcher) -> None:
    assert fetcher.fetch(url).problem
