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
        await page.locator("#gesprek > :not(.draft)").wait_for()
        await page.evaluate("document.querySelectorAll('.log details').forEach((one) => { one.open = true; })")

    return show


def opened(path: str) -> Callable[[Page], Awaitable[None]]:
    async def show(page: Page) -> None:
        await page.goto(path)

    return show


async def typing(page: Page) -> None:
    await page.goto("/?gemeente=Emmen")
    await page.locator("#vraag").fill("Waar ontm")
    await page.locator(".human__open").click()


async def waiting(page: Page) -> None:
    await page.goto("/")
    await page.route("**/vraag", lambda route: None)  # an answer that does not come
    await page.locator("#vraag").fill("Waar ontmoet ik mensen?")
    await page.keyboard.press("Enter")
    await page.get_by_text("Ik zoek het op in de bronnen…").wait_for()


async def rated(page: Page) -> None:
    await asked("Waar ontmoet ik mensen?")(page)
    await page.get_by_role("button", name="Nee", exact=True).click()
    await page.locator(".reason").wait_for()
    await page.locator(".report__form button").first.click()
    await page.locator(".report .thanks").wait_for()


STATES = {
    "empty": opened("/"),
    "typing": typing,
    "waiting": waiting,
    "rated": rated,
    "erased": opened("/?gewist=1"),
    "widget": opened("/widget?gemeente=Emmen"),
    "widget refused": opened("/widget?site=https://kwaad.example"),
    "widget example": opened("/widget/voorbeeld"),
    "foreign": asked("Who can help me?"),
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


@pytest.mark.parametrize("state", ["empty", "answered", "crisis", "widget"])
@pytest.mark.parametrize(
    "circumstances",
    [
        {"forced_colors": "active"},
        {"contrast": "more"},
        {"contrast": "more", "color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 480}},
        {"viewport": {"width": 320, "height": 256}},
    ],
    ids=["forced colours", "more contrast", "more contrast, dark", "320 px", "400 %"],
)
async def test_axe_finds_no_violations_for_who_sees_less(
    browser: Browser, site: str, state: str, circumstances: dict[str, Any]
) -> None:
    context = await browser.new_context(base_url=site, reduced_motion="reduce", **circumstances)
    page = await context.new_page()
    await STATES[state](page)

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await context.close()


@pytest.mark.parametrize("state", ["empty", "answered", "crisis"])
async def test_text_of_twice_the_size_fits(scheme_page: Page, state: str) -> None:
    await scheme_page.set_viewport_size({"width": 640, "height": 800})
    await STATES[state](scheme_page)

    await scheme_page.evaluate("document.documentElement.style.fontSize = '200%'")

    cut = await scheme_page.evaluate(
        """() => [...document.querySelectorAll('button, summary, a:not(.mark), p, h1, h2, h3, label, dd')]
            .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    assert await scheme_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
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
