from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from assistant.settings import Settings
from tests.web.fake_assistant import FakeAssistant
from web import information
from web.app import create_app
from web.measured import Figure, Measured


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/over", "Markewijzer is een AI-assistent."),
        ("/privacy", "Hoogstens 28 dagen."),
        ("/toegankelijkheid", "WCAG 2.2, niveau A en AA"),
    ],
)
async def test_a_page_with_information_is_there(client: httpx.AsyncClient, address: str, sentence: str) -> None:
    page = await client.get(address)

    assert page.status_code == 200
    assert sentence in page.text


async def test_the_page_about_us_says_how_much_we_know_and_since_when(client: httpx.AsyncClient) -> None:
    text = (await client.get("/over")).text

    assert "<strong>2 bronnen</strong>" in text
    assert "bijgewerkt op 22 november 2026" in text


async def test_the_measured_quality_is_shown_with_its_day(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = Figure(name="crisis_seen", value=0.93, low=0.8, high=1.0, cases=28)
    monkeypatch.setattr(information, "read_measured", lambda: Measured("2026-11-23", 297, (figure,)))

    text = (await client.get("/over")).text

    assert "Op 23 november 2026 stelden we 297 proefvragen" in text
    assert "<td>93%</td><td>26 van 28</td>" in text


async def test_without_a_measurement_the_page_says_so(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(information, "read_measured", lambda: None)

    assert "nog geen meting" in (await client.get("/over")).text


async def test_without_an_index_the_pages_still_work(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    page = await client.get("/over")

    assert page.status_code == 200
    assert "Onze bronnen zijn nu even niet bereikbaar." in page.text


async def test_the_operator_is_named_where_visitors_need_one(settings: Settings) -> None:
    chosen = settings.model_copy(update={"operator": "Gemeente X", "operator_email": "hulp@x.nl"})
    transport = httpx.ASGITransport(create_app(chosen, FakeAssistant()))

    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        pages = [(await client.get(address)).text for address in ("/over", "/privacy", "/toegankelijkheid")]

    assert all("mailto:hulp@x.nl" in page for page in pages)
    assert all("Gemeente X" in page for page in pages[:2])


async def test_without_an_operator_nobody_is_made_up(app: FastAPI, client: httpx.AsyncClient) -> None:
    for address in ("/over", "/privacy", "/toegankelijkheid"):
        assert "nog niet door een organisatie in gebruik genomen" in (await client.get(address)).text
