"""One visitor cannot keep the others waiting, and nobody in danger has to wait."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from assistant.settings import Settings
from tests.web.helpers import some_settings
from web.rate_limit import visitor_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return some_settings(tmp_path, rate_limit="2/minute")


async def test_the_third_question_waits(client: httpx.AsyncClient) -> None:
    responses = [await client.post("/api/v1/ask", json={"question": "Wie helpt mij?"}) for _ in range(3)]

    assert [response.status_code for response in responses] == [200, 200, 429]
    assert 1 <= int(responses[2].headers["Retry-After"]) <= 60
    assert "Wacht" in responses[2].json()["detail"]


async def test_somebody_in_danger_never_waits(client: httpx.AsyncClient) -> None:
    for _ in range(3):
        await client.post("/api/v1/ask", json={"question": "Wie helpt mij?"})

    response = await client.post("/api/v1/ask", json={"question": "Ik wil dood"})

    assert response.status_code == 200
    assert response.json()["outcome"] == "crisis_suicide"


async def test_the_page_says_how_long_to_wait(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        await client.post("/vraag", data={"vraag": "Wie helpt mij?"})

    response = await client.post("/vraag", data={"vraag": "Wie helpt mij?"})

    assert response.status_code == 429
    assert "Retry-After" in response.headers
    assert "seconden" in response.text


@pytest.mark.parametrize(
    ("address", "visitor"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("unix", "unix"),
    ],
    ids=["IPv4", "IPv6 by network", "no address"],
)
def test_a_visitor_is_an_address(address: str, visitor: str) -> None:
    request = Request({"type": "http", "client": (address, 1234)})

    assert visitor_of(request) == visitor
