"""The app starts with whatever is there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.errors import SettingsError
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web import app as app_module
from web.app import create_app


async def test_the_server_starts_without_an_index(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(some_settings(tmp_path), FakeAssistant(is_missing=True))

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            assert (await client.get("/")).status_code == 200

    assert "started without an index" in caplog.text


async def test_what_is_not_needed_at_once_is_made_ready_after_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "SETTLED_AFTER", 0.01)
    assistant = FakeAssistant()
    app = create_app(some_settings(tmp_path), assistant)

    async with app.router.lifespan_context(app):
        assert not assistant.has_settled
        await asyncio.sleep(0.1)
        assert assistant.has_settled


async def test_the_real_assistant_answers_a_crisis_without_an_index(tmp_path: Path) -> None:
    settings = some_settings(tmp_path)
    app = create_app(settings, Assistant.open(settings=settings))

    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await client.post("/vraag", data={"vraag": "Ik wil niet meer leven"}, follow_redirects=True)

    assert 'href="tel:113"' in response.text


@pytest.mark.parametrize("rule", ["veel", "10 per", ""])
def test_a_rate_limit_that_cannot_be_read_is_named(tmp_path: Path, rule: str) -> None:
    with pytest.raises(SettingsError, match="RATE_LIMIT"):
        create_app(some_settings(tmp_path, rate_limit=rule), FakeAssistant())


@pytest.mark.parametrize("url", ["geen url", "mysql+nietbestaand://host/name"], ids=["no url", "no driver"])
def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        create_app(some_settings(tmp_path, database_url=url), FakeAssistant())
