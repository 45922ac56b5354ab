"""The pause: stops answering for everybody at once, with a message. Crisis help stays (`web/interventions.py`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import Form
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import delete, insert, select

from web.database import AnyRow, Database
from web.desk.entry import WithChiefDesk, desk_router, go
from web.fields import WholeText
from web.interventions import PAUSE
from web.problems import Problem
from web.tables import switches

router = desk_router()

MESSAGE = (
    "Markewijzer werkt nu even niet. We zijn ermee bezig. Heb je hulp nodig? Bel je gemeente. "
    "Bel bij gevaar 112. Wil je praten over zelfmoord? Bel 113."
)
"""What the form proposes."""


class PauseForm(BaseModel):
    """On with a message, or off."""

    aan: Literal["ja", "nee"]
    bericht: Annotated[WholeText, Field(max_length=1000)] = ""


@router.get("/pauze")
async def get_pause(desk: WithChiefDesk) -> HTMLResponse:
    """How it stands, and the button."""
    switch = await pause_of(desk.parts.database)
    paused = bool(switch and switch.value["on"])
    message = switch.value["message"] if switch else MESSAGE
    return desk.show("pause", paused=paused, message=message, changed=switch)


@router.post("/pauze")
async def post_pause(form: Annotated[PauseForm, Form()], desk: WithChiefDesk) -> Response:
    """Pauses or goes on."""
    paused, message = form.aan == "ja", form.bericht.strip()
    if not message:
        raise Problem(422, "Schrijf een bericht, zodat bezoekers weten wat er is en waar ze nu terechtkunnen.")
    value = {"on": paused, "message": message}
    row = {"name": PAUSE, "value": value, "changed": datetime.now(UTC), "editor": desk.editor.name}
    await desk.parts.database.write(delete(switches).where(switches.c.name == PAUSE), insert(switches).values(row))
    await desk.note("gepauzeerd" if paused else "pauze opgeheven", "Markewijzer", bericht=message)
    return go("/redactie/pauze", "gepauzeerd" if paused else "hervat")


async def pause_of(database: Database) -> AnyRow | None:
    """The switch as it was last set. May raise one of `AWAY`."""
    return await database.first(select(switches).where(switches.c.name == PAUSE))


async def paused_message(database: Database) -> str | None:
    """What visitors read instead of answers, None when we answer. May raise one of `AWAY`."""
    switch = await pause_of(database)
    return str(switch.value["message"]) if switch and switch.value["on"] else None
