"""What a visitor does in the catalogue, in a real browser; with and without JavaScript where the steps are the same."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.web.catalogue.shelf import DESK, SOURCES, WALKS

PATHS = (
    "/zoeken",
    "/zoeken?gemeente=Emmen&onderwerp=rouw",
    f"/bron/{DESK.id}",
    "/gemeente/emmen",
    "/thema/netwerkaanpak",
    "/over",
    "/privacy",
    "/toegankelijkheid",
)

ALERT = '<div class="utrecht-alert utrecht-alert--error" tabindex="-1"><p>Even niet bereikbaar.</p></div>'


@pytest.fixture
async def wide_page(browser: Browser, site: str) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


async def test_a_facet_narrows_the_list_and_the_address_keeps_it(either_page: Page) -> None:
    await either_page.goto("/zoeken")
    facet = either_page.locator("#facet-gemeente")
    if not await facet.get_attribute("open") and await facet.evaluate("f => !f.open"):
        await facet.locator("summary").click()

    await either_page.locator("#gemeente-assen").click()

    await expect(either_page).to_have_url(re.compile(r"\?gemeente=Assen$"))
    await expect(either_page.locator("#gevonden")).to_have_text(f"{len(WALKS) + 1} bronnen")
    await expect(either_page.locator(".chip")).to_contain_text("Assen")


async def test_words_are_searched_within_the_chosen_facets(either_page: Page) -> None:
    await either_page.goto("/zoeken?gemeente=Emmen")

    await either_page.get_by_label("Zoekwoorden").fill("koffie")
    await either_page.get_by_role("button", name="Zoek", exact=True).click()

    await expect(either_page).to_have_url(re.compile(r"\?q=koffie&gemeente=Emmen$"))
    await expect(either_page.locator(".found__title")).to_have_text(["Koffieochtend in Emmen"])


async def test_pages_follow_each_other_and_back_returns(either_page: Page) -> None:
    await either_page.goto("/zoeken")

    await either_page.get_by_role("link", name="Volgende").click()
    await expect(either_page.locator(".pager__now")).to_have_text("Pagina 2 van 3")
    await either_page.go_back()

    await expect(either_page.locator(".pager__now")).to_have_text("Pagina 1 van 3")


async def test_a_source_can_be_asked_about(either_page: Page) -> None:
    await either_page.goto(f"/bron/{DESK.id}")

    await either_page.get_by_role("button", name="Hoe bel ik het loket?").click()

    await expect(either_page.locator(".question")).to_contain_text("Hoe bel ik het loket?")


async def test_a_source_that_is_not_right_is_reported_on_its_own_page(either_page: Page) -> None:
    await either_page.goto(f"/bron/{DESK.id}")

    await either_page.get_by_text("Klopt dit niet?").click()
    await either_page.get_by_label("Wat klopt er niet?").fill("Het loket is verhuisd.")
    await either_page.get_by_role("button", name="Meld het").click()

    await expect(either_page.locator(".thanks")).to_have_text("Dank je wel. De redactie kijkt ernaar.")
    back = either_page.get_by_role("link", name="Terug naar de bron")
    if await back.count():
        await back.click()
    await expect(either_page).to_have_url(re.compile(rf"/bron/{DESK.id}$"))


async def test_the_thanks_for_a_report_are_heard_in_place(page: Page) -> None:
    await page.goto(f"/bron/{DESK.id}")
    await page.get_by_text("Klopt dit niet?").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Het loket is verhuisd.")
    await page.keyboard.press("Tab")

    await page.keyboard.press("Enter")

    await expect(page.locator(".thanks")).to_be_focused()
    await expect(page.get_by_role("heading", name="Loket Emmen")).to_be_visible()
    await expect(page.locator(".report textarea")).to_have_count(0)


async def test_a_report_that_could_not_be_sent_stays_in_its_form(page: Page) -> None:
    await page.goto(f"/bron/{DESK.id}")
    await page.get_by_text("Klopt dit niet?").click()
    await page.get_by_label("Wat klopt er niet?").fill("Het loket is verhuisd.")

    await page.route("**/melding", lambda route: route.fulfill(status=503, body=ALERT, content_type="text/html"))
    await page.get_by_role("button", name="Meld het").click()
    await expect(page.locator(".report .utrecht-alert")).to_be_focused()
    await page.unroute("**/melding")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Meld het").click()

    await expect(page.locator(".report .utrecht-alert")).to_have_count(1)
    await expect(page.locator(".report .utrecht-alert")).to_contain_text("Je melding is niet aangekomen.")
    await expect(page.get_by_label("Wat klopt er niet?")).to_have_value("Het loket is verhuisd.")
    await page.context.set_offline(False)
    await page.get_by_role("button", name="Meld het").click()
    await expect(page.locator(".thanks")).to_be_visible()


async def test_what_was_found_is_announced_and_the_facet_keeps_the_focus(wide_page: Page) -> None:
    await wide_page.goto("/zoeken")
    await wide_page.evaluate("window.isSame = true")

    await wide_page.locator("#onderwerp-eenzaamheid").focus()
    place = await wide_page.evaluate("scrollY")
    await wide_page.keyboard.press("Enter")

    await expect(wide_page.get_by_role("status").filter(has_text="bronnen gevonden")).to_have_text(
        "25 bronnen gevonden"
    )
    await expect(wide_page.locator("#onderwerp-eenzaamheid")).to_be_focused()
    assert await wide_page.evaluate("window.isSame")
    assert await wide_page.evaluate("scrollY") == place > 0
    assert await wide_page.title() == "25 bronnen gevonden – Markewijzer"


async def test_after_another_page_reading_goes_on_at_the_top_of_the_list(page: Page) -> None:
    await page.goto("/zoeken")

    await page.get_by_role("link", name="Volgende").click()

    await expect(page.locator("#gevonden")).to_be_focused()
    await expect(page.locator("#gevonden")).to_be_in_viewport()


async def test_a_facet_that_was_closed_stays_closed(wide_page: Page) -> None:
    await wide_page.goto("/zoeken")
    await wide_page.locator("#facet-thema > summary").click()

    await wide_page.locator("#gemeente-assen").click()

    await expect(wide_page.locator(".chip")).to_contain_text("Assen")
    await expect(wide_page.locator("#facet-thema")).not_to_have_attribute("open", "")
    await expect(wide_page.locator("#facet-gemeente")).to_have_attribute("open", "")


async def test_without_a_connection_that_is_said(wide_page: Page) -> None:
    await wide_page.goto("/zoeken")
    await wide_page.context.set_offline(True)

    await wide_page.locator("#gemeente-assen").click()

    await expect(wide_page.get_by_text("Er is geen verbinding.")).to_be_visible()
    await expect(wide_page.locator("#gevonden")).to_have_text(f"{len(SOURCES)} bronnen")


async def test_the_list_is_counted_right_for_a_reader_of_the_second_page(page: Page) -> None:
    await page.goto("/zoeken?pagina=2")

    assert await page.locator("ol.found-list").get_attribute("start") == "21"


async def test_the_keyboard_reaches_search_facets_and_results_in_order_with_visible_focus(wide_page: Page) -> None:
    await wide_page.goto("/zoeken?soort=dienst")
    await wide_page.locator("#q").focus()
    order = ["q"]
    for _ in range(60):
        await wide_page.keyboard.press("Tab")
        outline = await wide_page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        order.append(await wide_page.evaluate("document.activeElement.id || document.activeElement.className"))

    places = [order.index(name) for name in ("q", "zoek", "gemeente-assen", "soort-dienst", "chip", "nl-link")]
    assert places == sorted(places)


@pytest.mark.parametrize("path", PATHS)
async def test_a_narrow_page_does_not_scroll_sideways(page: Page, path: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})

    await page.goto(path)
    await page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")

    assert await page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PATHS)
async def test_text_twice_as_large_still_fits(page: Page, path: str) -> None:
    await page.set_viewport_size({"width": 640, "height": 640})
    await page.goto(path)

    await page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert await page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("path", PATHS)
async def test_everything_to_press_is_large_enough(page: Page, path: str) -> None:
    await page.goto(path)
    await page.evaluate("for (const d of document.querySelectorAll('main details')) d.open = true")

    small = await page.evaluate(
        """() => [...document.querySelectorAll('main :is(button, input:not([type=hidden]), summary, .nl-button, .chip,'
            + ' .facet__value, .found__title a, .take__list a, .ways__list a)')]
            .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24
                || element.matches('button, input, summary, .chip, .facet__value, .take__list a, .ways__list a')
                && element.checkVisibility() && element.getBoundingClientRect().height < 44)
            .map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert small == []


async def test_only_what_is_worth_paper_is_printed(page: Page) -> None:
    await page.emulate_media(media="print")

    await page.goto("/zoeken?gemeente=Emmen")

    await expect(page.locator(".found__title").first).to_be_visible()
    for part in (".finder__form", ".facets", ".take", ".ways"):
        await expect(page.locator(part).first).to_be_hidden()


@pytest.mark.parametrize("path", ["/zoeken", f"/bron/{DESK.id}", "/gemeente/emmen", "/thema/netwerkaanpak"])
async def test_the_data_for_search_engines_passes_the_content_security_policy(page: Page, path: str) -> None:
    await page.goto(path)  # the fixture fails when the policy complains

    text = await page.locator("script[type='application/ld+json']").text_content()
    assert await page.evaluate("text => JSON.parse(text)['@context']", text) == "https://schema.org"
