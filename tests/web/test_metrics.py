"""What Prometheus reads: counts by kind, never a word of a question, and no more series than we chose."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from tests.web.fake_assistant import FakeAssistant
from tests.web.test_health import from_address

ASK = "/api/v1/ask"


async def figures(client: httpx.AsyncClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every figure, by its name and labels."""
    response = await client.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(response.text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def labelled(name: str, labels: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def test_answers_and_requests_are_counted_by_kind(client: httpx.AsyncClient) -> None:
    for question in ("Wie helpt?", "Wie helpt nu?", "Ik wil dood"):
        await client.post(ASK, json={"question": question})

    found = await figures(client)

    answers = "markewijzer_answers_total"
    assert found[labelled(answers, {"outcome": "answered", "engine": "extractive"})] == 2
    assert found[labelled(answers, {"outcome": "crisis_suicide", "engine": "extractive"})] == 1
    assert found[labelled("markewijzer_requests_total", {"method": "POST", "route": ASK, "status": "200"})] == 3


async def test_feedback_counts_when_it_was_kept(client: httpx.AsyncClient) -> None:
    turn = (await client.post(ASK, json={"question": "Wie helpt?"})).json()["turn"]
    await client.post("/api/v1/feedback", json={"turn": turn, "helped": False})
    await client.post("/api/v1/feedback", json={"turn": turn, "source": "emmen-sedna", "text": "Klopt niet"})
    await client.post("/api/v1/feedback", json={"turn": "00000000-0000-4000-8000-000000000000", "helped": True})

    found = await figures(client)

    assert found[labelled("markewijzer_feedback_total", {"kind": "did not help"})] == 1
    assert found[labelled("markewijzer_feedback_total", {"kind": "report"})] == 1
    assert labelled("markewijzer_feedback_total", {"kind": "helped"}) not in found


async def test_every_part_and_the_age_of_the_index_are_told(
    client: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    found = await figures(client)

    assert found[labelled("markewijzer_ready", {"part": "index"})] == 1
    created = found[labelled("markewijzer_index", {"fact": "created_timestamp_seconds"})]
    assert created == 1_795_341_600
    assert found["process_resident_memory_bytes", frozenset()] > 1e6


async def test_a_part_that_broke_is_zero(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    assistant.is_missing = True

    assert (await figures(client))[labelled("markewijzer_ready", {"part": "index"})] == 0


async def test_what_a_stranger_sends_makes_no_new_series(client: httpx.AsyncClient) -> None:
    for n in range(20):
        await client.request(f"RAAR{n}", "/api/v1/ask")
        await client.get(f"/bestaat-niet-{n}")
        await client.get("/api/v1/search", params={"q": f"geheim {n}"})

    text = (await client.get("/metrics")).text

    assert "geheim" not in text
    assert "RAAR" not in text
    assert "bestaat-niet" not in text
    assert 'method="other"' in text


async def test_others_do_not_get_to_see_them(app: FastAPI) -> None:
    assert (await from_address(app, "127.0.0.1", "/metrics")).status_code == 200
    assert (await from_address(app, "203.0.113.9", "/metrics")).status_code == 404
