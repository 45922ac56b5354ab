"""What is kept, for how long, and what happens when nothing can be kept."""

from __future__ import annotations

import asyncio
import sqlite3
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
from web.conversations import REMEMBERED, Conversations
from web.database import Database
from web.feedback import Feedback
from web.tables import ratings, reports, turns


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


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


async def test_turns_older_than_the_setting_are_deleted(conversations: Conversations, database: Database) -> None:
    old, young = [await conversations.keep(uuid4(), await a_turn()) for _ in range(2)]
    long_ago = datetime.now(UTC) - timedelta(days=28, minutes=1)
    await database.write(update(turns).where(turns.c.id == old.id).values(created=long_ago))

    await conversations.forget(28)

    assert [row.id for row in await database.read(select(turns.c.id))] == [young.id]


async def test_the_server_deletes_what_is_too_old_when_it_starts(tmp_path: Path, database_url: str) -> None:
    settings = some_settings(tmp_path, database_url=database_url)
    database = Database.open(settings)
    old = await Conversations(database).keep(uuid4(), await a_turn())
    long_ago = datetime.now(UTC) - timedelta(days=28, minutes=1)
    await database.write(update(turns).where(turns.c.id == old.id).values(created=long_ago))
    app = create_app(settings, FakeAssistant())

    async with app.router.lifespan_context(app):
        for _ in range(200):
            if not (left := await database.read(select(turns.c.id))):
                break
            await asyncio.sleep(0.02)

    await database.close()
    assert left == []


async def test_an_erased_conversation_is_gone_with_its_reasons_and_no_other(
    conversations: Conversations, database: Database
) -> None:
    feedback = Feedback(database)
    mine, other = [await conversations.keep(uuid4(), await a_turn()) for _ in range(2)]
    for kept in (mine, other):
        await feedback.rate(kept.id, helped=False, reason="te lang")
    await feedback.report(mine.id, "emmen-sedna", "Het nummer klopt niet")

    erased = await conversations.erase(mine.conversation)

    assert erased
    assert await conversations.turns(mine.conversation) == []
    assert await conversations.turns(other.conversation) == [other]
    reasons = {row.turn: row.reason for row in await database.read(select(ratings))}
    assert reasons == {mine.id: None, other.id: "te lang"}
    assert [row.text for row in await database.read(select(reports))] == ["Het nummer klopt niet"]


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


async def test_without_a_database_nothing_is_erased_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("a file where a folder should be")
    database = Database.open(some_settings(tmp_path / "bestand"))

    assert not await Conversations(database).erase(uuid4())

    await database.close()


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
