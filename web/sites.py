"""Which other websites may show the widget, and which of them a question came through."""

from __future__ import annotations

import re

from assistant.errors import SettingsError
from assistant.settings import Settings

SITE = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?")


def widget_sites(settings: Settings) -> tuple[str, ...]:
    """The websites that may show the widget. Raises `SettingsError`."""
    sites = tuple(settings.widget_sites.lower().split())
    for site in sites:
        if not SITE.fullmatch(site):
            raise SettingsError(f"WIDGET_SITES={site!r}: should be an origin, like https://www.emmen.nl")
    return sites


def matches(site: str, allowed: str) -> bool:
    """Whether an origin is the allowed one, or a subdomain of `https://*.assen.nl`."""
    pattern = re.escape(allowed).replace(r"\*", r"[a-z0-9.-]+")
    return re.fullmatch(pattern, site.lower()) is not None


def known_site(site: str, settings: Settings) -> str:
    """The entry of `WIDGET_SITES` that an origin falls under, empty for any other: nobody makes up a website."""
    return next((allowed for allowed in widget_sites(settings) if matches(site, allowed)), "")
