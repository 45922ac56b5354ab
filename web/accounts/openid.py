"""Signing in through the editors' own organisation: OpenID Connect with the code flow and PKCE (Authlib)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote, unquote

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import (
    parse_authorization_code_response,
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from assistant.settings import Settings
from web.desk.entry import HOME, SIGN_IN, let_in
from web.desk.log import write_log
from web.parts import Parts, WithParts
from web.problems import Problem

router = APIRouter(include_in_schema=False)
logger = logging.getLogger(__name__)

START, BACK = f"{SIGN_IN}/organisatie", f"{SIGN_IN}/terug"
COOKIE = "redactie-organisatie"
"""Holds state, nonce, verifier and the wanted page while somebody is at their organisation."""
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures with a key pair; `none`, or one with our own secret, proves nothing."""
LONGEST_PAGE = 500
"""Characters of the wanted page that fit in a cookie next to the rest."""
LEEWAY = 60
"""Seconds that clocks may differ."""


class OpenIdFailed(Exception):
    """The organisation did not say in a way that we trust who this is."""


@router.get(START)
async def get_start(request: Request, parts: WithParts, naar: Annotated[str, Query()] = HOME) -> RedirectResponse:
    """To the sign-in page of the organisation."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    try:
        async with open_client() as client:
            metadata = await metadata_of(client, parts.settings)
    except (OpenIdFailed, httpx.HTTPError, ValueError) as exc:
        logger.error("OpenID Connect cannot be started: %s", exc)
        raise Problem(503, "Je organisatie is nu niet bereikbaar. Probeer het over een paar minuten nog eens.") from exc
    address = prepare_grant_uri(
        metadata["authorization_endpoint"],
        parts.settings.oidc_client_id,
        "code",
        redirect_uri=way_back(request),
        scope="openid email",
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    response = RedirectResponse(address, status_code=303)
    secure = request.url.scheme == "https"
    value = "|".join((state, nonce, verifier, quote(naar[:LONGEST_PAGE])))  # a cookie holds no other letters
    response.set_cookie(COOKIE, value, max_age=600, path=SIGN_IN, secure=secure, httponly=True, samesite="lax")
    return response


@router.get(BACK)
async def get_back(request: Request, parts: WithParts) -> RedirectResponse:
    """Back from the organisation: signs in whoever has an account with us."""
    kept = request.cookies.get(COOKIE, "").split("|", 3)
    try:
        if len(kept) != 4:
            raise OpenIdFailed("nobody left for the organisation from this browser, or too long ago")
        claims = await claims_of(parts.settings, request, *kept[:3])
    except (OpenIdFailed, AuthlibBaseError, JoseError, httpx.HTTPError, ValueError) as exc:
        logger.warning("somebody could not sign in through OpenID Connect: %s: %s", type(exc).__name__, exc)
        return refused()
    return await welcome(parts, request, claims, unquote(kept[3]))


async def welcome(parts: Parts, request: Request, claims: Mapping[str, Any], page: str) -> RedirectResponse:
    """A session for the account behind the claims; an account is made by a chief editor, never by signing in."""
    email = str(claims["email"]) if claims.get("email") and claims.get("email_verified") is True else None
    editor = await parts.accounts.editors.with_subject(f"{claims['iss']}#{claims['sub']}", email)
    if editor is None:
        logger.warning("somebody without an account signed in through OpenID Connect")
        return refused()
    session = await parts.accounts.sessions.start(editor)
    await write_log(parts.database, editor.name, "aangemeld via organisatie", editor.name)
    response = let_in(request, session, page)
    response.delete_cookie(COOKIE, path=SIGN_IN)
    return response


async def claims_of(settings: Settings, request: Request, state: str, nonce: str, verifier: str) -> Mapping[str, Any]:
    """Who the organisation says this is. Raises `OpenIdFailed`, or an error of Authlib, joserfc or httpx."""
    sent_back = parse_authorization_code_response(str(request.url), state)
    grant = {"code": sent_back["code"], "code_verifier": verifier, "redirect_uri": way_back(request)}
    secret = settings.oidc_client_secret
    known_by = (str(settings.oidc_client_id), secret.get_secret_value()) if secret else httpx.USE_CLIENT_DEFAULT
    public = {} if secret else {"client_id": settings.oidc_client_id}
    async with open_client() as client:
        metadata = await metadata_of(client, settings)
        form = prepare_token_request("authorization_code", **grant, **public)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await client.post(metadata["token_endpoint"], content=form, headers=headers, auth=known_by)
        token = answer.raise_for_status().json()
        keys = (await client.get(metadata["jwks_uri"])).raise_for_status().json()
    return checked_claims(str(token.get("id_token", "")), KeySet.import_key_set(keys), settings, nonce)


def checked_claims(id_token: str, keys: KeySet, settings: Settings, nonce: str) -> Mapping[str, Any]:
    """The claims of a token that the issuer signed, for us, now, and for this very sign-in. Raises `JoseError`."""
    token = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
    demands = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": str(settings.oidc_issuer)},
        aud={"essential": True, "value": str(settings.oidc_client_id)},
        sub={"essential": True},
        exp={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    demands.validate(token.claims)
    return token.claims


def open_client() -> httpx.AsyncClient:
    """A client for one visit to the organisation."""
    return httpx.AsyncClient(timeout=10)


def way_back(request: Request) -> str:
    """The address that the organisation sends the browser back to; it must be registered there."""
    return str(request.url.replace(path=BACK, query=""))


async def metadata_of(client: httpx.AsyncClient, settings: Settings) -> Mapping[str, Any]:
    """Where the organisation's pages are. Raises `OpenIdFailed` or `httpx.HTTPError`."""
    issuer = str(settings.oidc_issuer).rstrip("/")
    address = f"{issuer}/.well-known/openid-configuration"
    answer = await client.get(address)
    metadata: dict[str, Any] = answer.raise_for_status().json()
    wanted = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    if not wanted <= set(metadata) or metadata["issuer"] != settings.oidc_issuer:
        raise OpenIdFailed(f"{issuer} does not describe itself as that issuer")
    return metadata


def refused() -> RedirectResponse:
    """Back to the form, which says that it did not work."""
    response = RedirectResponse(f"{SIGN_IN}?geweigerd=1", status_code=303)
    response.delete_cookie(COOKIE, path=SIGN_IN)
    return response
