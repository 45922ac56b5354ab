"""Moments as people in Drenthe read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.replies import MONTHS

HERE = ZoneInfo("Europe/Amsterdam")


def dutch_moment(moment: datetime) -> str:
    """An aware moment as ‘3 november 2026, 14:05’, on the clock here."""
    here = moment.astimezone(HERE)
    return f"{here.day} {MONTHS[here.month - 1]} {here.year}, {here:%H:%M}"
