"""The door of the desk: every page knows who is signed in, every form carries its token, and every act is logged."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.accounts.editors import Editor
from web.accounts.sessions import LASTS, Session
from web.desk.log import write_log
from web.parts import Parts, WithParts
from web.problems import Problem

HOME = "/redactie"
SIGN_IN = "/redactie/aanmelden"

DONE: Mapping[str, str] = {
    "opgeslagen": "Opgeslagen.",
    "toegevoegd": "Toegevoegd.",
    "verwijderd": "Verwijderd.",
    "wachtwoord": "Het wachtwoord is veranderd. Wie was aangemeld, moet dat opnieuw doen.",
    "gepauzeerd": "Markewijzer geeft nu geen antwoorden. Bij een crisis blijft de hulp wel staan.",
    "hervat": "Markewijzer geeft weer antwoorden.",
    "bijgewerkt": "De vragen zijn opnieuw gegroepeerd.",
    "gepubliceerd": "Gepubliceerd. Markewijzer antwoordt nu met deze versie.",
    "afgewezen": "Afgewezen. Er verandert niets voor bezoekers.",
    "teruggezet": "Teruggezet. Markewijzer antwoordt nu weer met deze versie.",
    "besloten": "Je besluit is bewaard. Het telt mee vanaf de volgende verversing.",
    "bron": "De bron is opgeslagen. Na de volgende verversing gebruikt Markewijzer hem.",
}
"""What a page says after an act; the address only carries the key."""

MENU: Sequence[tuple[str, str, bool]] = (
    (HOME, "Overzicht", False),
    (f"{HOME}/meldingen", "Meldingen", False),
    (f"{HOME}/open-vragen", "Open vragen", False),
    (f"{HOME}/bronnen", "Bronnen", False),
    (f"{HOME}/websites", "Websites", False),
    (f"{HOME}/verversen", "Verversen", False),
    (f"{HOME}/berichten", "Berichten", False),
    (f"{HOME}/vaste-antwoorden", "Vaste antwoorden", False),
    (f"{HOME}/proefbank", "Proefbank", False),
    (f"{HOME}/kwaliteit", "Kwaliteit", False),
    (f"{HOME}/mensen", "Mensen", True),
    (f"{HOME}/pauze", "Pauze", True),
    (f"{HOME}/logboek", "Logboek", False),
)
"""Address, name, and whether only a chief editor may go there."""


class NotSignedIn(Exception):
    """Somebody has to sign in first; `page` is where they wanted to go."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


async def session_of(request: Request, parts: WithParts) -> Session:
    """The session of whoever asks. Raises `NotSignedIn`."""
    token = request.cookies.get(cookie_name(request))
    session = await parts.accounts.sessions.find(token) if token else None
    if session is None:
        wanted = request.url.path if request.method == "GET" else HOME
        raise NotSignedIn(f"{wanted}?{request.url.query}" if request.url.query and request.method == "GET" else wanted)
    return session


WithSession = Annotated[Session, Depends(session_of)]


async def check_token(request: Request, session: WithSession) -> None:
    """Refuses a form that did not come from a page of this session. Raises `Problem` 403."""
    if request.method in {"GET", "HEAD"}:
        return
    sent = (await request.form()).get("csrf")
    if not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), session.csrf.encode()):
        raise Problem(403, "Dit formulier is verlopen. Ga terug, vernieuw de pagina en probeer het opnieuw.")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page of an editor works with."""

    request: Request
    parts: Parts
    session: Session

    @property
    def editor(self) -> Editor:
        """Who is signed in."""
        return self.session.editor

    def show(self, name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        """A page of the desk."""
        done = DONE.get(self.request.query_params.get("gedaan", ""))
        return self.parts.templates.render(f"desk/{name}.html", status, desk=self, done=done, **values)

    @property
    def menu(self) -> Sequence[tuple[str, str, bool]]:
        """Address, name, and whether only a chief editor may go there."""
        return MENU

    def is_at(self, address: str) -> bool:
        """Whether the page that is shown is this one, or a page below it."""
        path = self.request.url.path
        return path == address or (address != HOME and path.startswith(f"{address}/"))

    async def note(self, action: str, subject: str, **details: Any) -> None:
        """Writes in the log what this editor did, which counts for answers from now on."""
        self.parts.interventions.forget()
        await write_log(self.parts.database, self.editor.name, action, subject, details)


async def desk_of(request: Request, parts: WithParts, session: WithSession) -> Desk:
    """The desk for whoever is signed in."""
    return Desk(request, parts, session)


async def chief_desk_of(request: Request, parts: WithParts, session: WithSession) -> Desk:
    """The desk for a chief editor. Raises `Problem` 403."""
    if not session.editor.is_chief:
        raise Problem(403, "Dit mag alleen een hoofdredacteur. Vraag het aan een collega die dat is.")
    return Desk(request, parts, session)


WithDesk = Annotated[Desk, Depends(desk_of)]
WithChiefDesk = Annotated[Desk, Depends(chief_desk_of)]


def desk_router() -> APIRouter:
    """A router of which every route needs a session, and every form its token."""
    return APIRouter(prefix=HOME, include_in_schema=False, dependencies=[Depends(check_token)])


def go(address: str, done: str = "", **query: str) -> RedirectResponse:
    """To another page after a form; `done` is a key of `DONE`."""
    chosen = {name: value for name, value in {"gedaan": done, **query}.items() if value}
    return RedirectResponse(f"{address}?{urlencode(chosen)}" if chosen else address, status_code=303)


def cookie_name(request: Request) -> str:
    """With https the browser itself guards that only this very site sets the cookie."""
    return "__Host-redactie" if request.url.scheme == "https" else "redactie"


def let_in(request: Request, session: Session, page: str) -> RedirectResponse:
    """To the page that was wanted, with the cookie of a new session."""
    response = go(page if page == HOME or page.startswith((f"{HOME}/", f"{HOME}?")) else HOME)
    response.set_cookie(
        cookie_name(request),
        session.token,
        max_age=int(LASTS.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


def handle_sign_in(app: FastAPI) -> None:
    """Sends whoever is not signed in to the form for that."""

    async def on_not_signed_in(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, NotSignedIn)
        address = f"{SIGN_IN}?naar={quote(exc.page)}"
        if request.headers.get("HX-Request"):
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, status_code=303)

    app.add_exception_handler(NotSignedIn, on_not_signed_in)
