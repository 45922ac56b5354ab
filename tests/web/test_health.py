"""Whoever runs the server can see what is wrong, and a visitor in danger is helped all the same."""

from __future__ import annotations

import httpx

from tests.web.fake_assistant import FakeAssistant


async def test_a_server_with_an_index_is_live_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get("/health/ready")).json() == {"status": "ready"}


async def test_without_an_index_it_is_live_but_not_ready(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    ready = await client.get("/health/ready")

    assert (await client.get("/health/live")).status_code == 200
    assert ready.status_code == 503
    assert "python -m ingest refresh" in ready.json()["reason"]


async def test_without_an_index_a_crisis_is_answered(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    answer = (await client.post("/api/v1/ask", json={"question": "Ik wil niet meer leven"})).json()

    assert answer["outcome"] == "crisis_suicide"
    assert "113" in answer["text"]
