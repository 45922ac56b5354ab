"""Builders for tests of the crawler: a site, a memory, a fetcher for loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.domain import Kind
from ingest.crawl import CrawlMemory, HttpFetcher, Site
from ingest.crawl.sites import Section
from tests.ingest.site.server import Answer, Website, serving

ABOUT = Section(Kind.SERVICE, ("Emmen",), ("sociale basis",), ("eenzaamheid",), ("inwoner",))
TEXT = (
    "De inloop in Emmen is elke dinsdag open voor wie mensen wil ontmoeten. Een kop koffie kost € 1,50 en aanmelden "
    "hoeft niet, want iedereen uit de buurt is welkom."
)

Serve = Callable[[dict[str, Answer]], Website]


def a_page(body: str = TEXT, *, title: str = "Inloop", head: str = "", **answer: object) -> Answer:
    """A page with a title and a paragraph."""
    page = f"<html><head>{head}</head><body><main><h1>{title}</h1><p>{body}</p></main></body></html>"
    return Answer(page.encode(), **answer)  # type: ignore[arg-type]  # the fields of `Answer`


def a_site(website: Website, **fields: object) -> Site:
    """The website, followed without a pause."""
    known = {"id": "proef", "publisher": "Proef", "starts": (f"{website.address}/",), "about": ABOUT, "pause": 0.0}
    return Site(**{**known, **fields})  # type: ignore[arg-type]  # the fields of `Site`


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves answers by path until the test is over."""
    with ExitStack() as stack:
        yield lambda answers: stack.enter_context(serving(Website(answers)))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[CrawlMemory]:
    memory = CrawlMemory(tmp_path / "crawl.sqlite")
    yield memory
    memory.close()


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    """A fetcher with limits that a test can reach."""
    fetcher = HttpFetcher("https://voorbeeld.nl", allow_loopback=True, largest=2_000_000, longest=1.5, silence=3.0)
    yield fetcher
    fetcher.close()
