"""The inbox: what visitors say is not right in a source."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import func, select, update

from assistant.errors import StoreError
from web.database import AnySelect
from web.desk.entry import Desk, WithDesk, desk_router, go
from web.fields import WholeText
from web.problems import Problem
from web.tables import reports, turns

router = desk_router()
logger = logging.getLogger(__name__)

Status = Literal["open", "klaar"]
SHOWN = 200
"""Reports on the page; the others follow when these are done."""


class ReportForm(BaseModel):
    """What an editor decides about a report."""

    status: Status
    notitie: Annotated[WholeText, Field(max_length=1000)] = ""


@router.get("/meldingen")
async def get_reports(desk: WithDesk, status: Annotated[Status, Query()] = "open") -> HTMLResponse:
    """The reports with a status, newest first."""
    database = desk.parts.database
    counted = select(reports.c.status, func.count()).group_by(reports.c.status)
    counts = {"open": 0, "klaar": 0} | {row.status: row[1] for row in await database.read(counted)}
    query = with_question().where(reports.c.status == status).order_by(reports.c.created.desc()).limit(SHOWN)
    found = await database.read(query)
    titles = await titles_of(desk)
    return desk.show(
        "reports", reports=found, titles=titles, status=status, counts=counts, kept_days=desk.parts.settings.kept_days
    )


@router.post("/meldingen/{id}")
async def post_report(id: UUID, form: Annotated[ReportForm, Form()], desk: WithDesk) -> Response:
    """Handles a report, or opens it again."""
    done = form.status == "klaar"
    values = {
        "status": form.status,
        "note": form.notitie.strip() or None,
        "handled": datetime.now(UTC) if done else None,
        "handled_by": desk.editor.name if done else None,
    }
    if not await desk.parts.database.write(update(reports).where(reports.c.id == id).values(values)):
        raise Problem(404, "Deze melding is er niet meer.")
    report = await desk.parts.database.first(with_question().where(reports.c.id == id))
    assert report is not None
    await desk.note("melding afgehandeld" if done else "melding heropend", report.source, melding=str(id))
    if desk.request.headers.get("HX-Request"):
        return desk.show("parts/report", report=report, titles=await titles_of(desk))
    return go("/redactie/meldingen", "opgeslagen")


async def titles_of(desk: Desk) -> Mapping[str, str]:
    """The title of each source by its id; none while the index is away."""
    try:
        return {id: source.title for id, source in (await desk.parts.catalogue.collection()).by_id.items()}
    except StoreError as exc:
        logger.warning("the inbox shows no titles: %s", exc)
        return {}


def with_question() -> AnySelect:
    """Reports with the question that the source was shown for, as long as that is kept."""
    return select(reports, turns.c.question).join_from(reports, turns, turns.c.id == reports.c.turn, isouter=True)
