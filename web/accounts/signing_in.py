"""The pages on which an editor signs in and out."""

from __future__ import annotations

import logging
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from web.desk.entry import HOME, SIGN_IN, WithSession, check_token, cookie_name, go, let_in
from web.desk.log import write_log
from web.fields import WholeText
from web.parts import Parts, WithParts
from web.rate_limit import visitor_of

router = APIRouter(include_in_schema=False)
logger = logging.getLogger(__name__)

FORM_COOKIE = "redactie-formulier"
"""Holds the token of the sign-in form; who is not signed in has no session to keep it in."""

WRONG = "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk ze na en probeer het nog eens."
EXPIRED = "Dit formulier was verlopen. Vul het nog een keer in."
WAIT = "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht {minutes} en probeer het dan weer."
OPENID_REFUSED = "Aanmelden via je organisatie is niet gelukt. Vraag een hoofdredacteur of je een account hebt."


class SignInForm(BaseModel):
    """A name and a password; `naar` is the page that was wanted."""

    naam: Annotated[WholeText, Field(max_length=200)] = ""
    wachtwoord: Annotated[WholeText, Field(max_length=1000)] = ""
    naar: str = HOME
    csrf: str = ""


@router.get(SIGN_IN)
async def get_sign_in(
    request: Request, parts: WithParts, naar: Annotated[str, Query()] = HOME, geweigerd: bool = False
) -> HTMLResponse:
    """The form."""
    return show(parts, request, naar, OPENID_REFUSED if geweigerd else None, 403 if geweigerd else 200)


@router.post(SIGN_IN)
async def post_sign_in(form: Annotated[SignInForm, Form()], request: Request, parts: WithParts) -> Response:
    """Signs in, or says why not."""
    token = request.cookies.get(FORM_COOKIE, "")
    if not token or not secrets.compare_digest(token.encode(), form.csrf.encode()):
        return show(parts, request, form.naar, EXPIRED, 403, form.naam)
    outcome = await parts.accounts.sign_in(form.naam, form.wachtwoord, visitor_of(request))
    if isinstance(outcome, int):
        logger.warning("somebody could not sign in at the desk")
        if outcome == 0:
            return show(parts, request, form.naar, WRONG, 422, form.naam)
        minutes = "een minuut" if outcome <= 60 else f"{-(-outcome // 60)} minuten"
        refusal = show(parts, request, form.naar, WAIT.format(minutes=minutes), 429, form.naam)
        refusal.headers["Retry-After"] = str(outcome)
        return refusal
    await write_log(parts.database, outcome.editor.name, "aangemeld", outcome.editor.name)
    return let_in(request, outcome, form.naar)


@router.post(f"{HOME}/afmelden")
async def post_sign_out(request: Request, parts: WithParts, session: WithSession) -> RedirectResponse:
    """Ends the session, also for whoever copied the cookie."""
    await check_token(request, session)
    await parts.accounts.sessions.end(session.token)
    response = go(SIGN_IN)
    response.delete_cookie(cookie_name(request), secure=request.url.scheme == "https", httponly=True, samesite="lax")
    return response


def show(
    parts: Parts, request: Request, page: str, problem: str | None, status: int = 200, name: str = ""
) -> HTMLResponse:
    """The form, with a token that is also in a cookie."""
    token = secrets.token_urlsafe(24)
    values = {"page": page, "name": name, "problem": problem, "csrf": token, "openid": parts.settings.has_openid}
    response = parts.templates.render("desk/sign_in.html", status, **values)
    secure = request.url.scheme == "https"
    response.set_cookie(FORM_COOKIE, token, path=SIGN_IN, secure=secure, httponly=True, samesite="strict")
    return response
