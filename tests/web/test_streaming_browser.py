"""A visitor reads along while an answer is written, and hears it once; a lost connection loses nothing."""

from __future__ import annotations

import re

from playwright.async_api import Page, Route, expect

SLOW = "Zeg het langzaam: waar ontmoet ik mensen?"


async def ask(page: Page, question: str) -> None:
    await page.goto("/")
    await page.locator("#vraag").fill(question)
    await page.keyboard.press("Enter")


async def test_sentences_appear_while_the_answer_is_written(page: Page) -> None:
    await ask(page, SLOW)

    draft = page.locator(".draft")
    await expect(page.locator("#bezig")).to_have_text("Ik lees 2 bronnen…")
    await expect(draft).to_contain_text("In Emmen kun je terecht bij Sedna.")
    await expect(page.locator(".turn")).to_have_count(0)
    await expect(page.get_by_role("log")).to_have_attribute("aria-busy", "true")

    await expect(page.locator(".turn")).to_have_count(1)
    await expect(draft).to_have_count(0)
    await expect(page.get_by_role("log")).not_to_have_attribute("aria-busy", "true")
    await expect(page.locator("#bezig")).to_be_empty()
    await expect(page.locator("#vraag")).to_have_value("")
    await expect(page).to_have_url(re.compile(r"/gesprek/[0-9a-f-]{36}"))
    await expect(page.locator(".card")).to_have_count(1)


async def test_a_finished_answer_is_added_in_one_move(page: Page) -> None:
    await page.goto("/")
    await page.evaluate(
        """() => {
            const log = document.getElementById("gesprek");
            window.announced = [];
            new MutationObserver((changes) => {
                for (const change of changes) for (const one of change.addedNodes)
                    if (one.className === "turn" || !log.hasAttribute("aria-busy")) announced.push(one.className);
            }).observe(log, { childList: true });
        }"""
    )
    await page.locator("#vraag").fill(SLOW)

    await page.keyboard.press("Enter")
    await expect(page.locator(".turn")).to_have_count(1)

    announced = await page.evaluate("announced.filter(Boolean)")
    assert len(announced) == 1
    assert announced[0].startswith("turn")


async def test_a_stream_that_breaks_off_ends_with_the_finished_turn(page: Page) -> None:
    async def cut(route: Route) -> None:
        response = await route.fetch()
        body = (await response.text()).partition("event: turn")[0]
        await route.fulfill(response=response, body=body)

    await page.route("**/vraag", cut)

    await ask(page, "Waar ontmoet ik mensen?")

    await expect(page.locator(".turn")).to_have_count(1)
    await expect(page.locator(".draft")).to_have_count(0)
    await expect(page.locator(".card")).to_have_count(1)
    await expect(page).to_have_url(re.compile(r"/gesprek/[0-9a-f-]{36}"))
    await expect(page.locator("#vraag")).to_have_value("")
    await expect(page.locator("#bezig")).to_be_empty()


async def test_a_stream_in_the_widget_shows_its_answer(page: Page) -> None:
    await page.goto("/widget?gemeente=Emmen")
    await page.locator("#vraag").fill("Waar ontmoet ik mensen?")

    await page.keyboard.press("Enter")

    await expect(page.locator(".turn")).to_have_count(1)
    await expect(page).to_have_url(re.compile(r"/widget\?gesprek=[0-9a-f-]{36}"))
