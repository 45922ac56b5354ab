"""An answer comes in pieces, as soon as each was checked; and it is the very answer that comes as a whole."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from assistant.domain import Question
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import served, some_settings
from web import streaming
from web.app import create_app
from web.tables import switches

STREAM = {"Accept": "text/event-stream"}
QUESTION = {"question": "Waar ontmoet ik mensen?", "municipality": "Emmen"}
HAND_OVER = 0.05
"""Seconds between the engine's first sentence and the moment that a program has it."""

Told = tuple[str, dict[str, Any]]


def events(body: str) -> list[Told]:
    return [(name, json.loads(data)) for name, data in re.findall(r"^event: (.*)\ndata: (.*)\n\n", body, re.MULTILINE)]


async def asked(client: httpx.AsyncClient, body: dict[str, str]) -> list[Told]:
    response = await client.post("/api/v1/ask", json=body, headers=STREAM)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    return events(response.text)


async def on_page(client: httpx.AsyncClient, question: str) -> list[Told]:
    response = await client.post("/vraag", data={"vraag": question, "gemeente": "Emmen"}, headers=STREAM)
    return events(response.text)


class Gated(FakeAssistant):
    """Stops before the second sentence until `gate` opens; `first` is when it gave the first."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.first = 0.0
        self.before = 0

    async def before_a_sentence(self, question: Question) -> None:
        self.before += 1
        if self.before == 1:
            self.first = perf_counter()
        while self.before > 1 and not self.gate.is_set():
            await asyncio.sleep(0.01)


async def test_a_program_hears_progress_then_sentences_then_the_answer(client: httpx.AsyncClient) -> None:
    told = await asked(client, QUESTION)

    names = [name for name, _ in told]
    assert names == ["begin", "progress", *["sentence"] * 5, "answer"]
    assert told[1][1] == {"text": "Ik lees 2 bronnen"}
    answer = told[-1][1]
    assert (answer["conversation"], answer["turn"]) == (told[0][1]["conversation"], told[0][1]["turn"])
    assert "".join(data["before"] + data["text"] for name, data in told if name == "sentence") == answer["text"]
    assert [citation["number"] for citation in answer["citations"]] == [1, 2]
    assert answer["cards"][0]["title"] == "Sedna: welzijn en ontmoeting in Emmen"


async def test_the_answer_in_the_end_is_the_one_without_a_stream(client: httpx.AsyncClient) -> None:
    whole = (await client.post("/api/v1/ask", json=QUESTION)).json()

    (_, streamed) = (await asked(client, QUESTION))[-1]

    own = {"conversation": "", "turn": ""}
    assert streamed | own == whole | own


async def test_the_first_sentence_comes_at_once_and_does_not_wait_for_the_last(tmp_path: Path) -> None:
    waits = []
    for n in range(5):  # a machine that does more than this test is slow now and then
        assistant = Gated()
        app = create_app(some_settings(tmp_path / str(n)), assistant)
        with served(app) as address:
            async with (
                httpx.AsyncClient(base_url=address) as client,
                client.stream("POST", "/api/v1/ask", json=QUESTION, headers=STREAM) as response,
            ):
                lines = response.aiter_lines()
                await reach(lines, "event: sentence")
                waits.append(perf_counter() - assistant.first)
                assistant.gate.set()
                await reach(lines, "event: answer")

    assert min(waits) < HAND_OVER


async def reach(lines: AsyncIterator[str], wanted: str) -> None:
    async for line in lines:
        if line == wanted:
            return
    pytest.fail(f"the stream ended without {wanted!r}")


async def test_who_loses_the_connection_reads_the_finished_turn(tmp_path: Path) -> None:
    assistant = Gated()
    with served(create_app(some_settings(tmp_path), assistant)) as address:
        async with httpx.AsyncClient(base_url=address) as client:
            async with client.stream("POST", "/api/v1/ask", json=QUESTION, headers=STREAM) as response:
                lines = response.aiter_lines()
                await reach(lines, "event: begin")
                begun = json.loads((await anext(lines)).removeprefix("data: "))
                await reach(lines, "event: sentence")
            where = f"/api/v1/conversations/{begun['conversation']}/turns/{begun['turn']}"
            before = await client.get(where)
            assistant.gate.set()
            for _ in range(100):
                after = await client.get(where)
                if after.status_code == 200:
                    break
                await asyncio.sleep(0.05)

    assert before.status_code == 404
    assert after.json()["outcome"] == "answered"
    assert after.json()["turn"] == begun["turn"]


async def test_a_turn_is_not_read_under_another_conversation(client: httpx.AsyncClient) -> None:
    one, other = [(await client.post("/api/v1/ask", json=QUESTION)).json() for _ in range(2)]

    response = await client.get(f"/api/v1/conversations/{one['conversation']}/turns/{other['turn']}")

    assert response.status_code == 404


async def test_a_fixed_reply_has_no_sentences_only_its_end(client: httpx.AsyncClient) -> None:
    told = await asked(client, {"question": "Ik wil dood"})

    assert [name for name, _ in told] == ["begin", "progress", "answer"]
    assert told[-1][1]["outcome"] == "crisis_suicide"


async def test_a_failure_is_told_in_the_stream(client: httpx.AsyncClient) -> None:
    told = await asked(client, {"question": "Ga stuk"})

    assert told[-1][0] == "problem"
    assert told[-1][1]["status"] == 500
    assert "Probeer het over een paar minuten" in told[-1][1]["detail"]


async def test_no_sentence_is_told_that_the_editors_will_take_back(client: httpx.AsyncClient, app: FastAPI) -> None:
    message = {"on": True, "message": "We zijn er even niet."}
    pause = {"name": "pauze", "value": message, "changed": datetime.now(UTC), "editor": "Jannie"}
    await app.state.parts.database.write(insert(switches).values(pause))

    told = await asked(client, QUESTION)

    assert [name for name, _ in told] == ["begin", "progress", "answer"]
    assert told[-1][1]["text"] == "We zijn er even niet."


async def test_a_quiet_stream_keeps_its_connection(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "QUIET", 0.1)

    response = await client.post("/api/v1/ask", json={"question": "Zeg het langzaam"}, headers=STREAM)

    assert ": ping\n\n" in response.text
    assert events(response.text)[-1][0] == "answer"


async def test_the_page_gets_the_very_turn_that_it_shows_later(client: httpx.AsyncClient) -> None:
    told = await on_page(client, "Waar ontmoet ik mensen?")

    turn = told[-1][1]
    page = await client.get(turn["address"])
    (article,) = re.findall(r"<article.*?</article>", turn["html"], re.DOTALL)
    assert article in page.text
    resumed = await client.get(told[0][1]["resume"])
    assert resumed.text == turn["html"]
    assert resumed.headers["HX-Replace-Url"] == turn["address"]


async def test_a_draft_grows_sentence_by_sentence_and_ends_as_the_answer(client: httpx.AsyncClient) -> None:
    told = await on_page(client, "Waar ontmoet ik mensen?")

    texts = [
        re.search(r'<div class="text">(.*?)</div>', data["html"], re.DOTALL) for name, data in told if name == "draft"
    ]
    grown = [words_of(text[1]) for text in texts if text]
    final = re.search(r'<div class="text">(.*?)</div>', told[-1][1]["html"], re.DOTALL)
    assert len(grown) == 5
    assert all(later.startswith(sooner) for sooner, later in pairwise(grown))
    assert final is not None
    assert grown[-1].startswith(words_of(final[1]))


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def test_a_draft_shows_no_personal_data_either(client: httpx.AsyncClient) -> None:
    told = await on_page(client, "Bel mij op 06 12345678, zeg het")

    assert "12345678" not in json.dumps(told)


class TestLimited:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Any:
        return some_settings(tmp_path, rate_limit="1/minute")

    async def test_who_asks_too_much_waits_and_somebody_in_danger_does_not(self, client: httpx.AsyncClient) -> None:
        first = await client.post("/api/v1/ask", json=QUESTION, headers=STREAM)
        second = await client.post("/api/v1/ask", json=QUESTION, headers=STREAM)
        page = await client.post("/vraag", data={"vraag": "Wie helpt?"}, headers=STREAM)
        crisis = await asked(client, {"question": "Ik wil dood"})

        assert [first.status_code, second.status_code, page.status_code] == [200, 429, 429]
        assert second.headers["Content-Type"] == "application/problem+json"
        assert crisis[-1][1]["outcome"] == "crisis_suicide"
