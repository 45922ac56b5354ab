"""A site of 300 pages with everything that goes wrong on real ones, crawled four times."""

from __future__ import annotations

from collections import Counter

from ingest.crawl import CrawlMemory, HttpFetcher, Visit, crawl, crawled_sources
from tests.ingest.crawl.conftest import Serve, a_site
from tests.ingest.site.content import an_article
from tests.ingest.site.pages import ARTICLES, INJECTION, article_page, article_path, the_site

RULES = 4
"""robots.txt and three sitemaps."""
COPIES = 8
NOT_ASKED = 1
"""The page that robots.txt forbids."""
VANISHED = range(30, 40)
CHANGED = range(200, 205)
"""Not in a sitemap with days, or with a new day there."""


def test_four_crawls_count_right_and_ask_only_for_what_may_have_changed(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    answers, expected = the_site()
    website = serve(answers)
    site = a_site(website, excluded=("/agenda",), most_pages=1000)
    assert len(expected) == 300

    first = crawl(site, memory, fetcher)

    print(f"\nfirst: {first}")
    got = {url.removeprefix(website.address): visit for visit, urls in first.visits.items() for url in urls}
    assert got == {e.path: e.visit for e in expected}
    assert first.requests == len(expected) - NOT_ASKED + RULES == website.asked.total()
    assert set(website.asked.values()) == {1}, "no address is asked for twice"
    assert "/intern/rooster" not in website.asked
    assert website.most_at_once <= 2, "one at a time; an answer that we broke off may still be under way"
    assert len(first.duplicates) == COPIES
    assert first.sources == first.count(Visit.NEW) - COPIES
    assert first.complete
    assert not first.resumed

    sources = {c.url.removeprefix(website.address): c for c in crawled_sources(site, memory)}
    assert len(sources) == first.sources
    assert len({c.source.id for c in sources.values()}) == first.sources
    assert not any(INJECTION in c.source.text for c in sources.values())
    assert {path for path, c in sources.items() if c.flags} == {"/ingespoten", "/verborgen"}
    assert sources["/ingespoten"].source.text
    assert not sources["/verborgen"].source.text, "a page that hides an instruction waits as a whole"
    assert "Exloërmond" in sources["/latijn"].source.text
    assert "Exloërmond" in sources["/windows"].source.text
    for n in range(ARTICLES):
        words = Counter(" ".join(an_article(n).texts()).split())
        found = Counter(sources[article_path(n)].source.text.replace("- ", "").split())
        assert (words & found).total() / words.total() > 0.9
        assert sources[article_path(n)].source.date == an_article(n).changed

    website.forget_requests()
    for n in CHANGED:
        website.answers[article_path(n)] = article_page(n, an_article(1000 + n))
    second = crawl(site, memory, fetcher)

    print(f"second: {second}")
    assert _articles(second.visits[Visit.CHANGED]) == set(CHANGED)
    assert second.count(Visit.NEW) == 0
    assert second.count(Visit.UNCHANGED) == first.count(Visit.NEW) - len(CHANGED)
    sent = {path for path in website.sent if "/artikel-" in path and "kopie" not in path}
    assert sent == {article_path(n) for n in CHANGED}
    asked = {path for path in website.asked if "/artikel-" in path and "kopie" not in path}
    assert len(asked) == ARTICLES - 100, "pages of which the sitemap gives the same day are not even asked for"
    assert second.sources == first.sources

    website.forget_requests()
    for n in VANISHED:
        website.answers.pop(article_path(n))
    plan = website.answers["/kaart-1.xml"]
    lines = plan.body.decode().replace("<url>", "\n<url>").splitlines()
    kept = [line for line in lines if not any(f"{article_path(n)}<" in line for n in VANISHED)]
    website.answers["/kaart-1.xml"] = type(plan)(("".join(kept)).encode(), validators=False)
    third = crawl(site, memory, fetcher)

    print(f"third: {third}")
    assert _articles(third.visits[Visit.GONE]) == set(VANISHED)
    assert third.count(Visit.LEFT) == 0
    assert third.sources == first.sources, "gone for the first time: the last good version stays"

    fourth = crawl(site, memory, fetcher)

    print(f"fourth: {fourth}")
    assert _articles(fourth.visits[Visit.LEFT]) == set(VANISHED)
    assert fourth.sources == first.sources - len(VANISHED)
    assert not {article_path(n) for n in VANISHED} & {
        c.url.removeprefix(website.address) for c in crawled_sources(site, memory)
    }


def _articles(urls: tuple[str, ...]) -> set[int]:
    """The numbers of the articles among addresses."""
    return {int(url.rpartition("-")[2]) for url in urls if "/artikel-" in url and "kopie" not in url}
