"""What is kept, for how long, and what happens when nothing can be kept."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, update

from assistant.domain import Outcome, Question, Turn
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web.app import create_app
from web.conversations import KEPT_DAYS, REMEMBERED, Conversations
from web.kept_turns import turns


@pytest.fixture
async def conversations(tmp_path: Path) -> AsyncIterator[Conversations]:
    conversations = Conversations.open(some_settings(tmp_path))
    yield conversations
    await conversations.close()


async def a_turn(text: str = "Wie helpt?", municipality: str | None = None) -> Turn:
    return await FakeAssistant().take_turn(Question(text, municipality))


async def test_a_kept_turn_becomes_history(conversations: Conversations) -> None:
    conversation = uuid4()
    await conversations.keep(conversation, await a_turn("Wie helpt?", "Emmen"))

    (exchange,) = await conversations.history(conversation)

    assert exchange.question == "Wie helpt?"
    assert exchange.outcome is Outcome.ANSWERED
    assert exchange.municipality == "Emmen"
    assert exchange.search_text == "wie helpt?"
    assert exchange.sources == ("emmen-sedna", "gezonde-marke")


async def test_history_is_the_last_eight_oldest_first(conversations: Conversations) -> None:
    conversation = uuid4()
    for n in range(REMEMBERED + 2):
        await conversations.keep(conversation, await a_turn(f"vraag {n}"))

    history = await conversations.history(conversation)

    assert [exchange.question for exchange in history] == [f"vraag {n}" for n in range(2, REMEMBERED + 2)]


async def test_a_conversation_sees_only_its_own_turns(conversations: Conversations) -> None:
    await conversations.keep(uuid4(), await a_turn())

    assert await conversations.history(uuid4()) == ()
    assert await conversations.turns(uuid4()) == []


async def test_a_turn_comes_back_as_it_was_answered(conversations: Conversations) -> None:
    kept = await conversations.keep(uuid4(), await a_turn())

    assert await conversations.turns(kept.conversation) == [kept]


async def test_turns_older_than_four_weeks_are_deleted(conversations: Conversations) -> None:
    old, young = [await conversations.keep(uuid4(), await a_turn()) for _ in range(2)]
    async with conversations._engine.begin() as connection:
        long_ago = datetime.now(UTC) - timedelta(days=KEPT_DAYS, minutes=1)
        await connection.execute(update(turns).where(turns.c.id == old.id).values(created=long_ago))

    await conversations.forget()

    async with conversations._engine.connect() as connection:
        assert (await connection.execute(select(turns.c.id))).scalars().all() == [young.id]


async def test_only_redacted_text_reaches_the_file(client: httpx.AsyncClient, tmp_path: Path) -> None:
    await client.post("/api/v1/ask", json={"question": "Mijn nummer is 06 12345678, wie helpt?"})

    files = [path.read_bytes() for path in tmp_path.glob("markewijzer.sqlite*")]
    assert any(b"[telefoonnummer]" in content for content in files)
    assert not any(b"12345678" in content for content in files)


async def test_the_file_has_a_write_ahead_log(client: httpx.AsyncClient, tmp_path: Path) -> None:
    await client.post("/api/v1/ask", json={"question": "Wie helpt?"})

    connection = sqlite3.connect(tmp_path / "markewijzer.sqlite")
    mode = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    assert mode == ("wal",)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
async def test_without_a_database_the_answer_is_still_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    (tmp_path / "bestand").write_text("a file where a folder should be")
    app = create_app(some_settings(tmp_path / "bestand"), FakeAssistant())
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            response = await client.post("/vraag", data={"vraag": "Wie helpt mij?"}, headers=headers)

    assert response.status_code == 200
    assert "Sedna" in response.text
    assert "HX-Replace-Url" not in response.headers
    assert "a turn was not kept" in caplog.text
    assert "helpt mij" not in caplog.text
