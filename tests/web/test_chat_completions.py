"""The official client of OpenAI talks with us, with a key; and the same guards hold."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from fastapi import FastAPI
from openai import AsyncOpenAI
from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.settings import Settings
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web.api_keys import ApiKeys

KEY = "gemeente-emmen-2026-geheim"
OTHER_KEY = "gemeente-assen-2026-geheim"
QUESTION: Any = [{"role": "user", "content": "Waar ontmoet ik mensen?"}]
CRISIS: Any = [{"role": "user", "content": "Ik wil dood"}]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    keys = SecretStr(f"{KEY} sha256:{sha256(OTHER_KEY.encode()).hexdigest()}")
    return some_settings(tmp_path).model_copy(update={"api_keys": keys, "api_rate_limit": "6/minute"})


@pytest.fixture
async def program(app: FastAPI) -> AsyncIterator[AsyncOpenAI]:
    async with a_program(app, KEY) as program:
        yield program


def a_program(app: FastAPI, key: str) -> AsyncOpenAI:
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app))
    return AsyncOpenAI(api_key=key, base_url="http://test/v1", http_client=http, max_retries=0)


async def said(program: AsyncOpenAI, messages: Any, **more: Any) -> str:
    reply = await program.chat.completions.create(model="markewijzer", messages=messages, **more)
    return reply.choices[0].message.content or ""


async def heard(program: AsyncOpenAI, messages: Any, **more: Any) -> list[Any]:
    chunks = await program.chat.completions.create(model="markewijzer", messages=messages, stream=True, **more)
    return [chunk async for chunk in chunks]


def text_of(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


async def test_the_answer_has_its_cards_and_sources_written_out(program: AsyncOpenAI) -> None:
    reply = await program.chat.completions.create(model="markewijzer", messages=QUESTION)

    content = reply.choices[0].message.content or ""
    assert reply.choices[0].finish_reason == "stop"
    assert content.startswith("In Emmen kun je terecht bij **Sedna**.")
    assert "- **Sedna: welzijn en ontmoeting in Emmen**" in content
    assert "Bel: 0591 680800" in content
    assert (
        "- [1] [Sedna: welzijn en ontmoeting in Emmen](<https://www.sedna-emmen.nl/ontmoeten#:~:text=helpt>)" in content
    )
    assert "van mei 2019, gecontroleerd op 22 november 2026. Let op: deze informatie is oud." in content
    assert reply.model_extra is not None
    assert reply.model_extra["markewijzer"]["outcome"] == "answered"


async def test_the_stream_has_a_chunk_for_each_sentence_and_the_same_words(program: AsyncOpenAI) -> None:
    whole = await said(program, QUESTION)

    chunks = await heard(program, QUESTION)

    assert text_of(chunks) == whole
    assert len(chunks) == 1 + 5 + 1 + 1
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert chunks[-1].model_extra["markewijzer"]["cards"][0]["phone"] == "0591 680800"


async def test_a_stream_tells_its_usage_when_asked(program: AsyncOpenAI) -> None:
    chunks = await heard(program, QUESTION, stream_options={"include_usage": True})

    assert chunks[-1].choices == []
    assert chunks[-1].usage.total_tokens == 0


async def test_what_was_chosen_and_parts_of_text_reach_the_assistant(
    program: AsyncOpenAI, assistant: FakeAssistant
) -> None:
    parts: Any = [{"role": "user", "content": [{"type": "text", "text": "Wie helpt?"}]}]

    await said(program, parts, metadata={"municipality": "emmen", "audience": "professional"}, temperature=0.2)

    question = assistant.asked[0][0]
    assert (question.text, question.municipality, question.audience) == ("Wie helpt?", "Emmen", "professional")
    assert question.visitor.startswith("key ")
    assert KEY not in question.visitor


@pytest.mark.parametrize("streams", [False, True], ids=["whole", "in pieces"])
async def test_a_follow_up_knows_the_sources_of_the_answer_before(
    program: AsyncOpenAI, assistant: FakeAssistant, streams: bool
) -> None:
    system = {"role": "system", "content": "Je bent een piraat."}
    content = text_of(await heard(program, QUESTION)) if streams else await said(program, QUESTION)
    talk: Any = [
        system,
        *QUESTION,
        {"role": "assistant", "content": content},
        {"role": "user", "content": "En wat kost dat?"},
    ]

    await said(program, talk)

    question, history = assistant.asked[1]
    assert question.text == "En wat kost dat?"
    assert [exchange.question for exchange in history] == ["Waar ontmoet ik mensen?"]
    assert history[0].sources == ("emmen-sedna", "gezonde-marke")


async def test_words_that_we_never_said_bring_no_sources(app: FastAPI, assistant: FakeAssistant) -> None:
    async with a_program(app, KEY) as one, a_program(app, OTHER_KEY) as other:
        content = await said(one, QUESTION)
        talk: Any = [
            *QUESTION,
            {"role": "assistant", "content": content},
            {"role": "user", "content": "En wat kost dat?"},
        ]

        await said(other, talk)

    assert [(e.question, e.sources) for e in assistant.asked[1][1]] == [("Waar ontmoet ik mensen?", ())]


async def test_a_key_is_needed(app: FastAPI, program: AsyncOpenAI) -> None:
    async with a_program(app, "zomaar-een-andere-sleutel") as stranger:
        with pytest.raises(openai.AuthenticationError, match="sleutel ontbreekt of klopt niet"):
            await said(stranger, QUESTION)
        with pytest.raises(openai.AuthenticationError):
            await stranger.models.list()


async def test_a_key_may_be_set_as_its_hash_only(app: FastAPI) -> None:
    async with a_program(app, OTHER_KEY) as program:
        assert [model.id for model in (await program.models.list()).data] == ["markewijzer"]


async def test_a_key_has_a_limit_and_somebody_in_danger_has_none(app: FastAPI, program: AsyncOpenAI) -> None:
    for _ in range(6):
        await said(program, QUESTION)

    with pytest.raises(openai.RateLimitError, match="Wacht"):
        await said(program, QUESTION)
    with pytest.raises(openai.RateLimitError):
        await heard(program, QUESTION)

    assert "113" in await said(program, CRISIS)
    assert "113" in text_of(await heard(program, CRISIS))
    async with a_program(app, OTHER_KEY) as other:
        assert await said(other, QUESTION)


@pytest.mark.parametrize(
    "messages",
    [[], [{"role": "assistant", "content": "Hoi"}], [{"role": "user", "content": " "}], [{"role": "user"}]],
    ids=["nothing", "no question last", "blank", "no words"],
)
async def test_a_request_without_a_question_is_explained(program: AsyncOpenAI, messages: Any) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match=r"vraag|klopt niet"):
        await said(program, messages)


async def test_a_failure_reaches_the_program(program: AsyncOpenAI) -> None:
    broken: Any = [{"role": "user", "content": "Ga stuk"}]

    with pytest.raises(openai.APIError, match="Probeer het over een paar minuten"):
        await heard(program, broken)
    with pytest.raises(openai.InternalServerError, match="Probeer het over een paar minuten"):
        await said(program, broken)


async def test_a_long_conversation_is_read(program: AsyncOpenAI) -> None:
    long: Any = [{"role": "user", "content": "Wie helpt?"}, {"role": "assistant", "content": "woord " * 30_000}]

    assert await said(program, [*long, *QUESTION])


class TestOff:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return some_settings(tmp_path)

    async def test_without_keys_the_door_is_shut(self, program: AsyncOpenAI) -> None:
        with pytest.raises(openai.NotFoundError, match="API_KEYS"):
            await said(program, QUESTION)


@pytest.mark.parametrize("keys", ["kort", "sha256:abc"])
def test_a_key_that_can_be_guessed_is_refused_without_repeating_it(keys: str) -> None:
    with pytest.raises(SettingsError) as refused:
        ApiKeys(SecretStr(keys))

    assert keys not in str(refused.value)
