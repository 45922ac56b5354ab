"""The page of the log: who did what at the desk, for whoever works there."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from web.desk.entry import WithDesk, desk_router
from web.tables import log

router = desk_router()

PER_PAGE = 50


@router.get("/logboek")
async def get_log(desk: WithDesk, pagina: Annotated[int, Query(ge=1, le=100_000)] = 1) -> HTMLResponse:
    """The newest lines first."""
    query = select(log).order_by(log.c.id.desc()).offset((pagina - 1) * PER_PAGE).limit(PER_PAGE + 1)
    lines = await desk.parts.database.read(query)
    return desk.show("log", lines=lines[:PER_PAGE], page=pagina, more=len(lines) > PER_PAGE)
