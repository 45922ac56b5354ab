"""The page of open questions: what people ask and we cannot answer yet, by place and theme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import select, update

from assistant.domain import THEMES
from web.database import AnyRow, Database
from web.desk.entry import WithDesk, desk_router, go
from web.desk.grouping import STATUSES, keep_grouped
from web.fields import BlankAsNone, ChosenMunicipality, ThemeName, WholeText
from web.problems import Problem
from web.tables import gaps, turns

router = desk_router()

Status = Literal["nieuw", "te schrijven", "partner vragen", "buiten bereik", "klaar"]
EXAMPLES = 5
ANYWHERE = "Zonder gemeente"


class Choice(BaseModel):
    """Which gaps are shown; empty shows all that are not done."""

    gemeente: ChosenMunicipality = None
    thema: Annotated[ThemeName | None, BlankAsNone] = None
    status: Annotated[Status | None, BlankAsNone] = None


class GapForm(BaseModel):
    """What an editor makes of a gap: their own words for it, and what happens with it."""

    omschrijving: Annotated[WholeText, Field(min_length=1, max_length=300)]
    status: Status


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap as the page shows it, with the ways in which it was asked."""

    id: UUID
    label: str
    municipality: str | None
    theme: str | None
    status: str
    seen: datetime
    count: int
    examples: tuple[str, ...]

    @property
    def where(self) -> str:
        """The heading that it stands under."""
        return self.municipality or ANYWHERE


@router.get("/open-vragen")
async def get_gaps(choice: Annotated[Choice, Query()], desk: WithDesk) -> HTMLResponse:
    """The gaps that pass the choice, most asked first within each place."""
    await keep_grouped(desk.parts.database, desk.parts.assistant)
    found = await find(desk.parts.database, choice)
    return desk.show("gaps", gaps=found, choice=choice, themes=THEMES, statuses=STATUSES)


@router.post("/open-vragen/{id}")
async def post_gap(id: UUID, form: Annotated[GapForm, Form()], desk: WithDesk) -> Response:
    """Keeps what an editor made of a gap."""
    values = {"label": form.omschrijving.strip(), "status": form.status}
    if not await desk.parts.database.write(update(gaps).where(gaps.c.id == id).values(values)):
        raise Problem(404, "Deze open vraag is er niet meer.")
    await desk.note("open vraag bijgewerkt", form.omschrijving, status=form.status)
    if desk.request.headers.get("HX-Request"):
        row = await desk.parts.database.first(select(gaps).where(gaps.c.id == id))
        assert row is not None
        asked = await questions_of(desk.parts.database)
        return desk.show("parts/gap", gap=gap_of(row, asked.get(id, [])), statuses=STATUSES, saved=True)
    return go("/redactie/open-vragen", "opgeslagen")


async def find(database: Database, choice: Choice) -> list[Gap]:
    """The gaps that pass the choice. May raise one of `AWAY`."""
    query = select(gaps)
    for column, wanted in ((gaps.c.municipality, choice.gemeente), (gaps.c.theme, choice.thema)):
        query = query.where(column == wanted) if wanted else query
    query = query.where(gaps.c.status == choice.status if choice.status else gaps.c.status != "klaar")
    asked = await questions_of(database)
    found = [gap_of(row, asked.get(row.id, [])) for row in await database.read(query)]
    return sorted(found, key=lambda gap: (-gap.count, gap.label))


async def questions_of(database: Database) -> dict[UUID, list[str]]:
    """For each gap the questions that are still kept, newest first. May raise one of `AWAY`."""
    asked: dict[UUID, list[str]] = defaultdict(list)
    query = select(turns.c.gap, turns.c.question).where(turns.c.gap.is_not(None)).order_by(turns.c.created.desc())
    for row in await database.read(query):
        asked[row.gap].append(row.question)
    return asked


def gap_of(row: AnyRow, asked: list[str]) -> Gap:
    """A stored gap with its questions."""
    examples = tuple(dict.fromkeys(asked))[:EXAMPLES]
    return Gap(row.id, row.label, row.municipality, row.theme, row.status, row.seen, len(asked), examples)
