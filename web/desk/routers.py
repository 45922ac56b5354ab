"""All pages of the desk, in the order in which an address is looked up."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from web.accounts import openid, signing_in
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
        openid,
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
