"""Writes a new source or changes one, checked while the editor types; saved as a file of the corpus."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import select, update

from assistant.domain import THEMES, TOPICS, Source
from assistant.errors import StoreError
from ingest import Draft, SourceChanged, write_source
from web.desk.entry import Desk, WithDesk, desk_router, go
from web.desk.gaps import EXAMPLES
from web.desk.source_form import LABELS, SourceForm, form_of, new_form, problems_of
from web.desk.sources import kept_source
from web.fields import AUDIENCES, KINDS, PLACES
from web.problems import Problem
from web.tables import gaps, turns

router = desk_router()
logger = logging.getLogger(__name__)

ALIKE = 0.91
"""Cosine of a draft and a chunk from which an editor should look first: about one in four sources has such a double."""
NEW = "/redactie/bronnen/nieuw"
TAKEN = "Er is al een bron met deze id. Kies een andere."
CHANGED = "Iemand anders heeft deze bron net veranderd. Open hem in een nieuw venster en neem je wijzigingen over."


@router.get("/bronnen/nieuw")
async def get_new(desk: WithDesk, open_vraag: Annotated[UUID | None, Query()] = None) -> HTMLResponse:
    """An empty form, or one that starts from an open question."""
    form = await form_for_gap(desk, open_vraag) if open_vraag else new_form()
    return show(desk, form, NEW)


@router.post("/bronnen/controle")
async def post_check(form: Annotated[SourceForm, Form()], desk: WithDesk) -> HTMLResponse:
    """What is still wrong with what was typed so far, as a fragment; saves nothing."""
    draft = form.draft({})
    alike = [] if form.digest else await similar(desk, draft)
    return desk.show("parts/check", problems=problems_of(draft), alike=alike, labels=LABELS)


@router.post("/bronnen/nieuw")
async def post_new(form: Annotated[SourceForm, Form()], desk: WithDesk) -> Response:
    """Saves a new source; asks first when another one says about the same."""
    draft = form.draft({})
    if problems := problems_of(draft):
        return show(desk, form, NEW, problems)
    if form.toch != "ja" and (alike := await similar(desk, draft)):
        return show(desk, form, NEW, alike=alike)
    try:
        await asyncio.to_thread(write_source, desk.parts.settings.corpus_dir, draft, desk.editor.name)
    except SourceChanged:
        return show(desk, form, NEW, {"id": TAKEN})
    await desk.note("bron geschreven", draft.values["id"])
    if form.open_vraag:
        done = update(gaps).where(gaps.c.id == form.open_vraag).values(status="klaar")
        await desk.parts.database.write(done)
    return go(f"/redactie/bronnen/{draft.values['id']}", "bron")


@router.get("/bronnen/{id}/wijzigen")
async def get_edit(id: str, desk: WithDesk) -> HTMLResponse:
    """The form with what stands in the file now."""
    return show(desk, form_of(await editable(desk, id)), edit_address(id))


@router.post("/bronnen/{id}/wijzigen")
async def post_edit(id: str, form: Annotated[SourceForm, Form()], desk: WithDesk) -> Response:
    """Saves what was changed. The id of a source never changes: the address of its page hangs on it."""
    before = await editable(desk, id)
    draft = form.model_copy(update={"id": id}).draft(before.values)
    if problems := problems_of(draft):
        return show(desk, form, edit_address(id), problems)
    try:
        await asyncio.to_thread(write_source, desk.parts.settings.corpus_dir, draft, desk.editor.name)
    except SourceChanged:
        return show(desk, form, edit_address(id), {"id": CHANGED})
    await desk.note("bron gewijzigd", id, velden=", ".join(changed_keys(before, draft)))
    return go(f"/redactie/bronnen/{id}", "bron")


def edit_address(id: str) -> str:
    """Where a source is changed."""
    return f"/redactie/bronnen/{id}/wijzigen"


async def editable(desk: Desk, id: str) -> Draft:
    """The source as its file has it. Raises `Problem` 404."""
    kept = await kept_source(desk, id)
    if kept is None:
        raise Problem(404, "Deze bron heeft geen bestand in het corpus. Je kunt hem hier niet veranderen.")
    return kept.draft


async def similar(desk: Desk, draft: Draft) -> Sequence[Source]:
    """Live sources that say about the same; none when there is too little to compare, or no index."""
    text = f"{draft.values.get('titel', '')}. {draft.text}"
    if len(text.split()) < 6:
        return []
    try:
        passages = await desk.parts.assistant.search(text[:1000], 5)
    except StoreError as exc:
        logger.warning("a draft was not compared with the other sources: %s", exc)
        return []
    own = draft.values.get("id")
    return [passage.source for passage in passages if passage.scores.chunk >= ALIKE and passage.source.id != own]


async def form_for_gap(desk: Desk, gap: UUID) -> SourceForm:
    """A form that starts from an open question. Raises `Problem` 404."""
    row = await desk.parts.database.first(select(gaps).where(gaps.c.id == gap))
    if row is None:
        raise Problem(404, "Deze open vraag is er niet meer.")
    asked = select(turns.c.question).where(turns.c.gap == gap).order_by(turns.c.created.desc()).limit(EXAMPLES)
    questions = [row.label, *(turn.question for turn in await desk.parts.database.read(asked))]
    form = new_form(list(dict.fromkeys(questions)), row.municipality, row.theme)
    return form.model_copy(update={"open_vraag": gap})


def changed_keys(before: Draft, after: Draft) -> list[str]:
    """What differs, for the log."""
    keys = dict.fromkeys([*before.values, *after.values])
    changed = [key for key in keys if str(before.values.get(key)) != str(after.values.get(key))]
    return changed + (["tekst"] if before.text != after.text else [])


def show(
    desk: Desk,
    form: SourceForm,
    address: str,
    problems: Mapping[str, str] | None = None,
    alike: Sequence[Source] = (),
) -> HTMLResponse:
    """The form, with what is wrong or similar."""
    lists: dict[str, Any] = {"gemeenten": PLACES, "themas": THEMES, "onderwerpen": TOPICS, "doelgroep": AUDIENCES}
    values = {"form": form, "address": address, "problems": problems or {}, "alike": alike, "lists": lists}
    status = 422 if problems or alike else 200
    return desk.show("source_form", status, kinds=KINDS, labels=LABELS, is_new=address == NEW, **values)
