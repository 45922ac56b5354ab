"""Who may enter the desk; and for everybody, their own password."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Form
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from web.accounts.editors import Editor, LastChief, NameTaken, Role, folded
from web.accounts.passwords import WeakPassword, is_password
from web.desk.entry import Desk, WithChiefDesk, WithDesk, desk_router, go
from web.fields import WholeText
from web.problems import Problem
from web.rate_limit import visitor_of

router = desk_router()

PEOPLE = "/redactie/mensen"
Password = Annotated[WholeText, Field(max_length=1000)]


class NewPerson(BaseModel):
    """Somebody to add; without a password they come in through OpenID Connect."""

    naam: Annotated[WholeText, Field(max_length=120)] = ""
    rol: Role = Role.EDITOR
    wachtwoord: Password = ""


class Change(BaseModel):
    """Another role, or in or out: a form sends nothing for a box that is not ticked."""

    rol: Role
    toegang: str = ""


class NewPassword(BaseModel):
    """A password that a chief editor gives somebody."""

    wachtwoord: Password = ""


class OwnPassword(BaseModel):
    """The password of now and the one to come."""

    huidig: Password = ""
    nieuw: Password = ""


@router.get("/mensen")
async def get_people(desk: WithChiefDesk) -> HTMLResponse:
    """Everybody, with what can be changed."""
    return await show(desk)


@router.post("/mensen")
async def post_person(form: Annotated[NewPerson, Form()], desk: WithChiefDesk) -> Response:
    """Adds somebody."""
    if not folded(form.naam):
        return await show(desk, "Vul een naam of een e-mailadres in.")
    try:
        editor = await desk.parts.accounts.editors.add(form.naam, form.rol, form.wachtwoord or None)
    except (WeakPassword, NameTaken) as exc:
        return await show(desk, str(exc), form.naam)
    await desk.note("account toegevoegd", editor.name, rol=form.rol.value)
    return go(PEOPLE, "toegevoegd")


@router.post("/mensen/{id}")
async def post_change(id: UUID, form: Annotated[Change, Form()], desk: WithChiefDesk) -> Response:
    """Changes what somebody may do."""
    editor = await known(desk, id)
    active = form.toegang == "ja"
    try:
        await desk.parts.accounts.editors.change(id, role=form.rol, active=active)
    except LastChief as exc:
        return await show(desk, str(exc))
    await desk.note("account veranderd", editor.name, rol=form.rol.value, toegang="ja" if active else "nee")
    return go(PEOPLE, "opgeslagen")


@router.post("/mensen/{id}/wachtwoord")
async def post_password(id: UUID, form: Annotated[NewPassword, Form()], desk: WithChiefDesk) -> Response:
    """Gives somebody another password."""
    editor = await known(desk, id)
    try:
        await desk.parts.accounts.editors.set_password(id, form.wachtwoord)
    except WeakPassword as exc:
        return await show(desk, str(exc))
    await desk.note("wachtwoord veranderd", editor.name)
    return go(PEOPLE, "wachtwoord")


@router.get("/wachtwoord")
async def get_own_password(desk: WithDesk) -> HTMLResponse:
    """The form for your own password."""
    return desk.show("password", problem=None)


@router.post("/wachtwoord")
async def post_own_password(form: Annotated[OwnPassword, Form()], desk: WithDesk) -> Response:
    """Changes your own password; guessing the old one is as slow as signing in."""
    accounts, name, visitor = desk.parts.accounts, desk.editor.name, visitor_of(desk.request)
    attempt = await accounts.attempts.begin(name, visitor)
    if attempt.seconds_to_wait:
        return desk.show("password", 429, problem="Er is te vaak een verkeerd wachtwoord ingevuld. Wacht een kwartier.")
    _, kept = await accounts.editors.with_password(name)
    if not await is_password(form.huidig, kept):
        return desk.show("password", 422, problem="Je wachtwoord van nu klopt niet.")
    await accounts.attempts.forgive(attempt)
    try:
        await accounts.editors.set_password(desk.editor.id, form.nieuw)
    except WeakPassword as exc:
        return desk.show("password", 422, problem=str(exc))
    await desk.note("wachtwoord veranderd", name)
    return go(PEOPLE if desk.editor.is_chief else "/redactie", "wachtwoord")


async def known(desk: Desk, id: UUID) -> Editor:
    """The editor with this id. Raises `Problem` 404."""
    editor = await desk.parts.accounts.editors.get(id)
    if editor is None:
        raise Problem(404, "Dit account is er niet.")
    return editor


async def show(desk: Desk, problem: str | None = None, typed: str = "") -> HTMLResponse:
    """The page, with what was wrong."""
    people = await desk.parts.accounts.editors.all()
    status = 422 if problem else 200
    return desk.show("people", status, people=people, roles=list(Role), problem=problem, typed=typed)
