"""The sources as editors see them: what is live, how fresh it is, and what the assistant sees of each."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from assistant.domain import THEMES, Filter, Source
from assistant.errors import CorpusError, StoreError
from ingest import Draft, SourceChanged, SourceFile, find_source, read_draft, source_files, write_source
from web.desk.entry import Desk, WithDesk, desk_router, go
from web.desk.listing import FRESHNESS, STATES, Freshness, Listed, State, freshness_of, line_up
from web.fields import KINDS, PLACES, BlankAsNone, KindName, PlaceName, ThemeName, WholeText
from web.problems import Problem

router = desk_router()
logger = logging.getLogger(__name__)

PER_PAGE = 50
PLACE_OF_BOOST = {1: "vooraan", 0: "gewoon", -1: "achteraan"}


class Choice(BaseModel):
    """Which sources are shown."""

    q: Annotated[WholeText, Field(max_length=200)] = ""
    gemeente: Annotated[PlaceName | None, BlankAsNone] = None
    thema: Annotated[ThemeName | None, BlankAsNone] = None
    soort: Annotated[KindName | None, BlankAsNone] = None
    versheid: Annotated[Freshness | None, BlankAsNone] = None
    staat: Annotated[State | None, BlankAsNone] = None
    pagina: int = Field(1, ge=1, le=100_000)

    def passes(self, listed: Listed) -> bool:
        """Whether a source is in the state and as fresh as was asked, and has the words in its title or id."""
        held = all(word in listed.words for word in self.q.casefold().split())
        return held and self.versheid in (None, listed.freshness) and self.staat in (None, listed.state)

    @property
    def limits_index(self) -> bool:
        """Whether it asks for what only the index knows of a source."""
        return bool(self.gemeente or self.thema or self.soort)


class StateForm(BaseModel):
    """Whether a source is used, and in which place. `digest` is of the file that was seen."""

    gebruik: Literal["ja", "nee"]
    plek: Literal["vooraan", "gewoon", "achteraan"] = "gewoon"
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A source in the corpus: its file as it is now, which may be ahead of the index."""

    draft: Draft
    path: str

    @property
    def is_used(self) -> bool:
        """Whether the next refresh takes it along."""
        return not self.draft.values.get("uitgesloten")

    @property
    def place(self) -> str:
        """Before others, after them, or neither."""
        return PLACE_OF_BOOST.get(self.draft.values.get("voorrang") or 0, "gewoon")


@router.get("/bronnen")
async def get_sources(choice: Annotated[Choice, Query()], desk: WithDesk) -> HTMLResponse:
    """The sources of the index and of the corpus that pass the choice."""
    wanted = {"municipalities": choice.gemeente, "themes": choice.thema, "kinds": choice.soort}
    filter = Filter(**{name: (value,) for name, value in wanted.items() if value})
    assistant = desk.parts.assistant
    files = await asyncio.to_thread(files_of, desk.parts.settings.corpus_dir)
    everything = line_up(await assistant.sources(filter), files, (await assistant.manifest()).digests)
    found = [one for one in everything if choice.passes(one) and (one.source or not choice.limits_index)]
    start = (choice.pagina - 1) * PER_PAGE
    return desk.show(
        "sources",
        sources=found[start : start + PER_PAGE],
        total=len(found),
        more=len(found) > start + PER_PAGE,
        choice=choice,
        query=choice.model_dump(exclude={"pagina"}, exclude_none=True, exclude_defaults=True),
        lists={"gemeente": PLACES, "thema": THEMES, "soort": KINDS, "versheid": FRESHNESS, "staat": STATES},
    )


@router.get("/bronnen/{id}")
async def get_source(id: str, desk: WithDesk) -> HTMLResponse:
    """One source: as it is live, as its file is now, and the chunks that are searched."""
    source = await live_source(desk, id)
    kept = await kept_source(desk, id)
    if source is None and kept is None:
        raise Problem(404, "Deze bron is er niet. Zoek hem op bij ‘Bronnen’.")
    chunks = await desk.parts.assistant.chunks(id) if source else []
    values: dict[str, Any] = {"source": source, "kept": kept, "chunks": chunks, "id": id}
    return desk.show("source", freshness=freshness_of(source) if source else None, **values)


@router.post("/bronnen/{id}/gebruik")
async def post_state(id: str, form: Annotated[StateForm, Form()], desk: WithDesk) -> Response:
    """Leaves a source out or takes it back, and puts it before or after others."""
    kept = await kept_source(desk, id)
    if kept is None:
        raise Problem(404, "Deze bron heeft geen bestand in het corpus. Je kunt hem hier niet veranderen.")
    boost = {name: value for value, name in PLACE_OF_BOOST.items()}[form.plek]
    changes = {"uitgesloten": True if form.gebruik == "nee" else None, "voorrang": boost or None}
    draft = Draft({**kept.draft.values, **changes}, kept.draft.text, form.digest)
    try:
        await asyncio.to_thread(write_source, desk.parts.settings.corpus_dir, draft, desk.editor.name)
    except SourceChanged as exc:
        raise Problem(409, "Iemand anders heeft deze bron net veranderd. Bekijk hem opnieuw.") from exc
    except ValueError as exc:
        raise Problem(422, "Er staat een fout in deze bron. Verbeter die eerst bij ‘Gegevens wijzigen’.") from exc
    await desk.note("bron ingesteld", id, gebruik=form.gebruik, plek=form.plek)
    return go(f"/redactie/bronnen/{id}", "bron")


async def live_source(desk: Desk, id: str) -> Source | None:
    """The source in the live index, None when it is not there or the index is away."""
    try:
        return await desk.parts.assistant.source(id)
    except StoreError as exc:
        logger.warning("the desk shows no live source: %s", exc)
        return None


async def kept_source(desk: Desk, id: str) -> Kept | None:
    """The source in the corpus, None when it has no file there."""
    corpus = desk.parts.settings.corpus_dir
    try:
        path = await asyncio.to_thread(find_source, corpus, id)
    except CorpusError as exc:
        logger.warning("the desk cannot read the corpus: %s", exc)
        return None
    return Kept(read_draft(path), str(path.relative_to(corpus))) if path else None


def files_of(corpus: Path) -> list[SourceFile]:
    """The files of the corpus; none when there is no corpus on this machine."""
    try:
        return source_files(corpus)
    except CorpusError as exc:
        logger.warning("the desk cannot read the corpus: %s", exc)
        return []
