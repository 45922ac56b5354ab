"""The pages that say what Markewijzer is, what it does with your words, and for whom it works."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.errors import StoreError
from web.measured import read_measured
from web.parts import Parts, WithParts

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """What the live generation holds; the days are `YYYY-MM-DD`."""

    sources: int
    built: str
    checked: str


@router.get("/over")
async def get_about(request: Request, parts: WithParts) -> HTMLResponse:
    """What it is, what it cannot do, and how well it did when we measured."""
    measured = await asyncio.to_thread(read_measured)
    return show(parts, request, "about.html", measured=measured, corpus=await corpus_facts(parts))


@router.get("/privacy")
async def get_privacy(request: Request, parts: WithParts) -> HTMLResponse:
    """What happens to the words of a visitor."""
    return show(parts, request, "privacy.html")


@router.get("/toegankelijkheid")
async def get_accessibility(request: Request, parts: WithParts) -> HTMLResponse:
    """For whom it works, how that was tested, and where to say that it does not."""
    return show(parts, request, "accessibility.html")


def show(parts: Parts, request: Request, template: str, **values: object) -> HTMLResponse:
    """A page with information."""
    settings = parts.settings
    return parts.templates.render(
        template,
        canonical=f"{request.base_url}{request.url.path.lstrip('/')}",
        operator=settings.operator,
        operator_email=settings.operator_email,
        **values,
    )


async def corpus_facts(parts: Parts) -> CorpusFacts | None:
    """How much there is and how old it is; None while the index is away, because the page must work then too."""
    try:
        collection = await parts.catalogue.collection()
    except StoreError:
        return None
    checked = max((source.checked for source in collection.sources), default="")
    return CorpusFacts(len(collection.sources), collection.manifest.created[:10], checked)
