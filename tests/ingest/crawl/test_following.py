"""What a refresh gets: the sources of all sites, and a crawl of those that are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.crawl import CrawlMemory, Fetcher, HttpFetcher, crawl, crawled_sources, follow_sites
from ingest.crawl.following import MEMORY
from ingest.crawl.sources import source_id
from tests.ingest.crawl.conftest import TEXT, Serve, a_page, a_site
from tests.ingest.site.pages import INJECTION
from tests.ingest.site.server import Website

START = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def website(serve: Serve) -> Website:
    return serve({"/": a_page(), "/sitemap.xml": a_page("geen kaart")})


@pytest.fixture
def corpus(website: Website, tmp_path: Path) -> Path:
    """A corpus that follows the website."""
    sites = f"""
contact: https://voorbeeld.nl
sites:
  - {{id: proef, uitgever: Proef, start: ['{website.address}/'], soort: dienst, gemeenten: [Emmen],
      themas: [sociale basis], doelgroep: [inwoner], pauze: 0.5}}
"""
    (tmp_path / "sites.yaml").write_text(sites, encoding="utf-8")
    return tmp_path


def on_loopback(contact: str) -> Fetcher:
    return HttpFetcher(contact, allow_loopback=True)


def test_a_site_is_crawled_when_it_is_due_and_its_sources_are_always_there(corpus: Path, tmp_path: Path) -> None:
    crawls = []
    for days in (0, 3, 8):
        followed = follow_sites(
            corpus,
            tmp_path,
            open_fetcher=on_loopback,
            now=lambda days=days: START + timedelta(days=days),  # type: ignore[misc]
        )
        crawls.append(len(followed.reports))
        assert [c.source.id for c in followed.sources] == ["proef"]

    assert crawls == [1, 0, 1]


def test_without_the_network_the_sources_come_from_memory(corpus: Path, tmp_path: Path, website: Website) -> None:
    follow_sites(corpus, tmp_path, open_fetcher=on_loopback)
    website.forget_requests()

    followed = follow_sites(corpus, tmp_path, online=False, due_only=False)

    assert [c.source.text for c in followed.sources] == [TEXT]
    assert followed.reports == ()
    assert website.asked.total() == 0


def test_a_corpus_without_sites_makes_no_memory(tmp_path: Path) -> None:
    assert follow_sites(tmp_path / "leeg", tmp_path).sources == ()
    assert not (tmp_path / MEMORY).exists()


def test_a_crawled_page_is_a_source_with_what_the_site_and_the_page_say(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    head = '<meta property="article:modified_time" content="2025-03-04">'
    website = serve({"/": a_page(f"{TEXT} Bel 0591 68 08 00 in Assen.", title="De inloop", head=head)})
    site = a_site(website)
    crawl(site, memory, fetcher, now=lambda: START)

    (crawled,) = crawled_sources(site, memory)

    source = crawled.source
    assert (source.title, source.url, source.publisher) == ("De inloop", f"{website.address}/", "Proef")
    assert (source.date, source.checked) == ("2025-03-04", "2026-11-01")
    assert source.municipalities == ("Emmen",), "what was recognised is a suggestion, and is not filled in"
    assert source.contact.phone is None
    assert all(sentence in source.text for sentence in source.sentences)


def test_the_digest_changes_with_the_text_and_not_with_the_day(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": a_page()})
    site = a_site(website)
    digests = []
    for days, page in enumerate((a_page(), a_page(), a_page(f"{TEXT} En nog een zin.")), 1):
        website.answers["/"] = page
        crawl(site, memory, fetcher, now=lambda days=days: START + timedelta(days=40 * days))  # type: ignore[misc]
        digests.append(crawled_sources(site, memory)[0].digest)

    assert digests[0] == digests[1] != digests[2]


def test_a_flagged_block_is_in_the_source_once_an_editor_approves_it(
    serve: Serve, memory: CrawlMemory, fetcher: HttpFetcher
) -> None:
    website = serve({"/": a_page(f"{TEXT}</p><p>{INJECTION}")})
    site = a_site(website)
    crawl(site, memory, fetcher)
    (before,) = crawled_sources(site, memory)
    (flag,) = before.flags

    memory.decide(site.id, before.url, flag.block, approved=True, editor="Anna", now=START)

    (after,) = crawled_sources(site, memory)
    assert INJECTION not in before.source.text
    assert INJECTION in after.source.text
    assert after.flags == ()
    assert after.digest != before.digest


def test_ids_follow_from_the_path_and_differ_for_paths_that_look_alike() -> None:
    site = a_site(Website())
    paths = ["/", "/zorg", "/zorg/", "/zorg/thuis", "/zorg-thuis", "/Zorg", "/zorg?p=2", "/z%C3%B6rg", "/" + "a" * 300]

    ids = {path: source_id(site, f"https://x.nl{path}") for path in paths}

    assert (ids["/"], ids["/zorg"]) == ("proef", "proef-zorg")
    assert len(set(ids.values())) == len(paths) - 1, "only a slash at the end makes no difference"
    assert all(set(id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and len(id) < 90 for id in ids.values())


def test_a_damaged_memory_is_put_aside_for_a_person(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / MEMORY
    path.write_bytes(b"dit is geen database" * 500)

    memory = CrawlMemory(path)

    assert list(memory.pages("proef")) == []
    assert (tmp_path / "crawl.damaged").read_bytes().startswith(b"dit is")
    assert "is damaged" in caplog.text
    memory.close()
