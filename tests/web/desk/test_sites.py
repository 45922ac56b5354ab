"""Followed websites at the desk."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from ingest.crawl import read_sites
from ingest.crawl.fetching import Fetched
from ingest.site_editing import add_site, preview_page
from tests.web.desk.conftest import Person, path_of

SITES = "/redactie/websites"
FIELDS = {
    "uitgever": "Welzijn Emmen",
    "id": "welzijn-emmen",
    "start": "https://welzijn.voorbeeld.nl/",
    "toegestaan": "/hulp /jeugd",
    "soort": "dienst",
    "gemeente": "Emmen",
    "thema": "sociale basis",
    "doelgroep": "inwoner",
    "elke": "week",
    "hoogstens": "100",
}
PAGE = """<html lang="nl"><head><title>Inloop in Emmen</title></head><body><main><h1>Inloop in Emmen</h1>
<p>De inloop in Emmen is er voor iedereen die mensen wil ontmoeten en samen koffie wil drinken in de buurt.</p>
<p>Bel ons op 0591 680800 als je vragen hebt over de inloop of over de activiteiten in het buurthuis.</p>
</main></body></html>"""


class OnePage:
    """A website of one page, with or without a robots.txt that forbids it."""

    def __init__(self, robots: str = "") -> None:
        self._robots = robots

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        if url.endswith("/robots.txt"):
            return Fetched(url, 200 if self._robots else 404, self._robots.encode(), "text/plain")
        return Fetched(url, 200, PAGE.encode(), "text/html", "utf-8")

    def close(self) -> None:
        """Nothing is open."""


async def test_a_chief_editor_adds_a_website(chief: Person, corpus: Path) -> None:
    added = await chief.post(SITES, SITES, **FIELDS)

    assert path_of(added) == SITES
    [site] = read_sites(corpus).sites
    assert (site.id, site.allowed, site.most_pages) == ("welzijn-emmen", ("/hulp", "/jeugd"), 100)
    assert "Welzijn Emmen" in await chief.see(SITES)
    assert "website toegevoegd" in await chief.see("/redactie/logboek")


async def test_an_editor_may_not_add_a_website(editor: Person, corpus: Path) -> None:
    assert (await editor.post(SITES, SITES, **FIELDS)).status_code == 403
    assert read_sites(corpus).sites == ()


@pytest.mark.parametrize(
    ("field", "value"), [("start", "ftp://x"), ("gemeente", ""), ("id", "Met Spaties")], ids=["address", "place", "id"]
)
async def test_a_wrong_website_is_refused_and_changes_nothing(
    chief: Person, corpus: Path, field: str, value: str
) -> None:
    refused = await chief.post(SITES, SITES, **{**FIELDS, field: value})

    assert refused.status_code == 422
    assert "Welzijn Emmen" in refused.text
    assert not (corpus / "sites.yaml").exists()


def test_a_second_website_leaves_the_first_and_its_comments_as_they_were(corpus: Path, real_corpus: Path) -> None:
    before = (real_corpus / "sites.yaml").read_text(encoding="utf-8")
    (corpus / "sites.yaml").write_text(before, encoding="utf-8")
    values = {"id": "nieuw", "uitgever": "Nieuw", "start": ["https://nieuw.nl/"], "soort": "dienst"}

    add_site(corpus, {**values, "gemeenten": ["Assen"], "themas": ["sociale basis"], "doelgroep": ["inwoner"]})

    after = (corpus / "sites.yaml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert [site.id for site in read_sites(corpus).sites] == ["nieuw"]


def test_a_page_on_trial_shows_its_text_and_what_is_recognised(corpus: Path) -> None:
    preview = preview_page(corpus, "https://welzijn.voorbeeld.nl/inloop", lambda contact: OnePage())

    assert preview.problem is None
    assert "samen koffie wil drinken" in preview.text
    assert [s.value for s in preview.suggestions.phone] == ["0591 680800"]
    assert [s.value for s in preview.suggestions.municipalities] == ["Emmen"]


def test_a_page_that_asks_not_to_be_visited_is_not_tried(corpus: Path) -> None:
    forbidding = OnePage("User-agent: *\nDisallow: /\n")

    preview = preview_page(corpus, "https://welzijn.voorbeeld.nl/inloop", lambda contact: forbidding)

    assert "robots.txt" in str(preview.problem)
    assert preview.text == ""


async def test_an_address_inside_our_own_network_is_not_visited(editor: Person) -> None:
    page = unescape(await editor.see(f"{SITES}/proef?adres=http://127.0.0.1:9/geheim"))

    assert "niet te bereiken" in page or "niet te lezen" in page


async def test_something_that_is_no_address_is_told(editor: Person) -> None:
    assert "geen webadres" in await editor.see(f"{SITES}/proef?adres=emmen")
