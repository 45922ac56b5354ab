"""The routes of the catalogue: searching, one source, one municipality, one theme. All work without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.domain import MUNICIPALITIES, THEMES, Source
from assistant.rules.matching import find_crisis
from web.asking import admit_search
from web.catalogue.addresses import MUNICIPALITY_SLUGS, THEME_SLUGS
from web.catalogue.ageing import age_note, short_age_note, year_of
from web.catalogue.collection import Found
from web.catalogue.exporting import as_csv, as_json
from web.catalogue.facets import FACETS, topic_label
from web.catalogue.portraits import portrait_of_municipality, portrait_of_theme
from web.catalogue.selection import Reading, Selection, read_selection
from web.catalogue.structured_data import area_of, collection_page, page_of_source, script, website
from web.parts import Parts, WithParts
from web.problems import Problem
from web.templating import slug

router = APIRouter(include_in_schema=False)

PER_PAGE = 20
ASKED_AT_MOST = 3
"""Example questions on the page of a source."""

WORDS: Mapping[str, Any] = {
    "age_note": age_note,
    "facets": FACETS,
    "short_age_note": short_age_note,
    "themes": THEMES,
    "topic_label": topic_label,
    "year_of": year_of,
}
"""What the templates of the catalogue may call."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found; the last one when there are fewer pages than was asked."""

    number: int
    pages: int
    first: int
    sources: tuple[Source, ...]

    @property
    def last(self) -> int:
        """The number of the last source on it."""
        return self.first + len(self.sources) - 1


@router.get("/zoeken")
async def get_catalogue(request: Request, parts: WithParts) -> HTMLResponse:
    """What was found, with the facets to choose from. What we could not use is said, and the rest is shown."""
    reading = read_selection(request.query_params.multi_items())
    await admit_search(parts, request, reading.selection.words)
    found = await parts.catalogue.find(reading.selection)
    page = page_of(found, reading.selection.page)
    return show(
        parts,
        "catalogue/search.html",
        status_of(reading, page),
        reading=reading,
        selection=reading.selection.on_page(page.number),
        asked_page=reading.selection.page,
        found=found,
        page=page,
        crisis=find_crisis(reading.typed),
        ways_out=[] if found.sources else await ways_out(parts, reading.selection),
        nearest=() if found.sources else await parts.catalogue.nearest(reading.selection),
        canonical=f"{request.base_url}zoeken",
        data=script(website(str(request.base_url))),
    )


