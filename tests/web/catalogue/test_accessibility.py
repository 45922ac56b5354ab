"""axe finds nothing wrong (WCAG 2.2 AA) in any state of the catalogue and the information pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.web.catalogue.shelf import DESK
from tests.web.test_accessibility import violations

STATES = {
    "everything": "/zoeken",
    "filtered": "/zoeken?gemeente=Emmen&q=e",
    "nothing found": "/zoeken?gemeente=Emmen&onderwerp=rouw",
    "nothing near": "/zoeken?gemeente=Emmen&onderwerp=rouw&q=verhaal",
    "bad input": "/zoeken?gemeente=Atlantis&pagina=99",
    "crisis": "/zoeken?q=ik+wil+niet+meer+leven",
    "last page": "/zoeken?pagina=3",
    "source": f"/bron/{DESK.id}",
    "municipality": "/gemeente/emmen",
    "theme": "/thema/sociale-basis",
    "about": "/over",
    "privacy": "/privacy",
    "accessibility": "/toegankelijkheid",
}
MANNERS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "forced colours": {"viewport": {"width": 768, "height": 900}, "forced_colors": "active"},
}


@pytest.fixture(params=MANNERS)
async def shown(request: pytest.FixtureRequest, browser: Browser, site: str) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=site, reduced_motion="reduce", **MANNERS[request.param])
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize("state", STATES)
async def test_axe_finds_no_violations(shown: Page, state: str) -> None:
    await shown.goto(STATES[state])
    await shown.evaluate("for (const d of document.querySelectorAll('main details')) d.open = true")

    # With forced colours the system chooses what is drawn, and axe compares colours of ours that nobody sees.
    is_forced = await shown.evaluate("matchMedia('(forced-colors: active)').matches")
    assert [v for v in await violations(shown) if not (is_forced and v[0] == "color-contrast")] == []


@pytest.mark.parametrize("state", STATES)
async def test_headings_never_skip_a_level(page: Page, state: str) -> None:
    await page.goto(STATES[state])

    levels = await page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
