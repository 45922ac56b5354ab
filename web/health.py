"""Health checks for whoever runs the server: is the process alive, and can it answer from sources?"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from assistant.errors import StoreError
from web.parts import WithParts
from web.problems import Problem

router = APIRouter(prefix="/health", tags=["Gezondheid"])


@router.get("/live", summary="Draait de server?", response_description="Gelukt")
async def live() -> JSONResponse:
    """Geeft 200 zolang het proces antwoord geeft."""
    return JSONResponse({"status": "live"})


@router.get("/ready", summary="Kan de server uit bronnen antwoorden?", response_description="Gelukt")
async def ready(parts: WithParts) -> JSONResponse:
    """Geeft 503 met de reden wanneer de index er niet is; crisisvragen krijgen dan nog wel antwoord."""
    try:
        await parts.assistant.start()
    except StoreError as exc:
        raise Problem(503, "De bronnen zijn nu niet beschikbaar.", reason=str(exc)) from exc
    return JSONResponse({"status": "ready"})
