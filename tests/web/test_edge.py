"""What the edge lets through, and what it writes down."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from web.edge import BODY_LIMIT


async def test_a_body_at_the_limit_is_read(client: httpx.AsyncClient) -> None:
    content = b'{"question": "Wie helpt mij?"' + b" " * (BODY_LIMIT - 30) + b"}"
    assert len(content) == BODY_LIMIT

    response = await client.post("/api/v1/ask", content=content, headers={"Content-Type": "application/json"})

    assert response.status_code == 200


async def test_a_body_over_the_limit_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/ask", json={"question": "x" * BODY_LIMIT})

    assert response.status_code == 413
    assert response.json()["detail"] == "Wat je stuurt is groter dan 64 kB. Maak je vraag korter."


async def test_a_body_that_does_not_tell_its_length_is_refused_too(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b"x" * 1024

    response = await client.post("/api/v1/ask", content=pieces(), headers={"Content-Type": "application/json"})

    assert response.status_code == 413


async def test_a_form_over_the_limit_is_refused_with_a_page(client: httpx.AsyncClient) -> None:
    response = await client.post("/vraag", data={"vraag": "x" * BODY_LIMIT})

    assert response.status_code == 413
    assert "Te groot" in response.text


async def test_the_log_has_the_route_but_never_the_question(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    conversation = (await client.post("/api/v1/ask", json={"question": "Mijn geheim"})).json()["conversation"]
    await client.get("/api/v1/search", params={"q": "Mijn geheim"})
    await client.get(f"/gesprek/{conversation}")
    await client.post("/api/v1/ask", json={"question": "Mijn geheim is stuk"})

    ours = [record.getMessage() for record in caplog.records if record.name.startswith("web")]
    assert any(line.startswith("GET /gesprek/{conversation} 200") for line in ours)
    assert not any("geheim" in line or conversation in line for line in ours)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("van-nginx-0123456789", True), ("kort", False), ("x" * 65, False), ("met spatie en meer", False)],
    ids=["ours to keep", "too short", "too long", "other characters"],
)
async def test_a_request_has_an_id_that_comes_back(client: httpx.AsyncClient, given: str, kept: bool) -> None:
    responses = [await client.get(path, headers={"X-Request-ID": given}) for path in ("/health/live", "/bestaat-niet")]

    ids = [response.headers["X-Request-ID"] for response in responses]
    assert [id == given for id in ids] == [kept, kept]
    assert all(len(id) >= 8 for id in ids)
