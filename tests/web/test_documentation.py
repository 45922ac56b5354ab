"""The API explains itself without scripts of others."""

from __future__ import annotations

import httpx
from fastapi import FastAPI


async def test_the_page_shows_every_operation(client: httpx.AsyncClient, app: FastAPI) -> None:
    html = (await client.get("/api/docs")).text

    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in html


async def test_the_page_shows_fields_and_allowed_values(client: httpx.AsyncClient) -> None:
    html = (await client.get("/api/docs")).text

    assert "<code>question</code> (verplicht)" in html
    assert "Midden-Drenthe" in html
    assert "Successful Response" not in html


async def test_the_document_describes_the_problems(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()

    responses = document["paths"]["/api/v1/ask"]["post"]["responses"]
    assert list(responses) == ["200", "413", "422", "429"]
    assert "application/problem+json" in responses["422"]["content"]
    assert not any(path.startswith(("/vraag", "/bron", "/static")) for path in document["paths"])
