"""What another website can make a browser do with us: send forms, choose a session, frame a page, lead somebody on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.routing import BaseRoute

from assistant.settings import Settings
from tests.web.desk.conftest import PASSWORD, Arrive, Person
from tests.web.fake_assistant import SUGGESTION, FakeAssistant
from web.app import create_app
from web.parts import Parts
from web.tables import ratings, reports, turns

EVIL = "https://kwaad.voorbeeld"
SOME_ID = "00000000-0000-0000-0000-000000000000"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain")
"""What a form on another website can send without asking us first."""
STRANGERS = (
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://[::1"},
    {"Origin": "http://test.kwaad.voorbeeld"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://test"},
)
ELSEWHERE = (
    EVIL,
    "//kwaad.voorbeeld",
    "///kwaad.voorbeeld",
    "/\\kwaad.voorbeeld",
    "\\\\kwaad.voorbeeld",
    "/redactie.kwaad.voorbeeld",
    "/redactie@kwaad.voorbeeld",
    "/redactie:x@kwaad.voorbeeld",
    "https:kwaad.voorbeeld",
    "javascript:pwn()",
    "data:text/html,x",
    " //kwaad.voorbeeld",
    "\t//kwaad.voorbeeld",
    "/\t/kwaad.voorbeeld",
    "/redactie/../../\\kwaad.voorbeeld",
    "http://test@kwaad.voorbeeld/redactie",
    "https://kwaad.voorbeeld#/redactie/",
    "/redactie\r\nLocation: https://kwaad.voorbeeld",
)


def routes(app: FastAPI, method: str) -> Iterator[str]:
    """Every address of the app for a method, filled in."""
    for route in all_routes(app.routes):
        if method in (getattr(route, "methods", None) or ()):
            path = str(route.path).replace("{digest}", "x").replace("{name}", "emmen")  # type: ignore[attr-defined]
            for name in ("{id}", "{conversation}", "{turn}", "{generation}"):
                path = path.replace(name, SOME_ID)
            yield path


def all_routes(found: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The routes, and those of the routers among them."""
    for route in found:
        if router := getattr(route, "original_router", None):
            yield from all_routes(router.routes)
        else:
            yield route


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
async def test_no_form_of_another_website_does_anything(
    client: httpx.AsyncClient, parts: Parts, headers: dict[str, str]
) -> None:
    kept = (await client.post("/api/v1/ask", json={"question": SUGGESTION})).json()
    ours = {"beurt": kept["turn"], "gesprek": kept["conversation"]}
    forms = {
        "/vraag": {"vraag": "Wie helpt mij?", **ours},
        "/oordeel": {"hielp": "nee", **ours},
        "/melding": {"bron": "emmen-sedna", "tekst": "klopt niet", **ours},
        "/wissen": ours,
    }

    answers = {path: (await client.post(path, data=form, headers=headers)).status_code for path, form in forms.items()}

    assert answers == dict.fromkeys(forms, 403)
    assert len(await parts.database.read(select(turns))) == 1
    assert [*await parts.database.read(select(ratings)), *await parts.database.read(select(reports))] == []


