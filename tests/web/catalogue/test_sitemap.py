from __future__ import annotations

from xml.etree import ElementTree

import httpx

from tests.web.catalogue.shelf import SOURCES

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


async def test_the_sitemap_names_pages_that_exist_and_no_conversation(client: httpx.AsyncClient) -> None:
    response = await client.get("/sitemap.xml")

    addresses = [e.text or "" for e in ElementTree.fromstring(response.content).findall("s:url/s:loc", NAMESPACE)]
    assert response.headers["content-type"] == "application/xml"
    assert len(addresses) == len(set(addresses)) == len(SOURCES) + 5 + 12 + 6
    assert not [a for a in addresses if "/gesprek" in a or "?" in a]
    for address in addresses[:24]:
        assert (await client.get(address)).status_code == 200


async def test_robots_keeps_crawlers_out_of_conversations_and_endless_selections(client: httpx.AsyncClient) -> None:
    text = (await client.get("/robots.txt")).text

    assert "Disallow: /gesprek/\n" in text
    assert "Disallow: /zoeken?\n" in text
    assert text.endswith("Sitemap: http://test/sitemap.xml\n")
