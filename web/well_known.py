"""Tells whoever found a weakness where to report it (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, RedirectResponse

from web.parts import WithParts
from web.problems import Problem

router = APIRouter(include_in_schema=False)

PATH = "/.well-known/security.txt"
GOOD_FOR = timedelta(days=180)
"""The RFC asks for less than a year, so that an old copy is not trusted."""


@router.get(PATH)
async def get_security(parts: WithParts) -> PlainTextResponse:
    """Where to report it. Raises `Problem` 404 when the operator has not said how to be reached."""
    if not parts.settings.operator_email:
        raise Problem(404, "Er is nog geen adres om een lek te melden. De beheerder geeft het op met OPERATOR_EMAIL.")
    expires = (datetime.now(UTC) + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: mailto:{parts.settings.operator_email}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
    )
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get("/security.txt")
async def get_old_address() -> RedirectResponse:
    """Where older programs look for it."""
    return RedirectResponse(PATH, 308)
