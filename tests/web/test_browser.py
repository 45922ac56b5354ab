"""What a visitor does, in a real browser; with and without JavaScript where the steps are the same."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.web.fake_assistant import SUGGESTION

ALERT = '<div class="utrecht-alert utrecht-alert--error" tabindex="-1"><p>Even wachten.</p></div>'
CONVERSATION = re.compile(r"/gesprek/[0-9a-f-]{36}")


async def ask(page: Page, question: str) -> None:
    await page.goto("/")
    await page.locator("#vraag").fill(question)
    await page.get_by_role("button", name="Verstuur").click()
    await expect(page.locator(".turn")).to_have_count(1)


async def test_a_question_gets_its_answer(either_page: Page) -> None:
    await ask(either_page, "Waar ontmoet ik mensen?")

    await expect(either_page.locator(".question")).to_contain_text("Waar ontmoet ik mensen?")
    await expect(either_page.locator(".answer")).to_contain_text("In Emmen kun je terecht bij Sedna.")
    await expect(either_page).to_have_url(CONVERSATION)


async def test_a_mark_opens_its_citation(either_page: Page) -> None:
    await ask(either_page, "Waar ontmoet ik mensen?")
    quote = either_page.locator(".citation").first.get_by_text("Sedna helpt inwoners")
    await expect(quote).to_be_hidden()

    await either_page.locator(".text .mark").first.click()

    await expect(quote).to_be_visible()
    await expect(either_page.locator(".citation").nth(1).locator("blockquote")).to_be_hidden()


async def test_a_citation_opens_by_hand(either_page: Page) -> None:
    await ask(either_page, "Waar ontmoet ik mensen?")

    await either_page.locator(".citation > summary").nth(1).press("Enter")

    link = either_page.locator(".citation").nth(1).get_by_role("link", name="Open op de website")
    await expect(link).to_have_attribute("href", "https://gezondemarke.nl/ons-verhaal#:~:text=helpt")


async def test_a_suggestion_asks_on_in_the_same_conversation(either_page: Page) -> None:
    await ask(either_page, "Waar ontmoet ik mensen?")

    await either_page.get_by_role("button", name=SUGGESTION).click()

    await expect(either_page.locator(".turn")).to_have_count(2)
    await expect(either_page.locator(".question").nth(1)).to_contain_text(SUGGESTION)


async def test_a_starter_takes_the_chosen_municipality_along(either_page: Page) -> None:
    await either_page.goto("/")
    await either_page.get_by_label("Je gemeente").select_option("Assen")

    await either_page.get_by_role("button", name="Wat is Gezonde Marke?").click()

    await expect(either_page.locator(".question")).to_contain_text("Wat is Gezonde Marke?")
    await expect(either_page.locator(".place__now")).to_contain_text("de gemeente Assen")
    await expect(either_page.locator("#gemeente")).to_have_value("Assen")


async def test_the_municipality_of_an_answer_can_be_changed(either_page: Page) -> None:
    await ask(either_page, "Waar ontmoet ik mensen?")

    await either_page.get_by_label("Kies je gemeente").select_option("Meppel")
    await either_page.get_by_role("button", name="Vraag opnieuw").click()

    await expect(either_page.locator(".turn")).to_have_count(2)
    await expect(either_page.locator(".place__now").nth(1)).to_contain_text("de gemeente Meppel")
    await expect(either_page.locator("#gemeente")).to_have_value("Meppel")


async def test_a_card_leads_to_its_source_and_back(either_page: Page) -> None:
    await ask(either_page, "Waar ontmoet ik mensen?")

    await either_page.get_by_role("link", name="Sedna: welzijn en ontmoeting in Emmen").first.click()
    await expect(either_page.get_by_role("heading", level=1)).to_have_text("Sedna: welzijn en ontmoeting in Emmen")
    await either_page.go_back()

    await expect(either_page.locator(".answer")).to_contain_text("In Emmen kun je terecht bij Sedna.")


async def test_a_crisis_shows_numbers_to_call_first(either_page: Page) -> None:
    await ask(either_page, "Ik wil niet meer leven")

    alert = either_page.locator(".crisis")
    await expect(alert.get_by_role("link", name="Bel 113", exact=True)).to_have_attribute("href", "tel:113")
    box = await alert.get_by_role("link", name="Bel 113", exact=True).bounding_box()
    assert box is not None
    assert box["height"] >= 44


async def test_our_own_mistake_tells_what_to_do(either_page: Page) -> None:
    await either_page.goto("/")
    await either_page.locator("#vraag").fill("Ga stuk")
    await either_page.get_by_role("button", name="Verstuur").click()

    await expect(either_page.get_by_text("Probeer het over een paar minuten nog eens.")).to_be_visible()


async def test_enter_sends_and_shift_enter_starts_a_line(page: Page) -> None:
    await page.goto("/")
    await page.locator("#vraag").fill("Eerste regel")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("tweede regel")

    await page.keyboard.press("Enter")

    await expect(page.locator(".question")).to_contain_text("Eerste regel\ntweede regel", use_inner_text=True)
    await expect(page.locator("#vraag")).to_have_value("")
    await expect(page.locator("#vraag")).to_be_focused()


async def test_the_page_is_not_loaded_again(page: Page) -> None:
    await page.goto("/")
    await page.evaluate("window.isSame = true")
    await page.locator("#vraag").fill("Waar ontmoet ik mensen?")
    await page.keyboard.press("Enter")

    await expect(page.locator(".answer")).to_be_visible()
    assert await page.evaluate("window.isSame")


async def test_a_reload_shows_the_conversation_again(page: Page) -> None:
    await ask(page, "Waar ontmoet ik mensen?")

    await page.reload()

    await expect(page.locator(".turn")).to_have_count(1)
    assert await page.evaluate("localStorage.length") == 0


async def test_a_mark_opens_its_citation_in_a_browser_that_does_not_by_itself(page: Page) -> None:
    await ask(page, "Waar ontmoet ik mensen?")
    await page.evaluate("addEventListener('click', (event) => event.preventDefault(), true)")

    await page.locator(".text .mark").first.click()

    await expect(page.locator(".citation blockquote").first).to_be_visible()


async def test_without_a_connection_the_question_stays(page: Page) -> None:
    await page.goto("/")
    await page.context.set_offline(True)
    await page.locator("#vraag").fill("Waar ontmoet ik mensen?")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("log")).to_contain_text("Er is geen verbinding")
    await expect(page.locator("#vraag")).to_have_value("Waar ontmoet ik mensen?")


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 429, "content_type": "text/html", "body": ALERT},
        {"content_type": "text/event-stream", "body": f"event: problem\ndata: {json.dumps({'html': ALERT})}\n\n"},
    ],
    ids=["refused", "failed while it was written"],
)
async def test_a_question_that_was_not_answered_stays_in_its_box(page: Page, answer: dict[str, Any]) -> None:
    await page.goto("/")
    await page.route("**/vraag", lambda route: route.fulfill(**answer))
    await page.locator("#vraag").fill("Wie helpt mij met een lange vraag?")

    await page.keyboard.press("Enter")

    await expect(page.locator(".utrecht-alert")).to_contain_text("Even wachten")
    await expect(page.locator("#vraag")).to_have_value("Wie helpt mij met een lange vraag?")


async def test_the_keyboard_reaches_everything_in_order(page: Page) -> None:
    await page.goto("/")
    reached = []
    for _ in range(14):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))

    assert reached == [
        "Direct naar de inhoud",
        *("Markewijzer", "Zoeken", "Over", "Nieuw gesprek"),
        *("112", "113", "0800-0113"),
        *("Liever een mens?", "weg"),
        *("vraag", "gemeente", "ik_ben", "Verstuur"),
    ]


async def test_the_keyboard_alone_walks_the_whole_conversation(page: Page) -> None:
    await page.goto("/")
    await page.locator("#vraag").focus()
    await page.keyboard.type("Waar ontmoet ik mensen?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".turn")).to_have_count(1)
    await page.locator(".turn").focus()

    reached = []
    for _ in range(40):
        await page.keyboard.press("Tab")
        focus = await page.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                const seen = getComputedStyle(one).outlineStyle !== 'none';
                const strip = document.querySelector('.aid').getBoundingClientRect().bottom;
                const words = (one.getAttribute('aria-label') || one.textContent || '').trim();
                const name = one.id === 'vraag' ? 'vraag' : words.split('\\n')[0];
                return [name, seen && (one.closest('.aid') || box.top >= strip - 1) && box.top < innerHeight];
            }"""
        )
        reached.append(focus)
        if focus[0] == "vraag":
            break

    names = [name for name, _ in reached]
    assert [name for name, in_sight in reached if not in_sight] == []
    wanted = ["Bron 1", "Bekijk en filter alle 7", "Leg het makkelijker uit", "Bel 0591 680800", "Mail", "Route"]
    assert [name for name in names if name in wanted][:1] == ["Bron 1"]
    assert [names.index(name) for name in wanted] == sorted(names.index(name) for name in wanted)
    assert names[-1] == "vraag"


