"""The official client of the Model Context Protocol uses our tools, over HTTP with a key and over stdio."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent
from pydantic import SecretStr

from tests.conftest import REPOSITORY
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import served, some_settings
from web.app import create_app
from web.bodies import AnswerBody, SearchBody, SourceBody

KEY = "gemeente-emmen-2026-geheim"
LIMITED_KEY = "gemeente-assen-2026-geheim"
LIMIT = 20


@pytest.fixture(scope="module")
def assistant_asked() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, assistant_asked: FakeAssistant) -> Iterator[str]:
    own = {"api_keys": SecretStr(f"{KEY} {LIMITED_KEY}"), "api_rate_limit": f"{LIMIT}/minute"}
    settings = some_settings(tmp_path_factory.mktemp("mcp")).model_copy(update=own)
    with served(create_app(settings, assistant_asked)) as address:
        yield f"{address}/mcp"


@asynccontextmanager
async def connected(address: str, key: str = KEY) -> AsyncIterator[Client]:
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"})
    async with http, Client(streamable_http_client(address, http_client=http)) as client:
        yield client


async def call(client: Client, tool: str, **arguments: Any) -> CallToolResult:
    result = await client.call_tool(tool, arguments)
    assert isinstance(result, CallToolResult)
    return result


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def test_there_are_three_tools_that_say_what_they_do(address: str) -> None:
    async with connected(address) as client:
        tools = (await client.list_tools()).tools

    assert [tool.name for tool in tools] == ["vraag", "zoek", "bron"]
    assert [set(tool.input_schema["required"]) for tool in tools] == [{"vraag"}, {"woorden"}, {"id"}]
    assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools)


async def test_a_question_gets_its_answer_with_sources(address: str, assistant_asked: FakeAssistant) -> None:
    async with connected(address) as client:
        result = await call(client, "vraag", vraag="Waar ontmoet ik mensen?", gemeente="emmen", ik_ben="inwoner")

    answer = AnswerBody.model_validate(result.structured_content)
    assert not result.is_error
    assert answer.municipality == "Emmen"
    assert text_of(result).startswith(answer.text)
    assert "Bel: 0591 680800" in text_of(result)
    question = assistant_asked.asked[-1][0]
    assert (question.municipality, question.audience) == ("Emmen", "inwoner")
    assert question.visitor.startswith("key ")


async def test_sources_are_found_and_read(address: str) -> None:
    async with connected(address) as client:
        found = await call(client, "zoek", woorden="anderen willen ontmoeten", gemeente="Emmen")
        (first,) = SearchBody.model_validate(found.structured_content).results
        read = await call(client, "bron", id=first.source)

    assert "`emmen-sedna`" in text_of(found)
    source = SourceBody.model_validate(read.structured_content)
    assert source.contact.phone == "0591 680800"
    assert source.text in text_of(read)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("bron", {"id": "bestaat-niet"}, "kennen we niet"),
        ("vraag", {"vraag": "  "}, "nog geen vraag getypt"),
        ("vraag", {"vraag": "Wie helpt?", "gemeente": "Groningen"}, "geen gemeente die we kennen"),
    ],
    ids=["an unknown source", "a blank question", "another municipality"],
)
async def test_what_cannot_be_done_is_explained(address: str, tool: str, arguments: Any, words: str) -> None:
    async with connected(address) as client:
        result = await call(client, tool, **arguments)

    assert result.is_error
    assert words in text_of(result)


async def test_a_key_has_a_limit_and_somebody_in_danger_has_none(address: str) -> None:
    async with connected(address, LIMITED_KEY) as client:
        for _ in range(LIMIT):
            assert not (await call(client, "bron", id="emmen-sedna")).is_error
        refused = [
            await call(client, "vraag", vraag="Wie helpt?"),
            await call(client, "zoek", woorden="geld"),
            await call(client, "bron", id="emmen-sedna"),
        ]
        crisis = await call(client, "vraag", vraag="Ik wil dood")

    assert [result.is_error for result in refused] == [True] * 3
    assert all("Wacht" in text_of(result) for result in refused)
    assert "113" in text_of(crisis)


async def test_without_a_key_nobody_comes_in(address: str) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.post(address, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_without_keys_the_door_is_shut(client: httpx.AsyncClient) -> None:
    response = await client.post("/mcp", json={}, headers={"Authorization": f"Bearer {KEY}"})

    assert response.status_code == 404
    assert "API_KEYS" in response.json()["detail"]


async def test_over_stdio_a_crisis_is_answered_without_an_index_too(tmp_path: Path) -> None:
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "web", "--mcp"],
        cwd=REPOSITORY,
        env={**os.environ, "DATA_DIR": str(tmp_path), "RATE_LIMIT": "off"},
    )
    async with Client(stdio_client(parameters)) as client:
        crisis = await call(client, "vraag", vraag="Ik wil dood")
        search = await call(client, "zoek", woorden="geld")

    assert "113" in text_of(crisis)
    assert search.is_error
    assert "niet bereikbaar" in text_of(search)
