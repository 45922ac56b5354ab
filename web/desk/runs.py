"""Refreshes at the desk: start one and follow it live, read what changes, publish it, and go back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Form
from fastapi.responses import HTMLResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from assistant.domain import Generation
from assistant.errors import IndexInUse, IndexMissing, StoreError
from ingest import Publish, Run, RunState, generations, publish, reject
from web.desk.entry import Desk, WithChiefDesk, WithDesk, desk_router, go
from web.problems import Problem

router = desk_router()

RUNS = "/redactie/verversen"
SHOWN = 30
LOOK_EVERY = 0.4
"""Seconds between two looks at a run that is going on."""
STATES: Mapping[RunState, str] = {
    RunState.RUNNING: "bezig",
    RunState.PUBLISHED: "gepubliceerd",
    RunState.UNCHANGED: "niets veranderd",
    RunState.WAITING: "wacht op een hoofdredacteur",
    RunState.REJECTED: "afgewezen",
    RunState.SUPERSEDED: "vervangen door een nieuwere",
    RunState.FAILED: "mislukt",
    RunState.INTERRUPTED: "afgebroken",
}
VISITS: Mapping[str, str] = {
    "new": "nieuw",
    "changed": "veranderd",
    "unchanged": "gelijk gebleven",
    "empty": "zonder tekst",
    "moved": "verhuisd",
    "gone": "één keer weg",
    "left": "vervallen",
    "failed": "mislukt",
    "refused": "geweigerd",
    "skipped": "overgeslagen",
}


class StartForm(BaseModel):
    """Whether to publish right away when nothing stands out, and the one site to visit."""

    publiceren: Literal["vanzelf", "zelf"] = "zelf"
    site: str = ""


@router.get("/verversen")
async def get_runs(desk: WithDesk) -> HTMLResponse:
    """The last refreshes, and the generations that can be live."""
    return await show_runs(desk)


@router.post("/verversen")
async def post_run(form: Annotated[StartForm, Form()], desk: WithDesk) -> Response:
    """Starts a refresh. Only a chief editor lets it publish by itself."""
    by_itself = form.publiceren == "vanzelf" and desk.editor.is_chief
    when = Publish.WITHIN_LIMITS if by_itself else Publish.NEVER
    try:
        run = await desk.parts.refreshing.begin(desk.editor.name, when, site=form.site or None)
    except IndexInUse:
        return await show_runs(desk, "Er wordt al ververst. Wacht tot dat klaar is.")
    await desk.note("ververst", run.id, site=form.site)
    return go(f"{RUNS}/{run.id}")


@router.get("/verversen/{id}")
async def get_run(id: str, desk: WithDesk) -> HTMLResponse:
    """One refresh: how far it is, or what it changes."""
    return desk.show("run", run=await known(desk, id), states=STATES, visits=VISITS)


@router.get("/verversen/{id}/stroom", response_class=EventSourceResponse)
async def get_stream(id: str, desk: WithDesk) -> AsyncIterator[ServerSentEvent]:
    """The progress as it comes; ends when the run does. An unknown run ends at once.

    When the server stops the stream breaks off, without an end: a browser then asks again, and finds the next server.
    """
    shown = ""
    while (run := await asyncio.to_thread(desk.parts.refreshing.runs.get, id)) is not None and not run.is_over:
        if desk.parts.stopping.is_set():
            return
        page = desk.show("parts/run_progress", run=run, states=STATES)
        progress = bytes(page.body).decode()
        if progress != shown:
            yield ServerSentEvent(raw_data=progress, event="stand")
            shown = progress
        await asyncio.sleep(LOOK_EVERY)
    yield ServerSentEvent(raw_data="klaar", event="klaar")


@router.post("/verversen/{id}/publiceren")
async def post_publish(id: str, desk: WithChiefDesk) -> Response:
    """Makes what a run built the live generation."""
    run = await waiting(desk, id)
    await switch_to(desk, str(run.candidate))
    await desk.note("gepubliceerd", str(run.candidate), nieuw=run.new, veranderd=run.changed, weg=run.gone)
    return go(f"{RUNS}/{id}", "gepubliceerd")


@router.post("/verversen/{id}/afwijzen")
async def post_reject(id: str, desk: WithChiefDesk) -> Response:
    """Throws away what a run built."""
    await waiting(desk, id)
    try:
        await reject(desk.parts.settings, id)
    except StoreError as exc:
        raise Problem(409, "Dit kan nu niet. Bekijk de lijst opnieuw.") from exc
    await desk.note("afgewezen", id)
    return go(f"{RUNS}/{id}", "afgewezen")


@router.post("/versies/{generation}/terugzetten")
async def post_back(generation: str, desk: WithChiefDesk) -> Response:
    """Makes another generation live again."""
    if generation not in {g.id for g in await kept_generations(desk)}:
        raise Problem(404, "Deze versie is er niet meer.")
    await switch_to(desk, generation)
    await desk.note("teruggezet", generation)
    return go(RUNS, "teruggezet")


async def show_runs(desk: Desk, problem: str | None = None) -> HTMLResponse:
    """The page, with what was wrong."""
    runs = await asyncio.to_thread(lambda: list(desk.parts.refreshing.runs.all())[:SHOWN])
    return desk.show(
        "runs",
        409 if problem else 200,
        runs=runs,
        current=next((run for run in runs if not run.is_over), None),
        awaiting=next((run for run in runs if run.state is RunState.WAITING), None),
        generations=[(g, datetime.fromisoformat(g.created)) for g in reversed(await kept_generations(desk))],
        states=STATES,
        problem=problem,
        at=desk.parts.settings.refresh_at,
    )


async def known(desk: Desk, id: str) -> Run:
    """The run with this id. Raises `Problem` 404."""
    run = await asyncio.to_thread(desk.parts.refreshing.runs.get, id)
    if run is None:
        raise Problem(404, "Deze verversing is er niet meer.")
    return run


async def waiting(desk: Desk, id: str) -> Run:
    """A run that waits for an editor. Raises `Problem`."""
    run = await known(desk, id)
    if run.state is not RunState.WAITING or run.candidate is None:
        raise Problem(409, "Hier valt niets te kiezen. Een collega was je misschien voor.")
    return run


async def switch_to(desk: Desk, generation: str) -> None:
    """Makes a generation live. Raises `Problem`."""
    try:
        await publish(desk.parts.settings, generation)
    except IndexMissing as exc:
        raise Problem(404, "Deze versie is er niet meer.") from exc
    except StoreError as exc:
        raise Problem(503, "De index is nu niet te bereiken. Probeer het over een paar minuten nog eens.") from exc


async def kept_generations(desk: Desk) -> list[Generation]:
    """What can be live, oldest first; nothing when the index is away."""
    try:
        return await generations(desk.parts.settings)
    except StoreError:
        return []
