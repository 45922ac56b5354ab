"""The contract of the JSON API."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from assistant.domain import MUNICIPALITIES, THEMES, Kind, Question
from assistant.presentation import source_as_json
from tests.web.fake_assistant import MARKE, SEDNA, FakeAssistant
from web.bodies import AnswerBody, SearchBody, SourceBody


async def test_an_answer_has_exactly_the_fields_of_the_contract(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/ask", json={"question": "Waar ontmoet ik mensen?", "municipality": "Emmen"})

    assert response.status_code == 200
    body = AnswerBody.model_validate(response.json())
    assert body.municipality == "Emmen"
    assert [citation.number for citation in body.citations] == [1, 2]
    assert body.cards[0].phone == "0591 680800"
    assert body.cards[0].citation == 1


async def test_what_a_visitor_chose_reaches_the_assistant(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    body = {"question": "Wie helpt?", "municipality": "assen", "audience": "professional", "conversation": None}

    await client.post("/api/v1/ask", json=body)

    assert assistant.asked[0][0] == Question("Wie helpt?", "Assen", "professional", visitor="127.0.0.1")


async def test_a_conversation_gives_the_earlier_questions_along(
    client: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    first = (await client.post("/api/v1/ask", json={"question": "Waar ontmoet ik mensen?"})).json()

    await client.post("/api/v1/ask", json={"question": "En wat kost dat?", "conversation": first["conversation"]})

    history = assistant.asked[1][1]
    assert [exchange.question for exchange in history] == ["Waar ontmoet ik mensen?"]
    assert history[0].sources == ("emmen-sedna", "gezonde-marke")


async def test_an_unknown_conversation_starts_without_history(
    client: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    conversation = str(uuid4())

    response = await client.post("/api/v1/ask", json={"question": "Wie helpt?", "conversation": conversation})

    assert response.json()["conversation"] == conversation
    assert assistant.asked[0][1] == ()


async def test_a_question_without_conversation_gets_a_new_one(client: httpx.AsyncClient) -> None:
    answers = [(await client.post("/api/v1/ask", json={"question": "Wie helpt?"})).json() for _ in range(2)]

    assert UUID(answers[0]["conversation"]) != UUID(answers[1]["conversation"])


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"question": "  "}, "question", "Je hebt nog geen vraag getypt"),
        ({"question": "?!"}, "question", "Je hebt nog geen vraag getypt"),
        ({}, "question", "ontbreekt"),
        ({"question": 3}, "question", "moet tekst zijn"),
        ({"question": "Wie helpt \ud800?"}, "question", "niet kunnen lezen"),
        ({"question": "Wie?", "municipality": "Groningen"}, "municipality", "Westerveld"),
        ({"question": "Wie?", "audience": "arts"}, "audience", "inwoner, professional"),
        ({"question": "Wie?", "audience": 3}, "audience", "inwoner, professional"),
        ({"question": "Wie?", "conversation": "12"}, "conversation", "UUID"),
        ({"question": "Wie?", "gemeente": "Emmen"}, "gemeente", "kennen we niet"),
    ],
    ids=[
        "blank question",
        "question of signs",
        "no question",
        "number",
        "lone surrogate",
        "municipality elsewhere",
        "unknown audience",
        "audience of another type",
        "invalid conversation",
        "unknown field",
    ],
)
async def test_a_wrong_field_is_named_in_dutch(
    client: httpx.AsyncClient, body: dict[str, Any], field: str, sentence: str
) -> None:
    content = json.dumps(body)  # httpx itself would not write half a character
    response = await client.post("/api/v1/ask", content=content, headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert sentence in problem["detail"]
    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize("content", [b"hallo", b"[1]", b"", b"{"], ids=["text", "list", "nothing", "half"])
async def test_a_body_that_is_no_json_object_is_a_problem(client: httpx.AsyncClient, content: bytes) -> None:
    response = await client.post("/api/v1/ask", content=content, headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_a_search_by_words_gives_scores(client: httpx.AsyncClient) -> None:
    body = (await client.get("/api/v1/search", params={"q": "sedna"})).json()

    found = SearchBody.model_validate(body)
    assert found.total == 1
    assert found.results[0].source == "emmen-sedna"
    assert found.results[0].score == 0.8123


async def test_an_empty_search_lists_by_filter(client: httpx.AsyncClient) -> None:
    body = (await client.get("/api/v1/search", params={"q": " ", "municipality": "Emmen", "theme": ""})).json()

    assert [result["source"] for result in body["results"]] == ["emmen-sedna"]
    assert body["results"][0]["score"] is None


async def test_an_offset_and_a_limit_cut_the_list_but_not_the_total(client: httpx.AsyncClient) -> None:
    body = (await client.get("/api/v1/search", params={"limit": 1, "offset": 1})).json()

    assert body["total"] == 2
    assert [result["source"] for result in body["results"]] == [MARKE.id]


@pytest.mark.parametrize(
    ("parameter", "value", "named"),
    [
        ("municipality", "Groningen", MUNICIPALITIES),
        ("theme", "sport", THEMES),
        ("topic", "sport", ("eenzaamheid", "wonen")),
        ("kind", "boek", tuple(Kind)),
        ("audience", "arts", ("inwoner", "professional")),
        ("limit", "0", ("limit", "1")),
        ("limit", "101", ("limit", "100")),
        ("limit", "veel", ("limit",)),
        ("offset", "-1", ("offset", "0")),
        ("gemeente", "Emmen", ("gemeente",)),
        ("q", "x" * 2001, ("2000",)),
    ],
)
async def test_a_wrong_filter_names_what_is_allowed(
    client: httpx.AsyncClient, parameter: str, value: str, named: tuple[str, ...]
) -> None:
    response = await client.get("/api/v1/search", params={parameter: value})

    assert response.status_code == 422
    assert all(word in response.json()["detail"] for word in named)


async def test_a_source_has_all_that_we_know_of_it(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/sources/emmen-sedna")

    assert response.json() == source_as_json(SEDNA)
    SourceBody.model_validate(response.json())


async def test_an_unknown_source_is_a_problem(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/sources/bestaat-niet")

    assert response.status_code == 404
    assert response.json()["title"] == "Niet gevonden"
