"""Whoever runs the server can see what is wrong, and a visitor in danger is helped all the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.settings import Settings
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web import readiness
from web.app import create_app
from web.readiness import Readiness

WORKING = {"index": True, "encoder": True, "database": True, "storage": True}


async def from_address(app: FastAPI, address: str, path: str) -> httpx.Response:
    """What somebody at this address gets."""
    transport = httpx.ASGITransport(app, client=(address, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


async def test_a_server_with_an_index_is_live_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).status_code == 200
    assert (await client.get("/health/ready")).json() == {"status": "ready", "parts": WORKING}


async def test_without_an_index_it_is_live_but_not_ready(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    ready = await client.get("/health/ready")

    assert (await client.get("/health/live")).status_code == 200
    assert ready.status_code == 503
    assert ready.json()["parts"] == WORKING | {"index": False}
    assert "python -m ingest refresh" in ready.json()["reason"]


async def test_without_an_index_a_crisis_is_answered(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    answer = (await client.post("/api/v1/ask", json={"question": "Ik wil niet meer leven"})).json()

    assert answer["outcome"] == "crisis_suicide"
    assert "113" in answer["text"]


async def test_the_reason_is_told_to_our_own_networks_only(app: FastAPI, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    inside = (await from_address(app, "127.0.0.1", "/health/ready")).json()
    outside = (await from_address(app, "203.0.113.9", "/health/ready")).json()

    assert "reason" in inside
    assert "reason" not in outside
    assert outside["parts"]["index"] is False


async def test_a_part_that_says_nothing_does_not_hold_up_the_look(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, app: FastAPI
) -> None:
    class Silent(FakeAssistant):
        async def embed_questions(self, texts: object) -> list[list[float]]:
            await asyncio.sleep(60)
            return []

    monkeypatch.setattr(readiness, "TIME_LIMIT", 0.4)

    state = await Readiness(settings, Silent(), app.state.parts.database).state()

    assert (state.word, state.reason) == ("not ready", "encoder: no answer within 0 s")


async def test_a_language_model_that_is_away_makes_it_less_well_but_not_unready(tmp_path: Path) -> None:
    settings = some_settings(tmp_path).model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1"})
    app = create_app(settings, FakeAssistant())
    async with app.router.lifespan_context(app):
        response = await from_address(app, "127.0.0.1", "/health/ready")

    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["parts"] == WORKING | {"model": False}


async def test_a_disk_that_is_nearly_full_is_told_before_it_is_full(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "ROOM", 2**62)

    answer = (await client.get("/health/ready")).json()

    assert answer["status"] == "degraded"
    assert "MB is free" in answer["reason"]


async def test_many_who_ask_share_one_look(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    await client.get("/health/ready")
    assistant.is_missing = True

    shared = await asyncio.gather(*(client.get("/health/ready") for _ in range(5)))

    assert {response.status_code for response in shared} == {200}


async def test_a_server_that_stops_is_not_ready(client: httpx.AsyncClient, app: FastAPI) -> None:
    app.state.parts.stopping.set()

    assert (await client.get("/health/ready")).status_code == 503
    assert (await client.get("/health/live")).status_code == 200
