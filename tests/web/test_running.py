"""What a server tells the refreshes that others start: the questions that visitors asked most."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from assistant.domain import Outcome, Question
from assistant.settings import Settings
from ingest import Asked
from ingest.asked import kept_asked
from tests.web.fake_assistant import FakeAssistant
from web.app import create_app
from web.conversations import Conversations
from web.database import Database
from web.parts import Parts
from web.running import Refreshing
from web.tables import turns

COFFEE = "Waar drink ik koffie?"


@pytest.fixture
async def refreshing(settings: Settings, database: Database) -> AsyncIterator[Refreshing]:
    refreshing = Refreshing(settings.model_copy(update={"refresh_at": "off"}), database)
    yield refreshing
    await refreshing.stop()


async def ask(database: Database, question: str, *, times: int = 1, outcome: Outcome = Outcome.ANSWERED) -> None:
    for _ in range(times):
        turn = await FakeAssistant().take_turn(Question(question, "Emmen"))
        assert turn.answer is not None
        await Conversations(database).keep(uuid4(), replace(turn, answer=replace(turn.answer, outcome=outcome)))


async def kept(folder: Path, *, until: int) -> tuple[Asked, ...]:
    """What is kept, as soon as it is this many questions."""
    for _ in range(200):
        if len(found := kept_asked(folder)) == until:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"still {kept_asked(folder)}")


async def test_what_was_asked_most_comes_first_and_what_was_asked_once_is_not_told(
    refreshing: Refreshing, database: Database
) -> None:
    await ask(database, "Wie helpt mij met geld?", times=2)
    await ask(database, COFFEE, times=3)
    await ask(database, "Wie kent mijn geheim?")

    assert await refreshing.asked() == (Asked(COFFEE, "Emmen", 3), Asked("Wie helpt mij met geld?", "Emmen", 2))


@pytest.mark.parametrize("outcome", [Outcome.CRISIS_SUICIDE, Outcome.CRISIS_VIOLENCE, Outcome.FAILED])
async def test_somebody_in_danger_is_not_repeated(refreshing: Refreshing, database: Database, outcome: Outcome) -> None:
    await ask(database, "Ik kan niet meer", times=3, outcome=outcome)

    assert await refreshing.asked() == ()


async def test_a_question_counts_so_short_that_nothing_of_it_outlives_its_turn(
    refreshing: Refreshing, database: Database
) -> None:
    await ask(database, COFFEE, times=2)
    await database.write(update(turns).values(created=datetime.now(UTC) - timedelta(days=13, minutes=1)))

    assert await refreshing.asked() == ()


async def test_a_started_server_keeps_what_was_asked_for_a_day_at_most(
    refreshing: Refreshing, database: Database, settings: Settings
) -> None:
    await ask(database, COFFEE, times=2)

    refreshing.start()

    assert await kept(settings.data_dir, until=1) == (Asked(COFFEE, "Emmen", 2),)
    until = (settings.data_dir / "asked.json").read_text(encoding="utf-8").partition('"until":"')[2][:10]
    assert until <= (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


async def test_an_erased_conversation_leaves_what_was_kept(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"refresh_at": "off"}), FakeAssistant())
    parts: Parts = app.state.parts
    await ask(parts.database, COFFEE, times=2)
    async with app.router.lifespan_context(app):
        await kept(settings.data_dir, until=1)
        conversation = await one_conversation(parts.database)

        await erase(app, conversation)

        await kept(settings.data_dir, until=0)


async def one_conversation(database: Database) -> UUID:
    row = await database.first(turns.select())
    assert row is not None
    conversation: UUID = row.conversation
    return conversation


async def erase(app: FastAPI, conversation: UUID) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        assert (await client.post("/wissen", data={"gesprek": str(conversation)})).status_code == 303


async def test_a_folder_that_cannot_be_written_stops_no_server(
    database: Database, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bestand").write_text("a file where a folder should be")
    own = {"refresh_at": "off", "data_dir": tmp_path / "bestand"}
    refreshing = Refreshing(settings.model_copy(update=own), database)
    await ask(database, COFFEE, times=2)

    refreshing.start()
    for _ in range(200):
        if "was not kept" in caplog.text:
            break
        await asyncio.sleep(0.05)

    await refreshing.stop()
    assert "was not kept" in caplog.text
    assert COFFEE not in caplog.text
