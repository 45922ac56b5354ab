"""The addresses of municipalities and themes, the same in links, routes and the sitemap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain import MUNICIPALITIES, THEMES
from web.templating import slug


def by_slug(names: Sequence[str]) -> Mapping[str, str]:
    """The names by the end of their address."""
    return {slug(name): name for name in names}


MUNICIPALITY_SLUGS = by_slug(MUNICIPALITIES)
THEME_SLUGS = by_slug(THEMES)
