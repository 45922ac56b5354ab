"""Fixed answers: what Markewijzer says, word for word, to questions that the editors chose."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import delete, insert, select

from assistant.language.analysis import words
from assistant.rules.matching import find_crisis
from web.desk.entry import Desk, WithDesk, desk_router, go
from web.fields import BlankAsNone, ChosenMunicipality, WholeText
from web.tables import fixed_answers

router = desk_router()

ADDRESS = "/redactie/vaste-antwoorden"
MOST_QUESTIONS = 30
Lines = Annotated[WholeText, Field(max_length=4000)]


class FixedAnswerForm(BaseModel):
    """A fixed answer; a question and an id of a source stand on a line each. With `id` it replaces that one."""

    id: Annotated[UUID | None, BlankAsNone] = None
    vragen: Lines = ""
    tekst: Lines = ""
    bronnen: Lines = ""
    gemeente: ChosenMunicipality = None
    aan: str = ""

    @property
    def questions(self) -> list[str]:
        """The questions, without empty lines."""
        return lines_of(self.vragen)

    @property
    def sources(self) -> list[str]:
        """The ids of the sources, in the order in which they are numbered."""
        return lines_of(self.bronnen)


@router.get("/vaste-antwoorden")
async def get_fixed_answers(desk: WithDesk, wijzig: Annotated[UUID | None, Query()] = None) -> HTMLResponse:
    """All of them, and the form: empty, or filled with the one to change."""
    form = FixedAnswerForm(aan="ja")
    if wijzig:
        row = await desk.parts.database.first(select(fixed_answers).where(fixed_answers.c.id == wijzig))
        if row is not None:
            texts = {"vragen": "\n".join(row.questions), "bronnen": "\n".join(row.sources), "tekst": row.text}
            form = FixedAnswerForm(id=row.id, gemeente=row.municipality, aan="ja" if row.active else "", **texts)
    return await show(desk, form, None)


@router.post("/vaste-antwoorden")
async def post_fixed_answer(form: Annotated[FixedAnswerForm, Form()], desk: WithDesk) -> Response:
    """Adds a fixed answer, or replaces one."""
    if problem := await problem_of(form, desk):
        return await show(desk, form, problem)
    row = {
        "id": form.id or uuid4(),
        "questions": form.questions,
        "text": form.tekst.strip(),
        "sources": form.sources,
        "municipality": form.gemeente,
        "active": form.aan == "ja",
        "created": datetime.now(UTC),
        "editor": desk.editor.name,
    }
    older = delete(fixed_answers).where(fixed_answers.c.id == row["id"])
    await desk.parts.database.write(older, insert(fixed_answers).values(row))
    await desk.note("vast antwoord opgeslagen", form.questions[0], aan="ja" if row["active"] else "nee")
    return go(ADDRESS, "opgeslagen")


@router.post("/vaste-antwoorden/{id}/verwijderen")
async def post_removal(id: UUID, desk: WithDesk) -> Response:
    """Removes a fixed answer."""
    row = await desk.parts.database.first(select(fixed_answers).where(fixed_answers.c.id == id))
    if row is not None:
        await desk.parts.database.write(delete(fixed_answers).where(fixed_answers.c.id == id))
        await desk.note("vast antwoord verwijderd", row.questions[0])
    return go(ADDRESS, "verwijderd")


async def problem_of(form: FixedAnswerForm, desk: Desk) -> str | None:
    """What must be changed before this can be saved, None when all is well. May raise a `StoreError`."""
    if not form.questions or not all(words(question) for question in form.questions):
        return "Schrijf minstens één vraag. Zet op elke regel een vraag met woorden erin."
    if len(form.questions) > MOST_QUESTIONS:
        return f"Schrijf hoogstens {MOST_QUESTIONS} vragen bij één antwoord."
    if any(find_crisis(question) for question in form.questions):
        return "Een van deze vragen gaat over een crisis. Daarop geeft Markewijzer altijd de vaste crisishulp."
    if not form.tekst.strip():
        return "Schrijf het antwoord."
    unknown = [id for id in form.sources if await desk.parts.assistant.source(id) is None]
    return f"Deze bron kennen we niet: {', '.join(unknown)}. Kijk de id na bij ‘Bronnen’." if unknown else None


async def show(desk: Desk, form: FixedAnswerForm, problem: str | None) -> HTMLResponse:
    """The page, with what was typed and what was wrong."""
    rows = await desk.parts.database.read(select(fixed_answers).order_by(fixed_answers.c.created.desc()))
    return desk.show("fixed_answers", 422 if problem else 200, answers=rows, form=form, problem=problem)


def lines_of(text: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
