"""For whoever runs the server: is the process alive, can it answer from sources, and what did it count?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from assistant.errors import StoreError
from ingest import Run, RunState
from web.metrics import CONTENT_TYPE
from web.parts import Parts, WithParts
from web.problems import Problem
from web.readiness import State

router = APIRouter(tags=["Gezondheid"])

FAILED = frozenset({RunState.FAILED, RunState.INTERRUPTED})


@router.get("/health/live", summary="Draait de server?", response_description="Gelukt")
async def live() -> JSONResponse:
    """Geeft 200 zolang het proces antwoord geeft."""
    return JSONResponse({"status": "live"})


@router.get("/health/ready", summary="Kan de server uit bronnen antwoorden?", response_description="Gelukt")
async def ready(request: Request, parts: WithParts) -> JSONResponse:
    """Geeft 503 wanneer de index of het taalmodel voor zoeken het niet doet; crisisvragen krijgen dan nog antwoord.

    Met `degraded` antwoordt de server, maar bewaart of schrijft hij minder: de database, de schijf of het taalmodel
    dat antwoorden schrijft, doet het dan niet.
    """
    if parts.stopping.is_set():
        raise Problem(503, "De server stopt.", parts={})
    state = await parts.readiness.state()
    seen = seen_by(state, in_full=is_of_ours(request, parts))
    if state.word == "not ready":
        raise Problem(503, "De bronnen zijn nu niet beschikbaar.", **seen)
    return JSONResponse({"status": state.word, **seen})


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request, parts: WithParts) -> Response:
    """What was counted, and how every part is now; for `METRICS_FROM` only."""
    if not is_of_ours(request, parts):
        raise Problem(404)
    for part in (await parts.readiness.state()).parts:
        parts.metrics.part(part.name, works=part.works)
    parts.metrics.index(await index_facts(parts))
    newest = await asyncio.to_thread(parts.refreshing.runs.newest)
    parts.metrics.refresh(refresh_facts(newest))
    return Response(parts.metrics.text(), media_type=CONTENT_TYPE)


def is_of_ours(request: Request, parts: Parts) -> bool:
    """Whether a request comes from a network of `METRICS_FROM`."""
    allowed = parts.settings.metrics_from.split()
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return "*" in allowed
    return any(network == "*" or address in ip_network(network, strict=False) for network in allowed)


def seen_by(state: State, *, in_full: bool) -> dict[str, Any]:
    """The parts and whether they work; the reasons name folders and hosts, and are for ourselves."""
    seen: dict[str, Any] = {"parts": {part.name: part.works for part in state.parts}}
    return seen | {"reason": state.reason} if in_full and state.reason else seen


async def index_facts(parts: Parts) -> Mapping[str, float]:
    """When the live generation was made, and how much it holds; nothing without one."""
    try:
        manifest = await parts.assistant.manifest()
    except StoreError:
        return {}
    created = datetime.fromisoformat(manifest.created).timestamp()
    return {"created_timestamp_seconds": created, "sources": manifest.sources, "chunks": manifest.chunks}


def refresh_facts(run: Run | None) -> Mapping[str, float]:
    """How the last refresh went; nothing when there was none."""
    if run is None:
        return {}
    return {
        "started_timestamp_seconds": run.started.timestamp(),
        "seconds": run.seconds,
        "running": not run.is_over,
        "failed": run.state in FAILED,
        "waiting": run.state is RunState.WAITING,
        "problems": len(run.problems),
    }
