"""Signing in through an organisation: a small issuer with real keys, and all the ways in which that is refused."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.common.encoding import urlsafe_b64encode
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from sqlalchemy import select

from assistant.settings import Settings
from tests.web.desk.conftest import Arrive, Person, path_of
from web.accounts import openid
from web.accounts.editors import Role
from web.app import create_app
from web.parts import Parts
from web.tables import editors, sessions

ISSUER = "https://id.voorbeeld.nl"
START = "/redactie/aanmelden/organisatie?naar=/redactie/meldingen"
KEY, STRANGER = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})

Change = Callable[[dict[str, Any]], object]


class Issuer:
    """An OpenID Connect issuer in this process; a test changes what it answers."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "42", "email": "anna@voorbeeld.nl", "email_verified": True}
        self.key: RSAKey | OctKey = KEY
        self.algorithm = "RS256"
        self.metadata: dict[str, str] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/aanmelden",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/sleutels",
        }
        self.asked: dict[str, str] = {}
        self.is_away = False

    def consent(self, address: str) -> str:
        """The visitor signs in at the issuer; where the browser is sent back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"{self.asked['redirect_uri']}?code=een-code&state={self.asked['state']}"

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.is_away:
            raise httpx.ConnectError("away", request=request)
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self.metadata)
        if request.url.path == "/sleutels":
            return httpx.Response(200, json=KeySet([KEY]).as_dict(private=False))
        sent = parse_qs(request.content.decode())
        challenge = urlsafe_b64encode(sha256(sent["code_verifier"][0].encode()).digest()).decode()
        right_client = request.headers.get("Authorization", "").startswith("Basic ")
        if sent["code"] != ["een-code"] or challenge != self.asked["code_challenge"] or not right_client:
            return httpx.Response(400, json={"error": "invalid_grant"})
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "markewijzer", "exp": now + 300, "iat": now, "nonce": self.asked["nonce"]}
        header = {"alg": self.algorithm, "kid": "1"}
        token = jwt.encode(header, claims | self.claims, self.key, algorithms=[self.algorithm])
        return httpx.Response(200, json={"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Issuer:
    issuer = Issuer()

    transport = httpx.MockTransport(issuer.answer)
    monkeypatch.setattr(openid, "open_client", lambda: httpx.AsyncClient(transport=transport))
    return issuer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    oidc = {"oidc_issuer": ISSUER, "oidc_client_id": "markewijzer", "oidc_client_secret": "geheim"}
    return Settings(data_dir=tmp_path, rate_limit="off", **oidc)  # type: ignore[arg-type]


@pytest.fixture
async def anna(parts: Parts) -> None:
    """An account without a password, for whoever has this address at the issuer."""
    await parts.accounts.editors.add("anna@voorbeeld.nl", Role.EDITOR, None)


async def go_round(person: Person, issuer: Issuer) -> httpx.Response:
    """To the issuer and back."""
    away = await person.client.get(START)
    assert away.status_code == 303
    return await person.client.get(issuer.consent(away.headers["Location"]))


@pytest.mark.usefixtures("anna")
async def test_whoever_has_an_account_comes_in(visitor: Person, issuer: Issuer, parts: Parts) -> None:
    assert "Aanmelden via je organisatie" in await visitor.see("/redactie/aanmelden")

    response = await go_round(visitor, issuer)

    assert path_of(response) == "/redactie/meldingen"
    assert "anna@voorbeeld.nl" in await visitor.see("/redactie")
    assert {"openid", "email"} == set(issuer.asked["scope"].split())
    assert issuer.asked["code_challenge_method"] == "S256"
    (row,) = await parts.database.read(select(editors).where(editors.c.subject.is_not(None)))
    assert row.subject == f"{ISSUER}#42"


@pytest.mark.usefixtures("anna")
async def test_another_address_later_is_still_the_same_person(arrive: Arrive, issuer: Issuer) -> None:
    await go_round(await arrive(), issuer)
    issuer.claims = {"sub": "42"}

    assert path_of(await go_round(await arrive(), issuer)) == "/redactie/meldingen"


CHANGES: dict[str, Change] = {
    "no account": lambda i: i["claims"].update(email="vreemd@voorbeeld.nl"),
    "an address that was not confirmed": lambda i: i["claims"].update(email_verified=False),
    "an address that says it is confirmed in words": lambda i: i["claims"].update(email_verified="false"),
    "for another program": lambda i: i["claims"].update(aud="een ander"),
    "of another issuer": lambda i: i["claims"].update(iss="https://vals.nl"),
    "too old": lambda i: i["claims"].update(exp=int(time.time()) - 3600),
    "of another sign-in": lambda i: i["claims"].update(nonce="van eerder"),
    "without a subject": lambda i: i["claims"].pop("sub"),
    "signed by a stranger": lambda i: i.update(key=STRANGER),
    "signed with our own secret": lambda i: i.update(key=OctKey.import_key("geheim" * 8), algorithm="HS256"),
    "an issuer that calls itself something else": lambda i: i["metadata"].update(issuer="https://vals.nl"),
}


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_nobody_comes_in_with(visitor: Person, issuer: Issuer, parts: Parts, change: Change) -> None:
    away = await visitor.client.get(START)
    back = issuer.consent(away.headers["Location"])
    change(vars(issuer))

    response = await visitor.client.get(back)

    assert response.headers["Location"] == "/redactie/aanmelden?geweigerd=1"
    assert await parts.database.read(select(sessions)) == []
    refused = await visitor.client.get("/redactie/aanmelden?geweigerd=1")
    assert "is niet gelukt" in refused.text


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("state", ["", "van een ander"])
async def test_the_state_must_be_the_one_that_was_sent_along(visitor: Person, issuer: Issuer, state: str) -> None:
    away = await visitor.client.get(START)
    issuer.consent(away.headers["Location"])

    response = await visitor.client.get(f"/redactie/aanmelden/terug?code=een-code&state={state}")

    assert response.headers["Location"] == "/redactie/aanmelden?geweigerd=1"


@pytest.mark.usefixtures("anna")
async def test_somebody_elses_way_back_is_of_no_use(arrive: Arrive, issuer: Issuer) -> None:
    away = await (await arrive()).client.get(START)

    response = await (await arrive()).client.get(issuer.consent(away.headers["Location"]))

    assert response.headers["Location"] == "/redactie/aanmelden?geweigerd=1"


async def test_an_issuer_that_is_away_is_said_in_dutch(visitor: Person, issuer: Issuer) -> None:
    issuer.is_away = True

    response = await visitor.client.get(START)

    assert response.status_code == 503
    assert "Je organisatie is nu niet bereikbaar." in response.text


@pytest.mark.parametrize("page", ["organisatie", "terug"])
async def test_where_no_organisation_is_set_its_pages_are_not_there(tmp_path: Path, page: str) -> None:
    site = create_app(Settings(data_dir=tmp_path))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://test") as client:
        assert (await client.get(f"/redactie/aanmelden/{page}")).status_code == 404


def test_a_server_that_needs_no_organisation_does_not_wait_for_it() -> None:
    seen = "import sys, web.app; sys.exit(bool({'joserfc', 'authlib', 'cryptography'} & sys.modules.keys()))"

    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0
