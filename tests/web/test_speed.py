"""The first page is small, asks for little and is soon there, on a slow machine too."""

from __future__ import annotations

from playwright.async_api import Browser

BYTES = 60_000
REQUESTS = 8
SLOWDOWN = 4
FIRST_PAINT = 1_000
"""Milliseconds until the first words are on the screen, with a processor that is four times slower."""


async def test_the_first_page_is_soon_there(browser: Browser, site: str) -> None:
    context = await browser.new_context(base_url=site)
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    received: dict[str, int] = {}
    devtools.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    await devtools.send("Network.enable")
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

    painted = []
    for _ in range(3):  # a machine that does more than this test is slow now and then
        received.clear()
        await devtools.send("Network.clearBrowserCache")
        await page.goto("/", wait_until="networkidle")
        (paint,) = await page.evaluate(
            "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
        )
        painted.append(paint)
    await context.close()

    assert sum(received.values()) < BYTES
    assert len(received) <= REQUESTS
    assert min(painted) < FIRST_PAINT


async def test_only_the_stylesheet_keeps_the_page_waiting(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(site)

    blocking = await page.evaluate(
        """() => performance.getEntriesByType('resource')
            .filter((one) => one.renderBlockingStatus === 'blocking').map((one) => one.name.split('/').pop())"""
    )
    await page.close()

    assert blocking == ["style.css"]


async def test_a_second_visit_asks_for_nothing_but_the_page(browser: Browser, site: str) -> None:
    context = await browser.new_context(base_url=site)
    page = await context.new_page()
    await page.goto("/", wait_until="networkidle")

    await page.goto("/?gemeente=Emmen", wait_until="networkidle")

    moved = await page.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.transferSize > 0).map((one) => one.name)"
    )
    await context.close()
    assert moved == []
