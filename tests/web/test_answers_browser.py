"""What a visitor can do with an answer: simpler words, reading aloud, printing, sharing, and telling what was wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, Route, expect

VOICES = """
    window.spoken = [];
    speechSynthesis.getVoices = () => [{ lang: "en-US" }, { lang: "nl-NL" }].slice(0, %d);
    speechSynthesis.speak = (one) => spoken.push([one.text, one.lang]);
    speechSynthesis.cancel = () => spoken.push("stop");
    Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice", { set() {} });
    const shown = () => [...document.querySelectorAll(".card")].filter((one) => one.checkVisibility());
    window.print = () => spoken.push(shown().length);
    navigator.share = async (card) => spoken.push(card);
"""


async def ask(page: Page, question: str = "Waar ontmoet ik mensen?") -> None:
    await page.goto("/")
    await page.locator("#vraag").fill(question)
    await page.get_by_role("button", name="Verstuur").click()
    await expect(page.locator(".turn")).to_have_count(1)


@pytest.fixture
async def speaking_page(browser: Browser, site: str) -> AsyncIterator[Page]:
    """A browser with a Dutch voice, a printer and somebody to share with."""
    context = await browser.new_context(base_url=site, reduced_motion="reduce")
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = await context.new_page()
    await page.add_init_script(VOICES % 2)
    yield page
    await context.close()


async def test_an_answer_is_there_in_simpler_words(either_page: Page) -> None:
    await ask(either_page)
    await expect(either_page.get_by_text("Ga naar Sedna.")).to_be_hidden()

    await either_page.get_by_text("Leg het makkelijker uit").click()

    await expect(either_page.get_by_text("Ga naar Sedna.")).to_be_visible()


async def test_an_answer_without_simpler_words_offers_none(page: Page) -> None:
    await ask(page, "Wat voor weer wordt het?")

    await expect(page.get_by_text("Leg het makkelijker uit")).to_have_count(0)


async def test_a_list_leads_to_all_of_it(either_page: Page) -> None:
    await ask(either_page)

    link = either_page.get_by_role("link", name="Bekijk en filter alle 7")
    await expect(link).to_have_attribute("href", "/zoeken?onderwerp=eenzaamheid")


async def test_an_answer_is_read_aloud_without_its_marks_and_stops(speaking_page: Page) -> None:
    await ask(speaking_page)

    await speaking_page.get_by_role("button", name="Lees voor").click()
    await speaking_page.get_by_role("button", name="Stop met voorlezen").click()

    spoken = await speaking_page.evaluate("spoken")
    assert spoken[0][0].startswith("In Emmen kun je terecht bij Sedna. Je ontmoet er andere mensen uit je buurt.")
    assert not any("1" in text and "[" in text for text, _ in spoken[:-1])
    assert {language for _, language in spoken[:-1]} == {"nl-NL"}
    assert spoken[-1] == "stop"
    await expect(speaking_page.get_by_role("button", name="Lees voor")).to_be_visible()


async def test_without_a_dutch_voice_reading_aloud_is_not_offered(browser: Browser, site: str) -> None:
    context = await browser.new_context(base_url=site)
    page = await context.new_page()
    await page.add_init_script(VOICES % 1)
    await ask(page)

    await expect(page.locator("[data-do=speak]")).to_be_hidden()
    await context.close()


async def test_a_card_is_printed_alone_and_a_conversation_whole(speaking_page: Page) -> None:
    await ask(speaking_page)
    await ask_on(speaking_page)
    await speaking_page.emulate_media(media="print")

    await speaking_page.evaluate("document.querySelector('[data-do=print-card]').click()")
    await speaking_page.evaluate("document.querySelector('[data-do=print-all]').click()")

    assert await speaking_page.evaluate("spoken") == [1, 2]


async def ask_on(page: Page) -> None:
    await page.locator("#vraag").fill("En in Assen?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".turn")).to_have_count(2)


async def test_on_paper_every_source_is_open_and_no_button_is_left(either_page: Page) -> None:
    await ask(either_page)

    await either_page.emulate_media(media="print")

    await expect(either_page.locator("blockquote").first).to_be_visible()
    shown = await either_page.locator("button, select, textarea").filter(visible=True).count()
    assert shown == 0


async def test_a_card_is_shared_and_copied(speaking_page: Page) -> None:
    await ask(speaking_page)
    await speaking_page.locator(".share summary").first.click()

    await speaking_page.get_by_role("button", name="Deel met een app").click()
    await speaking_page.get_by_role("button", name="Kopieer").click()

    await expect(speaking_page.locator(".share__done").first).to_have_text("Gekopieerd.")
    (shared,) = await speaking_page.evaluate("spoken")
    copied = await speaking_page.evaluate("navigator.clipboard.readText()")
    assert shared["url"].endswith("/bron/emmen-sedna")
    assert "Telefoon: 0591 680800" in shared["text"]
    assert copied == f"{shared['text']}\n{shared['url']}"


async def test_a_card_has_every_way_to_act(either_page: Page, site: str) -> None:
    await ask(either_page)
    card = either_page.locator(".card").first

    await expect(card.get_by_role("link", name="Bel 0591 680800")).to_have_attribute("href", "tel:0591680800")
    await expect(card.get_by_role("link", name="Mail", exact=True)).to_have_attribute(
        "href", "mailto:info@sedna-emmen.nl"
    )
    route = await card.get_by_role("link", name="Route").get_attribute("href")
    assert route == "https://www.openstreetmap.org/directions?to=Boermarkeweg+75%2C+7822+HM+Emmen"
    await card.locator(".share summary").click()
    mail = await card.get_by_role("link", name="Stuur per mail").get_attribute("href")
    assert mail is not None
    assert mail.startswith("mailto:?subject=Sedna")
    assert "0591%20680800" in mail


async def test_a_visitor_says_that_it_helped_and_why(either_page: Page) -> None:
    await ask(either_page)

    await either_page.get_by_role("button", name="Ja", exact=True).click()
    await either_page.get_by_label("Wat hielp je?").fill("Ik wist niet waar ik kon beginnen.")
    await either_page.locator(".reason button").click()

    await expect(either_page.get_by_text("Hier kunnen we iets mee.")).to_be_visible()


async def test_a_visitor_reports_a_source(either_page: Page) -> None:
    await ask(either_page)
    await either_page.locator(".citation summary").first.click()

    await either_page.locator(".report summary").first.click()
    await either_page.get_by_label("Wat klopt er niet?").first.fill("Dit is gesloten.")
    await either_page.get_by_role("button", name="Meld het").first.click()

    await expect(either_page.get_by_text("De redactie kijkt ernaar.")).to_be_visible()


async def test_thanks_get_the_focus_that_the_button_had(page: Page) -> None:
    await ask(page)

    await page.get_by_role("button", name="Nee", exact=True).press("Enter")

    await expect(page.locator(".thanks")).to_be_focused()


async def test_feedback_that_could_not_be_kept_stays_in_its_form(page: Page) -> None:
    alert = '<div class="utrecht-alert utrecht-alert--error" tabindex="-1"><p>Even wachten.</p></div>'
    await ask(page)
    await page.locator(".citation > summary").first.click()
    await page.locator(".report > summary").first.click()
    await page.locator(".report textarea").first.fill("Dit is gesloten.")
    await page.route("**/melding", lambda route: route.fulfill(status=429, content_type="text/html", body=alert))

    for _ in range(2):
        await page.get_by_role("button", name="Meld het").click()
        await expect(page.locator(".report .utrecht-alert")).to_be_focused()

    await expect(page.locator(".utrecht-alert")).to_have_count(1)
    await expect(page.locator(".report textarea").first).to_have_value("Dit is gesloten.")


async def test_thanks_do_not_take_the_focus_from_who_types_on(page: Page) -> None:
    await ask(page)
    typing = asyncio.Event()

    async def answer_late(route: Route) -> None:
        await typing.wait()
        await route.continue_()

    await page.route("**/oordeel", answer_late)
    await page.get_by_role("button", name="Ja", exact=True).click()
    await page.locator("#vraag").fill("En in")
    typing.set()
    await expect(page.locator(".thanks")).to_be_visible()
    await page.keyboard.type(" Assen?")

    await expect(page.locator("#vraag")).to_have_value("En in Assen?")


async def test_a_foreign_sentence_says_which_language_it_is(client_html: str) -> None:
    assert '<span lang="en">Who can help me?</span>' in client_html
    assert '<span lang="en">I answer in simple Dutch.' in client_html


@pytest.fixture
async def client_html(page: Page) -> str:
    await ask(page, "Who can help me?")
    return await page.content()


async def test_feedback_while_a_question_is_on_its_way_is_not_lost(page: Page) -> None:
    await ask(page)
    await page.get_by_role("button", name="Ja", exact=True).click()
    await page.locator("#vraag").fill("En in Assen?")
    await page.keyboard.press("Enter")

    await expect(page.locator(".thanks")).to_be_visible()
    await expect(page.locator(".turn")).to_have_count(2)
