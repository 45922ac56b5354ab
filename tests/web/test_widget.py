"""The widget as a server gives it: one small script, and a page that only the websites on the list may show."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from assistant.errors import SettingsError
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web.app import create_app
from web.sites import matches, widget_sites

EMMEN = "https://www.emmen.nl"
LARGEST = 12_000
"""Bytes of the script as it is, not compressed."""


@pytest.fixture
async def listed(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a server that knows other websites."""
    settings = some_settings(tmp_path).model_copy(update={"widget_sites": f"{EMMEN} https://*.assen.nl"})
    app = create_app(settings, FakeAssistant())
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
    async with app.router.lifespan_context(app), client:
        yield client


async def test_the_script_is_small_and_may_be_loaded_by_every_website(client: httpx.AsyncClient) -> None:
    response = await client.get("/widget.js")

    assert len(response.content) < LARGEST
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=3600"


async def test_the_script_asks_nothing_of_others_and_sets_no_cookie(client: httpx.AsyncClient) -> None:
    script = (await client.get("/widget.js")).text

    assert re.findall(r"document\.cookie|\bimport[ ({]|\bfetch\(|XMLHttpRequest|\beval\(|localStorage", script) == []


async def test_a_website_on_the_list_gets_the_conversation(listed: httpx.AsyncClient) -> None:
    response = await listed.get("/widget", params={"site": EMMEN, "gemeente": "Emmen", "groet": "Hoi!"})

    assert response.status_code == 200
    assert f"frame-ancestors 'self' {EMMEN} https://*.assen.nl" in response.headers["Content-Security-Policy"]
    assert "<option selected>Emmen</option>" in response.text
    assert "Hoi!" in response.text
    assert f'data-site="{EMMEN}"' in response.text
    assert "Set-Cookie" not in response.headers


async def test_another_website_is_refused_in_dutch(listed: httpx.AsyncClient) -> None:
    response = await listed.get("/widget", params={"site": "https://kwaad.example"})

    assert response.status_code == 403
    assert "Markewijzer mag hier nog niet staan" in response.text
    assert "https://kwaad.example" in response.text
    assert "<form" not in response.text
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]


async def test_without_a_name_the_referring_website_counts(listed: httpx.AsyncClient) -> None:
    refused = await listed.get("/widget", headers={"Referer": "https://kwaad.example/pagina"})
    shown = await listed.get("/widget", headers={"Referer": f"{EMMEN}/pagina"})

    assert (refused.status_code, shown.status_code) == (403, 200)


async def test_a_site_in_the_address_cannot_change_the_policy(listed: httpx.AsyncClient) -> None:
    response = await listed.get("/widget", params={"site": "http://test; frame-ancestors *"})

    assert response.status_code == 403


async def test_the_whole_pages_are_in_no_frame(listed: httpx.AsyncClient) -> None:
    assert "frame-ancestors 'none'" in (await listed.get("/")).headers["Content-Security-Policy"]


async def test_without_a_script_the_conversation_stays_in_the_frame(listed: httpx.AsyncClient) -> None:
    asked = {"vraag": "Wie helpt mij?", "kader": "widget", "site": EMMEN, "gemeente": "Emmen"}

    response = await listed.post("/vraag", data=asked, follow_redirects=True)

    assert response.url.path == "/widget"
    assert "Wie helpt mij?" in response.text
    assert 'class="framed"' in response.text


async def test_erasing_stays_in_the_frame(listed: httpx.AsyncClient) -> None:
    response = await listed.post("/wissen", data={"kader": "widget", "site": EMMEN}, follow_redirects=True)

    assert response.url.path == "/widget"
    assert "Je gesprek is gewist." in response.text


@pytest.mark.parametrize(
    ("site", "allowed", "shown"),
    [
        (EMMEN, EMMEN, True),
        ("https://jeugd.assen.nl", "https://*.assen.nl", True),
        ("https://assen.nl", "https://*.assen.nl", False),
        ("https://kwaadassen.nl", "https://*.assen.nl", False),
        ("https://jeugd.assen.nl.kwaad.example", "https://*.assen.nl", False),
        ("http://www.emmen.nl", EMMEN, False),
        ("https://wwwxemmen.nl", EMMEN, False),
    ],
)
def test_an_origin_is_on_the_list_only_as_it_is_written(site: str, allowed: str, shown: bool) -> None:
    assert matches(site, allowed) is shown


@pytest.mark.parametrize("site", ["www.emmen.nl", "https://www.emmen.nl/pagina", "*", "https://*", "https://a;b"])
def test_a_mistake_in_the_list_is_told_at_the_start(tmp_path: Path, site: str) -> None:
    settings = some_settings(tmp_path).model_copy(update={"widget_sites": site})

    with pytest.raises(SettingsError, match="WIDGET_SITES"):
        widget_sites(settings)


async def test_the_example_tells_how_to_use_it(client: httpx.AsyncClient) -> None:
    html = (await client.get("/widget/voorbeeld")).text

    assert '<script src="http://test/widget.js" data-municipality="Emmen" defer></script>' in html
    assert '<noscript><p><a href="http://test/?gemeente=Emmen">' in html
