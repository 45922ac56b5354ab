"""What every route works with, made once by `create_app` and handed out by FastAPI."""

from __future__ import annotations

from asyncio import Semaphore
from dataclasses import dataclass
from threading import Event
from typing import Annotated

from fastapi import Depends, Request

from assistant import Assistant
from assistant.settings import Settings
from web.accounts.accounts import Accounts
from web.api_keys import ApiKeys
from web.assets import Assets
from web.catalogue.finding import Catalogue
from web.conversations import Conversations
from web.database import Database
from web.earlier import Earlier
from web.feedback import Feedback
from web.interventions import Interventions
from web.metrics import Metrics
from web.rate_limit import RateLimit
from web.readiness import Readiness
from web.running import Refreshing
from web.templating import Templates
from web.windows import MemoryWindows, SharedWindows

AT_ONCE = 8
"""Answers that are made at the same time: enough to keep two cores busy while some wait for a language model."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one running app."""

    settings: Settings
    assistant: Assistant
    catalogue: Catalogue
    database: Database
    conversations: Conversations
    feedback: Feedback
    interventions: Interventions
    accounts: Accounts
    refreshing: Refreshing
    rate_limit: RateLimit
    network_rate_limit: RateLimit
    site_rate_limit: RateLimit
    api_keys: ApiKeys
    api_rate_limit: RateLimit
    earlier: Earlier
    assets: Assets
    templates: Templates
    metrics: Metrics
    readiness: Readiness
    at_once: Semaphore
    """Held while an answer is made. Too many at the same time would all be late; so they come in turn, in order."""
    stopping: Event
    """Set as soon as the server is told to stop; what would go on for ever ends then."""


def build_parts(settings: Settings, assistant: Assistant | None) -> Parts:
    """All parts; opens nothing yet. Raises `SettingsError`."""
    assets = Assets()
    database = Database.open(settings)
    assistant = assistant or Assistant.open(settings=settings)
    off = "off" if settings.rate_limit == "off" else None

    def limited(rule: str, name: str) -> RateLimit:
        return RateLimit(rule, name, SharedWindows(database, name) if settings.database_url else MemoryWindows())

    return Parts(
        settings=settings,
        assistant=assistant,
        catalogue=Catalogue(assistant),
        database=database,
        conversations=Conversations(database),
        feedback=Feedback(database),
        interventions=Interventions(database),
        accounts=Accounts(database),
        refreshing=Refreshing(settings, database),
        rate_limit=limited(settings.rate_limit, "RATE_LIMIT"),
        network_rate_limit=limited(off or settings.network_rate_limit, "NETWORK_RATE_LIMIT"),
        site_rate_limit=limited(off or settings.site_rate_limit, "SITE_RATE_LIMIT"),
        api_keys=ApiKeys(settings.api_keys),
        api_rate_limit=limited(settings.api_rate_limit, "API_RATE_LIMIT"),
        earlier=Earlier(),
        assets=assets,
        templates=Templates(assets, settings),
        metrics=Metrics(),
        readiness=Readiness(settings, assistant, database),
        at_once=Semaphore(AT_ONCE),
        stopping=Event(),
    )


def parts_of(request: Request) -> Parts:
    """The parts of the app that serves this request."""
    parts: Parts = request.app.state.parts
    return parts


WithParts = Annotated[Parts, Depends(parts_of)]
