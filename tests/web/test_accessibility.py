"""axe finds nothing wrong (WCAG 2.2 AA) in any state of the pages, light and dark."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


async def violations(page: Page) -> list[tuple[str, str]]:
    """Each violation with the first element that has it."""
    results: dict[str, Any] = (await Axe().run(page, options=OPTIONS)).response
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in results["violations"]]


def asked(question: str) -> Callable[[Page], Awaitable[None]]:
    async def show(page: Page) -> None:
        await page.goto("/")
        await page.locator("#vraag").fill(question)
        await page.keyboard.press("Enter")
        await page.locator("#gesprek > *").wait_for()
        for summary in await page.locator("summary").all():
            await summary.click()

    return show


def opened(path: str) -> Callable[[Page], Awaitable[None]]:
    async def show(page: Page) -> None:
        await page.goto(path)

    return show


STATES = {
    "empty": opened("/"),
    "answered": asked("Waar ontmoet ik mensen?"),
    "unanswerable": asked("Wat voor weer wordt het?"),
    "crisis": asked("Ik wil niet meer leven"),
    "mistake": asked("Ga stuk"),
    "not found": opened("/niets"),
    "source": opened("/bron/emmen-sedna"),
    "documentation": opened("/api/docs"),
}


@pytest.fixture(params=["light", "dark"])
async def scheme_page(request: pytest.FixtureRequest, browser: Browser, site: str) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=site, color_scheme=request.param, reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize("state", STATES)
async def test_axe_finds_no_violations(scheme_page: Page, state: str) -> None:
    await STATES[state](scheme_page)

    assert await violations(scheme_page) == []


async def test_axe_finds_what_is_broken_on_purpose(scheme_page: Page) -> None:
    await scheme_page.goto("/")
    await scheme_page.evaluate(
        """() => {
            document.documentElement.removeAttribute('lang');
            document.querySelector('label[for=vraag]').remove();
            document.querySelector('.note').style.color = 'color-mix(in srgb, currentColor 25%, transparent)';
        }"""
    )

    found = {name for name, _ in await violations(scheme_page)}

    assert {"html-has-lang", "label", "color-contrast"} <= found