async def test_a_new_answer_is_announced_once_and_takes_no_focus(page: Page) -> None:
    await page.goto("/")
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-relevant", "additions")
    await page.locator("#vraag").fill("Ik wil niet meer leven")

    await page.keyboard.press("Enter")

    await expect(page.locator(".turn")).to_have_count(1)
    await expect(page.locator("#vraag")).to_be_focused()
    assert await log.locator("[role=alert], [role=status]:not(:empty), [aria-live=assertive]").count() == 0
    await expect(log).not_to_have_attribute("aria-busy", "true")
    await expect(page.locator("#bezig")).to_be_empty()


@pytest.mark.parametrize("path", ["/", "/bron/emmen-sedna", "/niets", "/api/docs"])
async def test_a_narrow_page_does_not_scroll_sideways(page: Page, path: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})

    await page.goto(path)

    assert await page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("question", ["Waar ontmoet ik mensen?", "Ik wil niet meer leven", "x" * 300])
async def test_a_narrow_answer_does_not_scroll_sideways(page: Page, question: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})

    await ask(page, question)
    await page.evaluate("document.querySelectorAll('.log details').forEach((one) => { one.open = true; })")

    assert await page.evaluate("document.documentElement.scrollWidth") == 320


async def test_buttons_and_fields_are_large_enough_to_tap(page: Page) -> None:
    await ask(page, "Waar ontmoet ik mensen?")

    small = await page.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, summary, .nl-button, .who__option')]
            .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
            .map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert small == []
