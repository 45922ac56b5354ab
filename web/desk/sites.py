"""Followed websites at the desk: how they stand, what waits for a person, one page on trial, and a new site."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any, Literal

from fastapi import Form, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from assistant.domain import THEMES, TOPICS
from assistant.errors import CorpusError
from ingest import FlaggedPage, PagePreview, add_site, decide_flag, flagged_pages, preview_page, site_states
from web.desk.entry import Desk, WithChiefDesk, WithDesk, desk_router, go
from web.fields import KINDS, PLACES, WholeText
from web.problems import Problem

router = desk_router()
logger = logging.getLogger(__name__)

SITES = "/redactie/websites"
Short = Annotated[WholeText, Field(max_length=300)]
AUDIENCES = ("inwoner", "professional")


class SiteForm(BaseModel):
    """A new website; the keys are those of `sites.yaml`."""

    id: Short = ""
    uitgever: Short = ""
    start: Short = ""
    toegestaan: Short = "/"
    uitgesloten: Short = ""
    soort: Short = "dienst"
    gemeente: Short = ""
    thema: Short = ""
    onderwerp: Short = ""
    doelgroep: Short = "inwoner"
    elke: Literal["dag", "week", "maand"] = "week"
    hoogstens: Annotated[int, Field(ge=1, le=20_000)] = 500

    def values(self) -> dict[str, Any]:
        """The keys of `sites.yaml`; what was left empty is left out."""
        paths = {name: [p for p in getattr(self, name).split() if p] for name in ("toegestaan", "uitgesloten")}
        lists = {"gemeenten": self.gemeente, "themas": self.thema, "onderwerpen": self.onderwerp}
        found = {
            "id": self.id.strip(),
            "uitgever": self.uitgever.strip(),
            "start": [self.start.strip()],
            **paths,
            "soort": self.soort,
            **{name: [value] for name, value in lists.items() if value},
            "doelgroep": [self.doelgroep],
            "elke": self.elke,
            "hoogstens": self.hoogstens,
        }
        return {name: value for name, value in found.items() if value not in ("", [], [""])}


class DecisionForm(BaseModel):
    """What an editor decides about a flagged block."""

    site: str
    pagina: str
    blok: str
    besluit: Literal["goed", "weg"]


@router.get("/websites")
async def get_sites(desk: WithDesk) -> HTMLResponse:
    """All websites, and what waits for a person."""
    return await show(desk)


@router.get("/websites/proef")
async def get_preview(desk: WithDesk, adres: Annotated[str, Query(max_length=2000)] = "") -> HTMLResponse:
    """One page as it would become a source, with what was recognised in it."""
    preview = None
    if adres.strip():
        await desk.note("pagina geprobeerd", adres)
        preview = await tried(desk, adres.strip())
    return desk.show("site_preview", preview=preview, address=adres, fields=suggested(preview))


@router.post("/websites")
async def post_site(form: Annotated[SiteForm, Form()], desk: WithChiefDesk) -> Response:
    """Adds a website to `sites.yaml`."""
    try:
        await asyncio.to_thread(add_site, desk.parts.settings.corpus_dir, form.values())
    except CorpusError as exc:
        return await show(desk, list(exc.problems), form)
    await desk.note("website toegevoegd", form.id)
    return go(SITES, "toegevoegd")


@router.post("/websites/besluit")
async def post_decision(form: Annotated[DecisionForm, Form()], desk: WithDesk) -> Response:
    """Lets a flagged block in, or keeps it out."""
    page = next((p for p in await flagged(desk) if (p.site, p.url) == (form.site, form.pagina)), None)
    if page is None or form.blok not in {flag.block for flag in page.flags}:
        raise Problem(404, "Hierover is al besloten, of de pagina is veranderd.")
    approved = form.besluit == "goed"
    await asyncio.to_thread(
        decide_flag, desk.parts.settings.data_dir, page, form.blok, approved=approved, editor=desk.editor.name
    )
    await desk.note("tekst goedgekeurd" if approved else "tekst weggelaten", page.url, blok=form.blok)
    return go(SITES, "besloten")


async def show(desk: Desk, problems: list[str] | None = None, form: SiteForm | None = None) -> HTMLResponse:
    """The page, with what was wrong in the form."""
    settings = desk.parts.settings
    try:
        states = await asyncio.to_thread(site_states, settings.corpus_dir, settings.data_dir)
    except CorpusError as exc:
        states, problems = [], [*(problems or []), *exc.problems]
    return desk.show(
        "sites",
        422 if problems else 200,
        sites=states,
        flagged=await flagged(desk),
        problems=problems or [],
        form=form or SiteForm(),
        lists={"soort": KINDS, "gemeente": PLACES, "thema": THEMES, "onderwerp": TOPICS, "doelgroep": AUDIENCES},
    )


async def flagged(desk: Desk) -> list[FlaggedPage]:
    """What waits for a person; nothing when the file of websites is wrong."""
    settings = desk.parts.settings
    try:
        return await asyncio.to_thread(flagged_pages, settings.corpus_dir, settings.data_dir)
    except CorpusError as exc:
        logger.warning("the desk shows no flagged pages: %s", exc)
        return []


async def tried(desk: Desk, address: str) -> PagePreview:
    """A page on trial; whatever goes wrong is in it."""
    if not address.startswith(("https://", "http://")):
        return PagePreview(address, problem="Dit is geen webadres. Schrijf bijvoorbeeld https://www.emmen.nl/zorg.")
    try:
        return await asyncio.to_thread(preview_page, desk.parts.settings.corpus_dir, address)
    except CorpusError as exc:
        return PagePreview(address, problem=str(exc))


def suggested(preview: PagePreview | None) -> list[tuple[str, Any]]:
    """What was recognised, by the Dutch name of the field."""
    if preview is None:
        return []
    found = preview.suggestions
    fields = {
        "gemeenten": found.municipalities,
        "thema's": found.themes,
        "onderwerpen": found.topics,
        "organisatie": found.organisation,
        "telefoon": found.phone,
        "e-mail": found.email,
        "adres": found.address,
        "website": found.website,
        "openingstijden": found.opening_hours,
        "kosten": found.costs,
        "datum": found.date,
    }
    return [(name, values) for name, values in fields.items() if values]
