"""Notices: what stands above matching answers for a while, such as a desk that is closed for a week."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Form
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import delete, insert, select

from assistant.domain import THEMES, TOPICS
from web.desk.entry import Desk, WithDesk, desk_router, go
from web.fields import BlankAsNone, ChosenMunicipality, ThemeName, TopicName, WholeText
from web.tables import notices

router = desk_router()

ADDRESS = "/redactie/berichten"


class NoticeForm(BaseModel):
    """A notice; the days are the first and the last, as YYYY-MM-DD. An empty choice means all."""

    tekst: Annotated[WholeText, Field(max_length=500)] = ""
    gemeente: ChosenMunicipality = None
    thema: Annotated[ThemeName | None, BlankAsNone] = None
    onderwerp: Annotated[TopicName | None, BlankAsNone] = None
    begin: str = Field(default_factory=lambda: date.today().isoformat())
    einde: str = ""


@router.get("/berichten")
async def get_notices(desk: WithDesk) -> HTMLResponse:
    """The notices, those that last longest first, and the form."""
    return await show(desk, NoticeForm(), None)


@router.post("/berichten")
async def post_notice(form: Annotated[NoticeForm, Form()], desk: WithDesk) -> Response:
    """Adds a notice."""
    if problem := problem_of(form):
        return await show(desk, form, problem)
    row = {
        "id": uuid4(),
        "text": form.tekst.strip(),
        "municipality": form.gemeente,
        "theme": form.thema,
        "topic": form.onderwerp,
        "starts": form.begin,
        "ends": form.einde,
        "created": datetime.now(UTC),
        "editor": desk.editor.name,
    }
    await desk.parts.database.write(insert(notices).values(row))
    await desk.note(
        "bericht geplaatst", form.tekst.strip(), van=form.begin, tot=form.einde, gemeente=form.gemeente or "alle"
    )
    return go(ADDRESS, "toegevoegd")


@router.post("/berichten/{id}/verwijderen")
async def post_removal(id: UUID, desk: WithDesk) -> Response:
    """Removes a notice."""
    row = await desk.parts.database.first(select(notices).where(notices.c.id == id))
    if row is not None:
        await desk.parts.database.write(delete(notices).where(notices.c.id == id))
        await desk.note("bericht verwijderd", row.text)
    return go(ADDRESS, "verwijderd")


def problem_of(form: NoticeForm) -> str | None:
    """What must be changed before this can be placed, None when all is well."""
    if not form.tekst.strip():
        return "Schrijf een bericht."
    try:
        begin, end = date.fromisoformat(form.begin), date.fromisoformat(form.einde)
    except ValueError:
        return "Kies een eerste en een laatste dag."
    if end < begin:
        return "De laatste dag ligt voor de eerste dag. Draai ze om."
    if end < date.today():
        return "De laatste dag is al voorbij. Kies een latere dag."
    return None


async def show(desk: Desk, form: NoticeForm, problem: str | None) -> HTMLResponse:
    """The page, with what was typed and what was wrong."""
    rows = await desk.parts.database.read(select(notices).order_by(notices.c.ends.desc()))
    values = {"notices": rows, "form": form, "problem": problem, "themes": THEMES, "topics": TOPICS}
    return desk.show("notices", 422 if problem else 200, today=date.today().isoformat(), **values)
