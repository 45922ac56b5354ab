"""What every route works with, made once by `create_app` and handed out by FastAPI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from assistant import Assistant
from assistant.settings import Settings
from web.assets import Assets
from web.conversations import Conversations
from web.rate_limit import RateLimit
from web.templating import Templates


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one running app."""

    settings: Settings
    assistant: Assistant
    conversations: Conversations
    rate_limit: RateLimit
    assets: Assets
    templates: Templates


def build_parts(settings: Settings, assistant: Assistant | None) -> Parts:
    """All parts; opens nothing yet. Raises `SettingsError`."""
    assets = Assets()
    return Parts(
        settings=settings,
        assistant=assistant or Assistant.open(settings=settings),
        conversations=Conversations.open(settings),
        rate_limit=RateLimit(settings.rate_limit),
        assets=assets,
        templates=Templates(assets),
    )


def parts_of(request: Request) -> Parts:
    """The parts of the app that serves this request."""
    parts: Parts = request.app.state.parts
    return parts


WithParts = Annotated[Parts, Depends(parts_of)]
