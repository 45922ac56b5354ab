"""All pages of the desk, in the order in which an address is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi import APIRouter

from assistant.settings import Settings
from web.accounts import signing_in
from web.desk import (
    bench,
    fixed_answers,
    gaps,
    logbook,
    notices,
    overview,
    people,
    quality,
    reports,
    runs,
    sites,
    sources,
    switch,
    writing,
)

ROUTERS: Sequence[APIRouter] = tuple(
    module.router
    for module in (
        signing_in,
        overview,
        reports,
        gaps,
        writing,  # before `sources`: ‘nieuw’ is no id
        sources,
        notices,
        fixed_answers,
        bench,
        runs,
        sites,
        quality,
        people,
        switch,
        logbook,
    )
)


def routers(settings: Settings) -> Iterator[APIRouter]:
    """The pages that these settings ask for; what signs in elsewhere takes a sixth of a second to import."""
    if settings.has_openid:
        from web.accounts import openid

        yield openid.router
    yield from ROUTERS
