"""Puts a source's own fields into words: what it is called, how it is reached, which sentence stands for it."""

from __future__ import annotations

import re

from assistant import replies
from assistant.domain import COUNTRY, PROVINCE, Source, Statement

LONGEST_NAME = 40


def name_of(source: Source) -> str:
    """The first organisation, where its name is short; else the title up to its colon."""
    organisation = re.split(r"\s*[/,;]\s*", source.organisation or "")[0]
    if 0 < len(organisation) <= LONGEST_NAME:
        return organisation
    return source.title.partition(":")[0].strip() or source.title


def next_door_to(source: Source) -> Statement:
    """Whom to ask when we do not know."""
    return _reaching(source, replies.NEXT_DOOR_CALL, None, replies.NEXT_DOOR_SITE) or stated(source, replies.NEXT_DOOR)


def door_step_to(source: Source) -> Statement:
    """Where to begin when no source can be reached."""
    step = _reaching(source, replies.STEP_DOOR_CALL, None, replies.STEP_DOOR_SITE)
    return step or stated(source, replies.STEP_DOOR)


def step_to(source: Source) -> Statement | None:
    """How to take the first step: a number, else an address to write to, else a site; None without any."""
    return _reaching(source, replies.STEP_CALL, replies.STEP_MAIL, replies.STEP_SITE)


def stated(source: Source, template: str) -> Statement:
    """A template filled from the fields of a source."""
    return Statement(template.format_map(fields_of(source)), source, source.summary)


def fields_of(source: Source) -> dict[str, str]:
    """What a template may say of a source, by the name of its gap."""
    contact = source.contact
    ways = (contact.phone, contact.email, None if contact.phone or contact.email else contact.website)
    return {
        "title": name_of(source),
        "phone": contact.phone or "",
        "email": contact.email or "",
        "website": contact.website or "",
        "reach": ", ".join(way for way in ways if way),
        "date": replies.spoken_date(source.date) if source.date else "",
        "checked": replies.spoken_date(source.checked),
        "places": ", ".join(places_of(source)),
    }


def places_of(source: Source) -> list[str]:
    """The municipalities that it is limited to; empty for all of Drenthe or the country."""
    return [m for m in source.municipalities if m not in (PROVINCE, COUNTRY)]


def _reaching(source: Source, call: str, mail: str | None, site: str) -> Statement | None:
    contact = source.contact
    if contact.phone:
        return stated(source, call)
    if contact.email and mail:
        return stated(source, mail)
    return stated(source, site) if contact.website else None
