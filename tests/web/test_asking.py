"""Many questions at the same moment are answered in turn; a crisis, and what is at hand, before all of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import httpx

from assistant.domain import Exchange, Question
from assistant.settings import Settings
from assistant.streaming import Event
from tests.web.fake_assistant import FakeAssistant
from web.app import create_app
from web.parts import AT_ONCE

MANY = AT_ONCE + 4


class Slow(FakeAssistant):
    """Answers when it is let go, and counts how many answers it makes at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.busy = self.most = 0

    async def stream(self, question: Question, history: Sequence[Exchange] = ()) -> AsyncGenerator[Event, None]:
        self.busy += 1
        self.most = max(self.most, self.busy)
        if "dood" not in question.text and not self.recalls(question):
            await self.go.wait()
        async for event in super().stream(question, history):
            yield event
        self.busy -= 1

    def recalls(self, question: Question) -> bool:
        return "bekend" in question.text


async def test_questions_wait_for_their_turn_but_no_crisis_and_nothing_that_is_at_hand(tmp_path: Path) -> None:
    slow = Slow()
    app = create_app(Settings(data_dir=tmp_path, rate_limit="off", refresh_at="off"), slow)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:

        async def ask(text: str) -> httpx.Response:
            return await client.post("/api/v1/ask", json={"question": text})

        waiting = [asyncio.create_task(ask(f"Waar ontmoet ik mensen? {n}")) for n in range(MANY)]
        while slow.busy < AT_ONCE:
            await asyncio.sleep(0.01)
        crisis = await asyncio.wait_for(ask("Ik wil dood"), 5)
        known = await asyncio.wait_for(ask("Een bekende vraag"), 5)
        most_before = slow.most
        slow.go.set()
        answers = await asyncio.gather(*waiting)
    await app.state.parts.database.close()

    assert crisis.json()["outcome"] == "crisis_suicide"
    assert known.status_code == 200
    assert most_before == AT_ONCE + 1
    assert slow.most == AT_ONCE + 1
    assert [answer.status_code for answer in answers] == [200] * MANY
