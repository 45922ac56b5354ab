"""What a website tells a crawler is understood, and cannot hurt."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.crawl.robots import LONGEST_DELAY, Robots
from ingest.crawl.sitemaps import Listed, read_sitemap

URL = "https://www.voorbeeld.nl/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = f"<urlset {SPACE}><url><loc> /a </loc><lastmod>2025-01-01</lastmod></url><url><loc>https://x.nl/b</loc></url></urlset>"
LISTED = (Listed("https://www.voorbeeld.nl/a", "2025-01-01"), Listed("https://x.nl/b"))


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (PAGES.encode(), LISTED),
        (gzip.compress(PAGES.encode()), LISTED),
        (PAGES.replace(SPACE, "").encode(), LISTED),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n' + PAGES.encode()[:-20], LISTED),
        (b"https://x.nl/b\r\nonzin\r\n", LISTED[1:]),
        (gzip.compress(b"<urlset>")[:-9], ()),
        (b"", ()),
        (b"<html><body>Niet gevonden", ()),
    ],
    ids=["xml", "gzip", "without a name space", "cut off", "plain", "broken gzip", "empty", "a page"],
)
def test_the_pages_of_a_sitemap(content: bytes, pages: tuple[Listed, ...]) -> None:
    assert read_sitemap(content, URL).pages == pages


def test_an_index_names_further_sitemaps() -> None:
    index = f"<sitemapindex {SPACE}><sitemap><loc>/kaart.xml</loc></sitemap></sitemapindex>"

    assert read_sitemap(index.encode(), URL).sitemaps == ("https://www.voorbeeld.nl/kaart.xml",)


def test_entities_are_not_unfolded_and_no_file_is_read() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE a [<!ENTITY l0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{lol}]>'
    content = f"{bomb}<urlset><url><loc>https://x.nl/&l8;&f;</loc></url></urlset>"

    pages = read_sitemap(content.encode(), URL).pages

    assert all("lol" not in page.url and "root" not in page.url for page in pages)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_a_sitemap(content: bytes) -> None:
    assert all(page.url.startswith("http") for page in read_sitemap(content, URL).pages)


@given(st.text(max_size=300))
def test_any_text_is_read_as_rules(text: str) -> None:
    assert 0 <= Robots(text).delay <= LONGEST_DELAY
    Robots(text).allows("https://x.nl/a")


def test_the_rules_for_us_go_before_those_for_all() -> None:
    robots = Robots("User-agent: *\nDisallow: /\n\nUser-agent: markewijzer\nDisallow: /intern\nCrawl-delay: 2")

    assert robots.allows("https://x.nl/zorg")
    assert not robots.allows("https://x.nl/intern/a")
    assert robots.delay == 2
