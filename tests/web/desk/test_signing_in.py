"""Who gets in, who does not, and what a form needs."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from tests.web.desk.conftest import PASSWORD, TOKEN, Arrive, Person, path_of
from web.accounts.attempts import PER_NAME_AND_VISITOR
from web.desk.routers import ROUTERS
from web.parts import Parts
from web.tables import log, sessions

OPEN_TO_ALL = {"/redactie/aanmelden", "/redactie/aanmelden/organisatie", "/redactie/aanmelden/terug"}
ROUTES = [
    (method, route.path)  # type: ignore[attr-defined]
    for router in ROUTERS
    for route in router.routes
    for method in sorted(route.methods)  # type: ignore[attr-defined]
    if route.path not in OPEN_TO_ALL  # type: ignore[attr-defined]
]
SOME_ID = "00000000-0000-0000-0000-000000000000"


async def test_whoever_signs_in_comes_where_they_wanted_to_be(visitor: Person) -> None:
    refused = await visitor.client.get("/redactie/meldingen?status=klaar")
    assert refused.status_code == 303
    assert refused.headers["Location"] == "/redactie/aanmelden?naar=/redactie/meldingen%3Fstatus%3Dklaar"

    response = await visitor.sign_in("Anna", wanted="/redactie/meldingen?status=klaar")

    assert response.headers["Location"] == "/redactie/meldingen?status=klaar"
    cookie = response.headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Meldingen" in await visitor.see("/redactie/meldingen")


@pytest.mark.parametrize("wanted", ["https://elders.nl", "//elders.nl", "/redactie.elders.nl", "/api/v1/ask"])
async def test_signing_in_leads_nowhere_but_to_the_desk(visitor: Person, wanted: str) -> None:
    response = await visitor.sign_in("anna", wanted=wanted)

    assert response.headers["Location"] == "/redactie"


async def test_over_https_the_cookie_belongs_to_this_very_site(app: FastAPI, parts: Parts) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://test") as client:
        person = Person(client)
        response = await person.sign_in("anna")

        assert response.headers["Set-Cookie"].startswith("__Host-redactie=")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(response.headers["Set-Cookie"].split("; "))
        assert "Overzicht" in await person.see("/redactie")


@pytest.mark.parametrize(("name", "password"), [("anna", "verkeerd wachtwoord"), ("niemand", PASSWORD)])
async def test_a_wrong_name_and_a_wrong_password_look_the_same(visitor: Person, name: str, password: str) -> None:
    response = await visitor.sign_in(name, password)

    assert response.status_code == 422
    assert "Deze naam en dit wachtwoord horen niet bij elkaar." in response.text
    assert (await visitor.client.get("/redactie")).status_code == 303


async def test_guessing_is_told_to_wait(visitor: Person) -> None:
    for _ in range(PER_NAME_AND_VISITOR):
        await visitor.sign_in("anna", "verkeerd wachtwoord")

    response = await visitor.sign_in("anna")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "Wacht 15 minuten" in response.text


async def test_the_sign_in_form_of_another_site_is_refused(visitor: Person) -> None:
    await visitor.see("/redactie/aanmelden")

    data = {"naam": "anna", "wachtwoord": PASSWORD, "csrf": "van een andere site"}
    response = await visitor.client.post("/redactie/aanmelden", data=data)

    assert response.status_code == 403
    assert "redactie=" not in response.headers["Set-Cookie"].replace("redactie-formulier=", "")


async def test_signing_out_ends_the_session_also_for_a_copied_cookie(editor: Person, parts: Parts) -> None:
    (before,) = await parts.database.read(select(sessions))

    response = await editor.post("/redactie", "/redactie/afmelden")

    assert path_of(response) == "/redactie/aanmelden"
    assert before.digest not in [row.digest for row in await parts.database.read(select(sessions))]
    assert (await editor.client.get("/redactie")).status_code == 303


async def test_nothing_at_the_desk_is_open_to_visitors(visitor: Person) -> None:
    answers = {}
    for method, path in ROUTES:
        address = path.replace("{id}", SOME_ID)
        answers[method, path] = await visitor.client.request(method, address, data={} if method == "POST" else None)

    assert len(answers) > 25
    assert {one: answer.status_code for one, answer in answers.items() if answer.status_code != 303} == {}
    assert {path_of(answer) for answer in answers.values()} == {"/redactie/aanmelden"}


async def test_a_form_without_the_token_of_the_session_is_refused(chief: Person, editor: Person, parts: Parts) -> None:
    of_another = TOKEN.search(await editor.see("/redactie"))
    assert of_another is not None
    forms = [(path, token) for method, path in ROUTES if method == "POST" for token in ("", of_another[1])]

    answers = [
        (await chief.client.post(path.replace("{id}", SOME_ID), data={"csrf": token})).status_code
        for path, token in forms
    ]

    assert dict(zip(forms, answers, strict=True)) == dict.fromkeys(forms, 403)
    assert await parts.database.read(select(log)) == []


@pytest.mark.parametrize("page", ["/redactie/mensen", "/redactie/pauze"])
async def test_what_is_for_chief_editors_is_closed_to_editors(editor: Person, page: str) -> None:
    read = await editor.client.get(page)
    written = await editor.post("/redactie", page, aan="ja", bericht="stil", naam="iemand")

    assert (read.status_code, written.status_code) == (403, 403)
    assert page not in await editor.see("/redactie")


async def test_a_session_that_ended_sends_htmx_to_the_form_as_a_whole_page(visitor: Person) -> None:
    response = await visitor.client.get("/redactie/bronnen", headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/redactie/aanmelden?naar=/redactie/bronnen"


async def test_people_are_added_changed_and_shut_out(chief: Person, arrive: Arrive, parts: Parts) -> None:
    people = "/redactie/mensen"
    added = await chief.post(people, people, naam="Jan", rol="redacteur", wachtwoord=PASSWORD)
    assert path_of(added) == people
    jan = await arrive()
    assert (await jan.sign_in("jan")).status_code == 303
    (account,) = [editor for editor in await parts.accounts.editors.all() if editor.name == "jan"]

    await chief.post(people, f"{people}/{account.id}", rol="redacteur")

    assert (await jan.client.get("/redactie")).status_code == 303
    assert (await jan.sign_in("jan")).status_code == 422
    assert [row.action for row in await parts.database.read(select(log).order_by(log.c.id))] == [
        "account toegevoegd",
        "aangemeld",
        "account veranderd",
    ]


async def test_the_last_chief_is_told_why_they_cannot_leave(chief: Person, parts: Parts) -> None:
    (account,) = [editor for editor in await parts.accounts.editors.all() if editor.is_chief]

    response = await chief.post("/redactie/mensen", f"/redactie/mensen/{account.id}", rol="redacteur", toegang="ja")

    assert response.status_code == 422
    assert "Er moet een hoofdredacteur overblijven." in response.text


async def test_an_editor_changes_their_own_password(editor: Person, arrive: Arrive) -> None:
    page = "/redactie/wachtwoord"
    wrong = await editor.post(page, page, huidig="niet dit", nieuw="een nieuw lang wachtwoord")
    right = await editor.post(page, page, huidig=PASSWORD, nieuw="een nieuw lang wachtwoord")

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert (await (await arrive()).sign_in("anna", "een nieuw lang wachtwoord")).status_code == 303
