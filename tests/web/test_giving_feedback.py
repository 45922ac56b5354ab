"""A visitor tells whether an answer helped, or that a source is not right: by form, by script and by the API."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from web.feedback import REPORTS_PER_SOURCE
from web.parts import Parts
from web.tables import ratings, reports

HTMX = {"HX-Request": "true"}


async def asked(client: httpx.AsyncClient) -> dict[str, str]:
    """The turn and the conversation of a fresh answer, as the forms send them."""
    answer = (await client.post("/api/v1/ask", json={"question": "Waar ontmoet ik mensen?"})).json()
    return {"beurt": answer["turn"], "gesprek": answer["conversation"]}


async def rows(app: FastAPI, table: object) -> list[dict[str, object]]:
    parts: Parts = app.state.parts
    return [dict(row._mapping) for row in await parts.database.read(select(table))]  # type: ignore[call-overload]


async def test_a_rating_is_kept_and_asks_for_a_reason(client: httpx.AsyncClient, app: FastAPI) -> None:
    turn = await asked(client)

    html = (await client.post("/oordeel", data={**turn, "hielp": "nee"}, headers=HTMX)).text

    assert "Jammer" in html
    assert "Wat miste je?" in html
    assert [(row["helped"], row["reason"]) for row in await rows(app, ratings)] == [(False, None)]


async def test_a_reason_is_kept_without_personal_data(client: httpx.AsyncClient, app: FastAPI) -> None:
    turn = await asked(client)

    reason = {"hielp": "ja", "reden": "Bel mij op 06 12345678"}
    html = (await client.post("/oordeel", data={**turn, **reason}, headers=HTMX)).text

    assert "Hier kunnen we iets mee" in html
    assert "<form" not in html
    (row,) = await rows(app, ratings)
    assert row["helped"] is True
    assert "12345678" not in str(row["reason"])


async def test_a_report_is_kept(client: httpx.AsyncClient, app: FastAPI) -> None:
    turn = await asked(client)

    data = {**turn, "bron": "emmen-sedna", "tekst": "Dit is gesloten."}
    html = (await client.post("/melding", data=data, headers=HTMX)).text

    assert "De redactie kijkt ernaar." in html
    assert [(row["source"], row["text"]) for row in await rows(app, reports)] == [("emmen-sedna", "Dit is gesloten.")]


@pytest.mark.parametrize(
    ("path", "data"),
    [("/oordeel", {"hielp": "ja"}), ("/melding", {"bron": "emmen-sedna"})],
    ids=["rating", "report"],
)
async def test_without_a_script_the_thanks_lead_back(
    client: httpx.AsyncClient, path: str, data: dict[str, str]
) -> None:
    turn = await asked(client)

    html = (await client.post(path, data={**turn, **data})).text

    (back,) = re.findall(r'href="(/gesprek/[^"]+)">Terug naar je gesprek', html)
    assert f'id="{back.partition("#")[2]}"' in (await client.get(back)).text


async def test_a_report_from_the_page_of_a_source_is_kept(client: httpx.AsyncClient, app: FastAPI) -> None:
    data = {"bron": "emmen-sedna", "tekst": "Dit is gesloten. Mail jan@voorbeeld.nl"}
    html = (await client.post("/melding", data=data, headers=HTMX)).text

    assert "De redactie kijkt ernaar." in html
    (row,) = await rows(app, reports)
    assert (row["turn"], row["source"], row["text"]) == (None, "emmen-sedna", "Dit is gesloten. Mail [e-mail]")


async def test_without_a_script_the_thanks_lead_back_to_the_page_of_the_source(client: httpx.AsyncClient) -> None:
    html = (await client.post("/melding", data={"bron": "emmen-sedna", "beurt": "", "tekst": ""})).text

    (back,) = re.findall(r'href="([^"]+)">Terug naar de bron', html)
    assert back == "/bron/emmen-sedna"


@pytest.mark.parametrize("source", ["bestaat-niet", "https://kwaad.example/", "../redactie"])
async def test_a_report_on_a_source_that_is_not_there_is_not_thanked_for(
    client: httpx.AsyncClient, app: FastAPI, source: str
) -> None:
    response = await client.post("/melding", data={"bron": source}, headers=HTMX)

    assert response.status_code == 404
    assert "deze bron is er niet meer" in response.text
    assert await rows(app, reports) == []


async def test_when_a_source_was_reported_often_today_that_is_said(client: httpx.AsyncClient, app: FastAPI) -> None:
    parts: Parts = app.state.parts
    for _ in range(REPORTS_PER_SOURCE):
        await parts.feedback.report_page("emmen-sedna", None)

    response = await client.post("/melding", data={"bron": "emmen-sedna"}, headers=HTMX)

    assert response.status_code == 429
    assert "De redactie kijkt ernaar." in response.text


async def test_feedback_on_an_answer_that_is_gone_is_not_thanked_for(client: httpx.AsyncClient) -> None:
    gone = {"beurt": str(uuid4()), "gesprek": str(uuid4()), "hielp": "ja"}

    response = await client.post("/oordeel", data=gone, headers=HTMX)

    assert response.status_code == 404
    assert "thanks" not in response.text
    assert "Stel je vraag opnieuw" in response.text


@pytest.mark.parametrize("path", ["/oordeel", "/melding", "/wissen"])
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://kwaad.example"}],
    ids=["cross-site", "same-site", "origin"],
)
async def test_a_form_of_another_website_is_refused(
    client: httpx.AsyncClient, app: FastAPI, path: str, headers: dict[str, str]
) -> None:
    turn = await asked(client)

    response = await client.post(path, data={**turn, "hielp": "ja", "bron": "emmen-sedna"}, headers=headers)

    assert response.status_code == 403
    assert await rows(app, ratings) == []
    assert await rows(app, reports) == []
    assert (await client.get(f"/gesprek/{turn['gesprek']}")).status_code == 200


async def test_the_report_form_of_a_source_in_another_website_is_refused(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}

    response = await client.post("/melding", data={"bron": "emmen-sedna"}, headers=headers)

    assert response.status_code == 403
    assert await rows(app, reports) == []


async def test_a_form_of_our_own_passes(client: httpx.AsyncClient) -> None:
    turn = await asked(client)

    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://test"}
    response = await client.post("/oordeel", data={**turn, "hielp": "ja"}, headers=headers)

    assert response.status_code == 200


async def test_a_program_gives_feedback_too(client: httpx.AsyncClient, app: FastAPI) -> None:
    turn = (await asked(client))["beurt"]

    rated = await client.post("/api/v1/feedback", json={"turn": turn, "helped": False, "reason": "Te lang"})
    reported = await client.post("/api/v1/feedback", json={"turn": turn, "source": "emmen-sedna", "text": "Dicht"})

    assert rated.json() == reported.json() == {"stored": True}
    assert [row["reason"] for row in await rows(app, ratings)] == ["Te lang"]
    assert [row["text"] for row in await rows(app, reports)] == ["Dicht"]


@pytest.mark.parametrize(
    "body",
    [{}, {"helped": True, "source": "emmen-sedna"}, {"helped": True, "reason": "x" * 1001}, {"oordeel": "ja"}],
    ids=["neither", "both", "too long", "unknown field"],
)
async def test_feedback_that_is_not_clear_is_refused(client: httpx.AsyncClient, body: dict[str, object]) -> None:
    response = await client.post("/api/v1/feedback", json={"turn": str(uuid4()), **body})

    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_feedback_by_a_program_on_an_unknown_turn_says_so(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/feedback", json={"turn": str(uuid4()), "helped": True})

    assert response.status_code == 404
