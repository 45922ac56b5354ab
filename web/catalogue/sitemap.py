"""Tells search engines what there is: every source, municipality and theme, and no conversation or half a selection."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from web.catalogue.addresses import MUNICIPALITY_SLUGS, THEME_SLUGS
from web.catalogue.collection import Collection
from web.parts import WithParts

router = APIRouter(include_in_schema=False)

PAGES = ("", "zoeken", "over", "privacy", "toegankelijkheid")
HIDDEN = ("/gesprek/", "/api/", "/redactie", "/zoeken?", "/zoeken.csv", "/zoeken.json")
FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


@router.get("/sitemap.xml")
async def get_sitemap(request: Request, parts: WithParts) -> Response:
    """The addresses of all pages."""
    entries = "\n".join(entries_of(await parts.catalogue.collection(), str(request.base_url)))
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}\n</urlset>\n'
    )
    return Response(xml, media_type="application/xml", headers=FOR_AN_HOUR)


@router.get("/robots.txt")
async def get_robots(request: Request) -> PlainTextResponse:
    """What a crawler may look at."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HIDDEN), f"Sitemap: {request.base_url}sitemap.xml"]
    return PlainTextResponse("\n".join(lines) + "\n", headers=FOR_AN_HOUR)


def entries_of(collection: Collection, base: str) -> Iterator[str]:
    """One entry a page; a source says when we last checked it."""
    fixed = (*PAGES, *(f"gemeente/{s}" for s in MUNICIPALITY_SLUGS), *(f"thema/{s}" for s in THEME_SLUGS))
    for path in fixed:
        yield f"<url><loc>{escape(base + path)}</loc></url>"
    for source in collection.sources:
        address = escape(f"{base}bron/{source.id}")
        yield f"<url><loc>{address}</loc><lastmod>{escape(source.checked)}</lastmod></url>"