@router.get("/zoeken.csv")
async def get_csv(request: Request, parts: WithParts) -> Response:
    """The whole selection, to open in a spreadsheet."""
    found = await selected(request, parts)
    headers = {"Content-Disposition": 'attachment; filename="markewijzer-bronnen.csv"'}
    return Response(as_csv(found.sources), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/zoeken.json")
async def get_json(request: Request, parts: WithParts) -> JSONResponse:
    """The whole selection, for a program."""
    return JSONResponse(as_json((await selected(request, parts)).sources))


@router.get("/bron/{id}")
async def get_source(id: str, request: Request, parts: WithParts) -> HTMLResponse:
    """All that we know of one source."""
    collection = await parts.catalogue.collection()
    source = collection.by_id.get(id)
    if source is None:
        raise Problem(404, "Deze bron kennen we niet (meer). Zoek hem op bij ‘Zoeken’, of stel je vraag opnieuw.")
    municipality = municipality_of(source)
    return show(
        parts,
        "source.html",
        source=source,
        related=collection.related(source),
        questions=questions_about(source),
        municipality=municipality,
        place=municipality,
        desk=collection.desk(municipality) if municipality else None,
        canonical=f"{request.base_url}bron/{source.id}",
        data=script(page_of_source(source, str(request.base_url))),
    )


@router.get("/gemeente/{name}")
async def get_municipality(name: str, request: Request, parts: WithParts) -> Response:
    """One municipality on one page."""
    if (municipality := MUNICIPALITY_SLUGS.get(slug(name))) is None:
        raise Problem(404, f"Deze gemeente kennen we niet. Kies uit: {', '.join(MUNICIPALITIES)}.")
    if name != slug(name):
        return RedirectResponse(f"/gemeente/{slug(name)}", 308)
    portrait = portrait_of_municipality(await parts.catalogue.collection(), municipality)
    description = f"Hulp, projecten, cijfers en beleid in de gemeente {municipality}, met contact en bron."
    address = f"{request.base_url}gemeente/{name}"
    data = collection_page(f"Gemeente {municipality}", description, address, area_of(municipality))
    return show(
        parts,
        "catalogue/municipality.html",
        portrait=portrait,
        place=municipality,
        desk=portrait.desk,
        description=description,
        canonical=address,
        data=script(data),
    )


@router.get("/thema/{name}")
async def get_theme(name: str, request: Request, parts: WithParts) -> Response:
    """One theme on one page."""
    if (theme := THEME_SLUGS.get(slug(name))) is None:
        raise Problem(404, f"Dit thema kennen we niet. Kies uit: {', '.join(THEMES)}.")
    if name != slug(name):
        return RedirectResponse(f"/thema/{slug(name)}", 308)
    portrait = portrait_of_theme(await parts.catalogue.collection(), theme)
    description = f"Projecten, organisaties, cijfers en beleid in Drenthe bij het thema {theme}, met bron."
    address = f"{request.base_url}thema/{name}"
    data = collection_page(f"Thema {theme}", description, address, {"@type": "Thing", "name": theme})
    return show(
        parts, "catalogue/theme.html", portrait=portrait, description=description, canonical=address, data=script(data)
    )


def show(parts: Parts, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page of the catalogue."""
    return parts.templates.render(template, status, **WORDS, **values)


async def selected(request: Request, parts: Parts) -> Found:
    """All that was selected. Raises `Problem` 422 rather than to give a program more than it asked for."""
    reading = read_selection(request.query_params.multi_items())
    if reading.complaints:
        raise Problem(422, " ".join(reading.complaints))
    await admit_search(parts, request, reading.selection.words)
    return await parts.catalogue.find(reading.selection)


def page_of(found: Found, asked: int) -> Page:
    """The page that was asked, or the last one."""
    pages = max(1, -(-len(found.sources) // PER_PAGE))
    number = min(asked, pages)
    start = (number - 1) * PER_PAGE
    return Page(number, pages, start + 1, found.sources[start : start + PER_PAGE])


def status_of(reading: Reading, page: Page) -> int:
    """422 when we could not use a part of what was asked, 404 when that page is not there."""
    if reading.complaints:
        return 422
    return 404 if reading.selection.page > page.pages else 200


async def ways_out(parts: Parts, selection: Selection) -> list[tuple[str, Selection, int]]:
    """What to leave out to find something: in words, as a selection, and how many sources there are then."""
    tries = [("je zoekwoorden", selection.without_words())] if selection.words else []
    tries += [(facet.noun, selection.choosing(facet.name, ())) for facet in FACETS if selection.values(facet.name)]
    counted = [(label, less, len((await parts.catalogue.find(less)).sources)) for label, less in tries]
    return [(label, less, count) for label, less, count in counted if count and not less.is_empty]


def questions_about(source: Source) -> tuple[str, ...]:
    """Questions that this source answers: those of the editors that are written as one."""
    written = [question for question in source.questions if question.endswith("?") and question[0].isupper()]
    return tuple(written[:ASKED_AT_MOST]) or (f"Wat kun je vertellen over {source.title}?",)


def municipality_of(source: Source) -> str | None:
    """The municipality to ask about, when the source is for just one."""
    only = source.municipalities[0] if len(source.municipalities) == 1 else None
    return only if only in MUNICIPALITIES else None
