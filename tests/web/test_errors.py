"""Every error has a form that its reader understands."""

from __future__ import annotations

from uuid import UUID

import httpx
import pytest

from tests.web.fake_assistant import FakeAssistant


@pytest.mark.parametrize("path", ["/api/v1/niets", "/health/niets"])
async def test_an_unknown_address_of_the_api_is_a_problem_object(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Niet gevonden",
        "status": 404,
        "detail": "Wat je zoekt, staat hier niet (meer). Kijk of het adres klopt.",
    }


async def test_another_method_says_which_one_is_allowed(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/ask")

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert response.json()["detail"] == "Dit adres kent deze methode niet."


@pytest.mark.parametrize("path", ["/niets", "/bron/niets", f"/gesprek/{UUID(int=7)}", "/static/x/y"])
async def test_an_unknown_page_is_a_page(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == 404
    assert "<h1" in response.text
    assert "Niet gevonden" in response.text
    assert "Stel een vraag" in response.text


async def test_an_unknown_conversation_id_is_a_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/gesprek/geen-uuid")

    assert response.status_code == 422
    assert "UUID" in response.text


async def test_htmx_gets_a_fragment_of_an_error(client: httpx.AsyncClient) -> None:
    response = await client.post("/vraag", data={"vraag": " "}, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert response.text.startswith('<div class="utrecht-alert')
    assert "Je hebt nog geen vraag getypt" in response.text


async def test_our_own_mistake_is_a_page_with_all_headers(client: httpx.AsyncClient) -> None:
    response = await client.post("/vraag", data={"vraag": "Ga stuk"})

    assert response.status_code == 500
    assert "Er ging iets mis" in response.text
    assert "Content-Security-Policy" in response.headers


async def test_our_own_mistake_is_a_problem_object_in_the_api(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/ask", json={"question": "Ga stuk"})

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/search?q=hulp", "/api/v1/sources/x", "/bron/x"])
async def test_without_an_index_the_sources_are_away(
    client: httpx.AsyncClient, assistant: FakeAssistant, path: str
) -> None:
    assistant.is_missing = True

    response = await client.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "niet bereikbaar" in response.text
