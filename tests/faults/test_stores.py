"""PostgreSQL or Qdrant is away, or silent, for a while: nobody waits long, nothing is claimed, and all comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from qdrant_client import AsyncQdrantClient

from assistant import Assistant, library
from assistant.domain import Outcome
from assistant.index import server as qdrant
from assistant.index.server import ServerHome
from assistant.rules.examples import load_examples
from assistant.settings import read_settings
from ingest import collecting, synchronise
from tests.fakes import HashingEmbedder
from tests.faults.conftest import CRISIS, QUESTION, Place
from tests.faults.line import CUT, OPEN, SILENT, Line, line_to
from tests.web.databases import postgres  # noqa: F401  # a fixture
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web import database, readiness
from web.app import create_app


@pytest.fixture
async def line(postgres: Path) -> AsyncIterator[tuple[Line, str]]:  # noqa: F811
    """A line to PostgreSQL, and the URL of an empty database at the end of it."""
    name = f"t{uuid4().hex}"
    connection = await asyncpg.connect(user="postgres", host=str(postgres), database="postgres")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    await connection.close()
    async with line_to(postgres / ".s.PGSQL.5432") as line:
        yield line, f"postgresql://postgres@127.0.0.1:{line.port}/{name}"


@pytest.mark.parametrize("fault", [CUT, SILENT])
async def test_without_its_database_a_server_answers_and_confirms_nothing(
    line: tuple[Line, str], fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TIMEOUTS", {"timeout": 2, "command_timeout": 2})
    monkeypatch.setattr(database, "REST", 1.0)
    monkeypatch.setattr(readiness, "FRESH", 0.0)
    wire, url = line
    app = create_app(some_settings(tmp_path, rate_limit="100/minute", database_url=url), FakeAssistant())
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://x") as client:

        async def ask(question: str = "Wie helpt?") -> dict[str, Any]:
            response = await client.post("/api/v1/ask", json={"question": question})
            assert response.status_code == 200
            return dict(response.json())

        async def rate(turn: str) -> int:
            return (await client.post("/api/v1/feedback", json={"turn": turn, "helped": True})).status_code

        before = await ask()
        assert await rate(before["turn"]) == 200

        wire.becomes(fault)
        begun = time.monotonic()
        during = await ask()
        crisis = await ask("Ik wil dood")
        waited = time.monotonic() - begun
        state = (await client.get("/health/ready")).json()
        rated = await rate(before["turn"])
        page = await client.get(f"/gesprek/{before['conversation']}")
        wire.becomes(OPEN)
        await asyncio.sleep(1.1)

        after = await ask()
        assert during["text"] == before["text"] == after["text"]
        assert crisis["outcome"] == "crisis_suicide"
        assert waited < 8
        assert (state["status"], state["parts"]["database"]) == ("degraded", False)
        assert (rated, page.status_code) == (503, 503)
        assert (await client.get("/health/ready")).json()["status"] == "ready"
        assert await rate(before["turn"]) == await rate(after["turn"]) == 200
        assert (await client.get(f"/gesprek/{before['conversation']}")).status_code == 200


class Losable:
    """The client of Qdrant in this process, whose calls fail while it is `lost`."""

    def __init__(self, client: AsyncQdrantClient) -> None:
        self._client = client
        self.lost = False

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        async def call(*args: Any, **named: Any) -> Any:
            if self.lost:
                raise httpx.ConnectError("connection refused")
            return await method(*args, **named)

        return call


@pytest.mark.filterwarnings("ignore:Payload indexes have no effect", "ignore:Local mode performs exact")
@pytest.mark.parametrize(
    ("in_memory", "fails"),
    [(library.RESIDENT_BELOW, False), (0, True)],
    ids=["a small generation, from memory", "a large generation"],
)
async def test_without_qdrant_a_crisis_is_answered_and_the_rest_comes_back_by_itself(
    built: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int, fails: bool
) -> None:
    monkeypatch.setattr(library, "RESIDENT_BELOW", in_memory)
    monkeypatch.setattr(qdrant, "ALIAS_SECONDS", 0.0)
    client = Losable(AsyncQdrantClient(path=str(tmp_path / "qdrant")))
    home, encoder = ServerHome(client), HashingEmbedder()  # type: ignore[arg-type]  # it has the same methods
    monkeypatch.setattr(synchronise, "build_home", lambda settings: home)
    monkeypatch.setattr(synchronise, "build_embedder", lambda settings: encoder)
    monkeypatch.setattr(ServerHome, "close", lambda self: asyncio.sleep(0))
    few = load_examples()[:20]
    monkeypatch.setattr(collecting, "load_examples", lambda: few)
    settings = read_settings(data_dir=tmp_path / "data")
    await synchronise.refresh(settings, built.corpus)
    assistant = Assistant(settings, home, encoder)
    tables = database.Database.open(settings)
    ready = readiness.Readiness(settings, assistant, tables)
    monkeypatch.setattr(readiness, "FRESH", 0.0)
    before = await assistant.ask(QUESTION)

    client.lost = True
    remembered, during = await assistant.ask(QUESTION), await assistant.ask("Wie helpt mij met schulden in Emmen?")
    crisis, state = await assistant.ask(CRISIS), await ready.state()
    client.lost = False

    after = await assistant.ask(QUESTION)
    assert before.outcome is Outcome.ANSWERED
    assert (during.outcome is Outcome.FAILED) == fails
    assert after.text == before.text
    assert remembered.text in {before.text, during.text}
    assert crisis.outcome is Outcome.CRISIS_SUICIDE
    assert state.word == "not ready"
    assert "connection refused" in state.reason
    assert (await ready.state()).word == "ready"
    await tables.close()
    await client.close()
