"""Puts the app together: parts, middleware, routes and the answer to every error."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.routing import Route

from assistant import Assistant
from assistant.errors import StoreError
from assistant.rules.matching import find_crisis
from assistant.settings import Settings
from web import (
    api,
    chat_completions,
    documentation,
    giving_feedback,
    health,
    information,
    pages,
    streaming,
    well_known,
    widget,
)
from web.catalogue import pages as catalogue
from web.catalogue import sitemap
from web.desk.entry import handle_sign_in
from web.desk.grouping import forget_gaps
from web.desk.routers import routers
from web.door import PATH, Door
from web.edge import CatchErrors, LimitBody, LogRequests
from web.errors import handle_errors
from web.parts import Parts, build_parts
from web.security import CompressPublic, SecurityHeaders
from web.sites import widget_sites
from web.windows import SharedWindows

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60
PATIENCE = 10.0
"""Seconds that answers get, of visitors who lost the connection, when the server stops."""
SETTLED_AFTER = 5.0
"""Seconds after the start until the assistant makes ready what is not needed at once."""


def create_app(settings: Settings, assistant: Assistant | None = None) -> FastAPI:
    """The whole web app; tests bring their own assistant. Raises `SettingsError`."""
    app = FastAPI(
        title="Markewijzer",
        version="1",
        description="Vragen over gezondheid, welzijn en hulp in Drenthe, beantwoord met bronnen.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.parts = build_parts(settings, assistant)
    for module in (
        api,
        health,
        documentation,
        pages,
        giving_feedback,
        widget,
        catalogue,
        sitemap,
        information,
        well_known,
    ):
        app.include_router(module.router)
    app.include_router(giving_feedback.api)
    app.include_router(chat_completions.router)
    app.state.door = Door(app.state.parts)
    app.router.routes.append(Route(PATH, app.state.door))
    widget_sites(settings)  # a mistake in it is told now, and not to the first visitor
    for router in routers(settings):
        app.include_router(router)
    handle_errors(app)
    handle_sign_in(app)
    # The last one added is the outermost, so that every response has the headers, also a 413 or a 500.
    for middleware in (LimitBody, CatchErrors, CompressPublic, LogRequests, SecurityHeaders):
        app.add_middleware(middleware)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Starts what can be started: without an index the server still runs, because crisis answers need none."""
    parts: Parts = app.state.parts
    await asyncio.to_thread(find_crisis, "")  # reads the rules now, and not while the first visitor waits
    try:
        await parts.assistant.start()
    except StoreError as exc:
        logger.warning("started without an index: %s", exc)
    except Exception:  # whatever is wrong with the warm-up, a crisis must be answered
        logger.exception("started without a warm-up")
    settling = asyncio.create_task(settle(parts))
    forgetting = asyncio.create_task(forget_daily(parts))
    parts.refreshing.start()
    async with app.state.door.open():
        yield
    await streaming.finish(PATIENCE)
    await parts.refreshing.stop()
    for task in (settling, forgetting):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await parts.database.close()
    await parts.assistant.close()


async def settle(parts: Parts) -> None:
    """Makes ready what is needed now and then, when those who waited for the start have their answers."""
    await asyncio.sleep(SETTLED_AFTER)
    await parts.assistant.settle()


async def forget_daily(parts: Parts) -> None:
    """Deletes what is old now and every day, so that a server that never restarts keeps its promise too."""
    while True:
        await parts.feedback.forget(parts.settings.kept_days)
        await parts.conversations.forget(parts.settings.kept_days)
        await forget_gaps(parts.database, parts.settings.kept_days)
        await parts.accounts.forget()
        await SharedWindows(parts.database, "").forget()
        await asyncio.to_thread(parts.refreshing.forget)
        await asyncio.sleep(DAY)