async def test_somebody_in_danger_is_answered_wherever_the_form_stands(client: httpx.AsyncClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": EVIL, "HX-Request": "true"}

    response = await client.post("/vraag", data={"vraag": "ik wil dood"}, headers=headers)

    assert response.status_code == 200
    assert "113" in response.text


async def test_no_call_of_the_api_takes_what_a_form_can_send(app: FastAPI, client: httpx.AsyncClient) -> None:
    calls = [path for path in routes(app, "POST") if path.startswith(("/api/", "/v1/", "/mcp"))]
    body = b'{"question": "Wie helpt mij?", "turn": "%s", "helped": true}' % SOME_ID.encode()

    for path in calls:
        for kind in FORMS:
            response = await client.post(path, content=body, headers={"Content-Type": kind, "Origin": EVIL})
            assert response.status_code in {400, 401, 404, 415, 422}, (path, kind)
    assert len(calls) >= 3


async def test_no_other_website_may_read_an_answer(app: FastAPI, client: httpx.AsyncClient) -> None:
    for path in dict.fromkeys([*routes(app, "GET"), *routes(app, "POST")]):
        asked = {"Origin": EVIL, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x"}
        before = await client.options(path, headers=asked)
        after = await client.get(path, headers={"Origin": EVIL})

        assert not [name for name in (*before.headers, *after.headers) if name.startswith("access-control-")], path


async def test_only_the_widget_can_be_framed(app: FastAPI, client: httpx.AsyncClient) -> None:
    addresses = [path for path in routes(app, "GET") if not path.endswith("/stroom")]
    framed = {}
    for path in addresses:
        policy = (await client.get(path)).headers["Content-Security-Policy"]
        framed[path] = policy.partition("frame-ancestors ")[2]

    assert len(framed) > 40
    assert {path: who for path, who in framed.items() if who != "'none'"} == {"/widget": "'self'"}


async def test_signing_in_never_continues_a_session_that_somebody_else_chose(arrive: Arrive, parts: Parts) -> None:
    attacker, victim = await arrive(), await arrive()
    await attacker.sign_in("anna")
    chosen = attacker.client.cookies["redactie"]
    victim.client.cookies.set("redactie", chosen, domain="test.local")

    response = await victim.sign_in("chef")

    given = response.headers["Set-Cookie"].partition("redactie=")[2].partition(";")[0]
    assert given
    assert given != chosen
    session = await parts.accounts.sessions.find(chosen)
    assert session is not None
    assert session.editor.name == "anna"


async def test_a_session_that_we_did_not_give_is_none(visitor: Person) -> None:
    for token in ("", "x", "redactie", "' OR 1=1 --", "%00", "a" * 8000, "ÿ"):
        response = await visitor.client.get("/redactie", headers={b"Cookie": f"redactie={token}".encode("latin-1")})
        assert response.status_code == 303, token


@pytest.mark.parametrize("wanted", ELSEWHERE)
async def test_nothing_after_signing_in_leads_to_another_website(visitor: Person, wanted: str) -> None:
    token = await visitor.see(f"/redactie/aanmelden?naar={quote(wanted)}")
    csrf = token.partition('name="csrf" value="')[2].partition('"')[0]
    form = {"naam": "anna", "wachtwoord": PASSWORD, "naar": wanted, "csrf": csrf}

    response = await visitor.client.post("/redactie/aanmelden", data=form)

    assert response.status_code == 303
    assert leads_to(response) == "test"


@pytest.mark.parametrize(
    "path",
    [
        "//kwaad.voorbeeld/",
        "//kwaad.voorbeeld/zoeken/",
        "/\\kwaad.voorbeeld/",
        "/zoeken//",
        "/gemeente/EMMEN%2F..%2F%2Fkwaad",
        "/redactie//kwaad.voorbeeld",
        "/%2F%2Fkwaad.voorbeeld/",
        "/gemeente/%5C%5Ckwaad.voorbeeld",
        "/%0d%0aLocation:x/",
    ],
)
async def test_no_address_of_ours_leads_to_another_website(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(httpx.URL("http://test").copy_with(raw_path=path.encode()))

    assert response.status_code < 500
    assert "Location" not in response.headers or leads_to(response) == "test"


async def test_leaving_goes_to_the_one_address_that_the_operator_chose(client: httpx.AsyncClient) -> None:
    response = await client.post("/wissen", data={"weg": "1", "exit_url": EVIL, "naar": EVIL, "site": EVIL})

    assert response.headers["Location"] == "https://www.buienradar.nl"


async def test_over_https_a_browser_never_comes_back_without_it(app: FastAPI, client: httpx.AsyncClient) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://test") as safe:
        answers = [await safe.get(path) for path in ("/", "/niets", "/api/v1/search", "/redactie/aanmelden")]

    assert {answer.headers["Strict-Transport-Security"] for answer in answers} == {"max-age=31536000"}
    assert "Secure" in answers[-1].headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in (await client.get("/")).headers


async def test_a_page_with_the_token_of_a_session_is_never_packed(editor: Person, client: httpx.AsyncClient) -> None:
    packed = await client.get("/over", headers={"Accept-Encoding": "gzip"})
    desk = await editor.client.get("/redactie/bronnen?q=csrf", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "csrf" in desk.text
    assert "Content-Encoding" not in desk.headers


async def test_whoever_finds_a_weakness_reads_where_to_report_it(tmp_path: Path, client: httpx.AsyncClient) -> None:
    operated = Settings(data_dir=tmp_path, rate_limit="off", operator_email="veilig@voorbeeld.nl")
    app = create_app(operated, FakeAssistant())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as there:
        response = await there.get("/security.txt", follow_redirects=True)

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:veilig@voorbeeld.nl\nExpires: 20" in response.text
    assert (await client.get("/.well-known/security.txt")).status_code == 404


def leads_to(response: httpx.Response) -> str:
    """The host that a browser ends up at; it reads a backslash as a slash and leaves out tabs."""
    location = response.headers["Location"].replace("\\", "/").replace("\t", "").strip()
    return urlsplit(urljoin("http://test/", location)).netloc
