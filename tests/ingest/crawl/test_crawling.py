"""One crawl: what it visits, what it keeps, and when it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.crawl import CrawlMemory, HttpFetcher, Visit, crawl, crawled_sources
from ingest.crawl.crawling import FAILURES_IN_A_ROW
from tests.ingest.crawl.conftest import TEXT, Serve, a_page, a_site
from tests.ingest.site.server import Answer


def links(*paths: str) -> Answer:
    """A start page that leads to these paths."""
    anchors = " ".join(f'<a href="{path}">verder</a>' for path in paths)
    return Answer(f"<html><body>{anchors}</body></html>".encode())


@pytest.mark.parametrize(
    "broken",
    [Answer(b"", 500), Answer(b"", 403), Answer(b"%PDF-kapot", media_type="application/pdf"), a_page("Even weg.")],
    ids=["500", "403", "unreadable", "no text any more"],
)
def test_a_page_that_fails_keeps_its_last_good_version_and_is_reported(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher, broken: Answer
) -> None:
    website = serve({"/": links("/inloop"), "/inloop": a_page()})
    site = a_site(website)
    crawl(site, memory, fetcher)
    website.answers["/inloop"] = broken

    reports = [crawl(site, memory, fetcher) for _ in range(3)]

    assert [report.count(Visit.FAILED) for report in reports] == [1, 1, 1]
    assert f"{website.address}/inloop" in reports[-1].reasons
    assert crawled_sources(site, memory)[0].source.text == TEXT


def test_a_page_that_comes_back_starts_counting_anew(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    website = serve({"/": links("/inloop"), "/inloop": a_page()})
    site = a_site(website)
    crawl(site, memory, fetcher)

    for answer in (Answer(b"", 404), a_page(), Answer(b"", 410)):
        website.answers["/inloop"] = answer
        report = crawl(site, memory, fetcher)

    assert report.count(Visit.GONE) == 1
    assert len(crawled_sources(site, memory)) == 1


def test_a_page_that_moved_is_one_source_at_its_new_address(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": links("/oud"), "/oud": a_page()})
    site = a_site(website)
    crawl(site, memory, fetcher)
    website.answers |= {"/oud": Answer(b"", 301, {"Location": "/nieuw"}), "/nieuw": a_page()}

    report = crawl(site, memory, fetcher)

    assert report.count(Visit.MOVED) == 1
    assert [c.url for c in crawled_sources(site, memory)] == [f"{website.address}/nieuw"]


def test_a_page_that_moved_to_nowhere_leaves_after_two_crawls(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": links("/oud"), "/oud": a_page()})
    site = a_site(website)
    crawl(site, memory, fetcher)
    website.answers["/oud"] = Answer(b"", 301, {"Location": "/nieuw"})

    counts = []
    for _ in range(2):
        crawl(site, memory, fetcher)
        counts.append(len(crawled_sources(site, memory)))

    assert counts == [1, 0]


def test_what_robots_forbids_from_now_on_leaves_at_once(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": links("/inloop"), "/inloop": a_page()})
    site = a_site(website)
    crawl(site, memory, fetcher)
    website.answers["/robots.txt"] = Answer(b"User-agent: Markewijzer\nDisallow: /inloop")

    report = crawl(site, memory, fetcher)

    assert report.count(Visit.REFUSED) == 1
    assert crawled_sources(site, memory) == ()


def test_nothing_is_visited_while_robots_cannot_be_read(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": links("/inloop"), "/inloop": a_page()})
    site = a_site(website)
    crawl(site, memory, fetcher)
    website.answers["/robots.txt"] = Answer(b"", 503)
    website.forget_requests()

    report = crawl(site, memory, fetcher)

    assert set(website.asked) == {"/robots.txt"}
    assert not report.complete
    assert "robots.txt" in str(report.problem)
    assert len(crawled_sources(site, memory)) == 1


def test_a_server_that_is_down_is_left_alone_and_loses_nothing(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    paths = [f"/p{n}" for n in range(30)]
    website = serve({"/": links(*paths)} | {path: a_page(TEXT + path) for path in paths})
    site = a_site(website)
    crawl(site, memory, fetcher)
    website.answers |= {path: Answer(b"", 502) for path in paths}
    website.forget_requests()

    report = crawl(site, memory, fetcher)

    assert website.asked.total() <= FAILURES_IN_A_ROW + 3
    assert not report.complete
    assert len(crawled_sources(site, memory)) == 30


def test_a_crawl_stops_at_the_most_pages(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    paths = [f"/p{n}" for n in range(30)]
    website = serve({"/": links(*paths)} | {path: a_page(TEXT + path) for path in paths})

    report = crawl(a_site(website, most_pages=10), memory, fetcher)

    assert sum(map(len, report.visits.values())) == 10
    assert report.problem == "more than 10 pages"


def test_a_calendar_without_end_does_not_take_all_visits(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": links(*(f"/agenda?dag={n}" for n in range(500)), "/inloop"), "/inloop": a_page()})

    report = crawl(a_site(website, most_pages=80), memory, fetcher)

    assert report.count(Visit.NEW) == 1


def test_between_two_requests_is_the_longer_pause(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    website = serve({"/": a_page(), "/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 7")})
    pauses: list[float] = []

    crawl(a_site(website, pause=0.5), memory, fetcher, sleep=pauses.append)

    assert pauses[0] == pytest.approx(7, abs=0.6)


def test_a_server_that_asks_to_wait_is_waited_for_once(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    website = serve({"/": Answer(b"", 503, {"Retry-After": "3"})})
    pauses: list[float] = []

    report = crawl(a_site(website), memory, fetcher, sleep=pauses.append)

    assert pauses == [3.0]
    assert website.asked["/"] == 2
    assert report.count(Visit.FAILED) == 1


def test_the_day_in_a_sitemap_is_not_believed_for_ever(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    plan = "<urlset><url><loc>{{address}}/inloop</loc><lastmod>2025-01-01</lastmod></url></urlset>"
    website = serve({"/": links(), "/inloop": a_page(), "/sitemap.xml": Answer(plan.encode())})
    site, start = a_site(website), datetime(2026, 1, 1, tzinfo=UTC)
    asked = []

    for days in (0, 10, 40):
        website.forget_requests()
        crawl(site, memory, fetcher, now=lambda days=days: start + timedelta(days=days))  # type: ignore[misc]
        asked.append(website.asked["/inloop"])

    assert asked == [1, 0, 1]


def test_a_page_outside_the_paths_that_are_followed_now_leaves(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve(
        {"/": links("/zorg/a", "/nieuws/b"), "/zorg/a": a_page(TEXT + "a"), "/nieuws/b": a_page(TEXT + "b")}
    )
    site = a_site(website)
    crawl(site, memory, fetcher)

    narrower = replace(site, allowed=("/zorg/",))
    crawl(narrower, memory, fetcher)

    assert [c.url for c in crawled_sources(narrower, memory)] == [f"{website.address}/zorg/a"]


def test_we_say_who_we_are(serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher) -> None:
    website = serve({"/": a_page()})

    crawl(a_site(website), memory, fetcher)

    assert website.agents == {"Markewijzer/1.0 (+https://voorbeeld.nl)"}
