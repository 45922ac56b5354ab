"""The widget on another website with a strict policy: opening, asking, closing, and never in the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, FrameLocator, Page, Route, expect

from tests.web.host_site import HostSite
from tests.web.test_accessibility import violations

LAUNCHER = "Stel je vraag"


@pytest.fixture
async def visit(browser: Browser, site: str) -> AsyncIterator[Page]:
    """A page of a visitor of the other website; the test fails when a script or a policy complains."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    cookies = await context.cookies()
    await context.close()
    assert complaints == []
    assert cookies == []


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


async def open_widget(page: Page, address: str) -> FrameLocator:
    await page.goto(address)
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(frame_of(page).locator("#vraag")).to_be_focused()
    return frame_of(page)


async def bring_late(route: Route) -> None:
    await asyncio.sleep(0.7)
    await route.continue_()


async def test_a_visitor_asks_in_the_widget(visit: Page, host: HostSite) -> None:
    frame = await open_widget(visit, host.address)

    await visit.keyboard.type("Waar ontmoet ik mensen?")
    await visit.keyboard.press("Enter")

    await expect(frame.locator(".answer")).to_contain_text("terecht bij Sedna")
    await expect(frame.locator(".place__now")).to_contain_text("de gemeente Emmen")
    assert await violations(visit) == []


@pytest.mark.parametrize("late", ["htmx.min.js", "markewijzer.js", "streaming.js", "answers.js"])
async def test_a_question_waits_for_the_script_that_sends_it(visit: Page, host: HostSite, late: str) -> None:
    await visit.route(f"**/{late}", bring_late)

    await visit.goto(host.address)
    await visit.evaluate("Markewijzer.ask('Waar ontmoet ik mensen?')")

    await expect(frame_of(visit).locator(".answer")).to_contain_text("terecht bij Sedna")
    await expect(frame_of(visit).locator("#vraag")).to_have_value("")


async def test_enter_sends_as_soon_as_the_box_has_the_focus(visit: Page, host: HostSite) -> None:
    await visit.route("**/markewijzer.js", bring_late)

    frame = await open_widget(visit, host.address)
    await visit.keyboard.type("Waar ontmoet ik mensen?")
    await visit.keyboard.press("Enter")

    await expect(frame.locator(".answer")).to_contain_text("terecht bij Sedna")


async def test_nothing_is_loaded_or_kept_before_it_is_opened(visit: Page, host: HostSite) -> None:
    asked: list[str] = []
    visit.on("request", lambda request: asked.append(request.url))

    await visit.goto(host.address)

    assert [url for url in asked if "/widget" in url] == [f"{host.markewijzer}/widget.js"]
    assert await visit.evaluate("sessionStorage.length + localStorage.length") == 0


async def test_closing_gives_the_focus_back(visit: Page, host: HostSite) -> None:
    frame = await open_widget(visit, host.address)

    await frame.get_by_role("button", name="Sluit").press("Enter")

    await expect(visit.get_by_role("button", name=LAUNCHER)).to_be_focused()
    await expect(visit.locator("iframe")).to_be_hidden()


async def test_it_stays_open_on_the_next_page_and_takes_no_focus_there(visit: Page, host: HostSite) -> None:
    await open_widget(visit, host.address)

    await visit.goto(f"{host.address}/verder")

    await expect(visit.locator("iframe")).to_be_visible()
    assert await visit.evaluate("document.activeElement === document.body")
    assert await visit.evaluate("JSON.stringify(sessionStorage)") == '{"markewijzer":"open"}'


async def test_the_website_opens_asks_and_closes(visit: Page, host: HostSite) -> None:
    await visit.goto(host.address)

    await visit.evaluate("Markewijzer.ask('Wie helpt mij?')")
    await expect(frame_of(visit).locator(".question")).to_contain_text("Wie helpt mij?")
    await visit.evaluate("Markewijzer.close()")
    await expect(visit.locator("iframe")).to_be_hidden()
    await visit.evaluate("Markewijzer.open()")
    await expect(frame_of(visit).locator(".turn")).to_have_count(1)


async def test_a_website_that_is_not_on_the_list_is_refused(visit: Page, host: HostSite) -> None:
    await visit.goto(host.stranger)
    await visit.get_by_role("button", name=LAUNCHER).click()

    await expect(frame_of(visit).get_by_role("heading", level=1)).to_have_text("Markewijzer mag hier nog niet staan")


async def test_a_website_that_lies_about_itself_is_stopped_by_the_browser(
    browser: Browser, site: str, host: HostSite
) -> None:
    page = await browser.new_page()
    await page.goto(host.stranger)

    await page.evaluate(
        """([ours, lie]) => new Promise((done) => {
            const frame = document.createElement("iframe");
            frame.src = `${ours}/widget?site=${encodeURIComponent(lie)}`;
            frame.addEventListener("load", done);
            document.body.append(frame);
        })""",
        [host.markewijzer, host.address],
    )

    assert await page.frames[1].locator("#vraag").count() == 0
    await page.close()


@pytest.mark.parametrize(
    "message",
    [
        {"markewijzer": 2, "action": "ask", "question": "Wie helpt mij?"},
        {"action": "ask", "question": "Wie helpt mij?"},
        "ask",
    ],
    ids=["another version", "no version", "no message of ours"],
)
async def test_the_frame_hears_only_messages_that_it_knows(visit: Page, host: HostSite, message: object) -> None:
    frame = await open_widget(visit, host.address)

    await visit.evaluate(
        """async (message) => {
            const root = [...document.body.children].find((one) => one.shadowRoot).shadowRoot;
            root.querySelector("iframe").contentWindow.postMessage(message, "*");
        }""",
        message,
    )

    await visit.wait_for_timeout(300)
    await expect(frame.locator(".turn")).to_have_count(0)


async def test_the_website_hears_only_our_frame(visit: Page, host: HostSite) -> None:
    await open_widget(visit, host.address)

    await visit.evaluate("postMessage({markewijzer: 1, action: 'leave', url: 'https://kwaad.example'}, '*')")
    await visit.evaluate("postMessage({markewijzer: 1, action: 'close'}, '*')")

    await visit.wait_for_timeout(300)
    await expect(visit.locator("iframe")).to_be_visible()
    assert visit.url.startswith(host.address)


async def test_the_exit_takes_the_whole_website_away(visit: Page, host: HostSite) -> None:
    frame = await open_widget(visit, host.address)

    await frame.get_by_role("button", name="Snel weg").click()

    await expect(visit).to_have_url(f"{host.address}/weer")


async def test_escape_three_times_in_the_frame_does_too(visit: Page, host: HostSite) -> None:
    await open_widget(visit, host.address)

    for _ in range(3):
        await visit.keyboard.press("Escape")

    await expect(visit).to_have_url(f"{host.address}/weer")


async def test_a_link_in_an_answer_opens_outside_the_frame(visit: Page, host: HostSite) -> None:
    frame = await open_widget(visit, host.address)
    await visit.keyboard.type("Waar ontmoet ik mensen?")
    await visit.keyboard.press("Enter")
    await frame.locator(".turn").wait_for()

    async with visit.context.expect_page() as opened:
        await frame.locator(".card__title a").first.click()

    page = await opened.value
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Sedna")
    await expect(frame.locator(".turn")).to_have_count(1)


async def test_a_focused_part_of_the_website_is_never_covered(visit: Page, host: HostSite) -> None:
    await visit.set_viewport_size({"width": 700, "height": 500})
    await open_widget(visit, host.address)

    await visit.locator("#naam").focus()

    covered = await visit.evaluate(
        """() => {
            const box = document.activeElement.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return top !== document.activeElement;
        }"""
    )
    assert not covered
    await expect(visit.locator("#naam")).to_be_focused()


async def test_the_page_under_it_still_scrolls(visit: Page, host: HostSite) -> None:
    await visit.set_viewport_size({"width": 900, "height": 400})
    await open_widget(visit, host.address)

    await visit.mouse.move(100, 200)
    await visit.mouse.wheel(0, 300)

    # Not wait_for_function: it looks again with eval, which the page's own policy forbids.
    for _ in range(50):
        if await visit.evaluate("scrollY") > 0:
            return
        await visit.wait_for_timeout(100)
    pytest.fail("the page did not scroll")


@pytest.mark.parametrize(("width", "height"), [(320, 480), (360, 640)])
async def test_on_a_phone_it_fills_the_screen_and_fits(visit: Page, host: HostSite, width: int, height: int) -> None:
    await visit.set_viewport_size({"width": width, "height": height})
    frame = await open_widget(visit, host.address)

    box = await visit.locator("iframe").bounding_box()
    assert box == {"x": 0, "y": 0, "width": width, "height": height}
    assert await frame.locator("html").evaluate("(html) => html.scrollWidth") == width
    await expect(frame.get_by_role("button", name="Sluit")).to_be_in_viewport()
    await expect(frame.get_by_text("Liever een mens?").first).to_be_in_viewport()
    assert await violations(visit) == []


async def test_on_the_next_page_of_a_phone_it_starts_closed(visit: Page, host: HostSite) -> None:
    await visit.set_viewport_size({"width": 360, "height": 640})
    await open_widget(visit, host.address)

    await visit.reload()

    await expect(visit.get_by_role("button", name=LAUNCHER)).to_be_visible()
    await expect(visit.locator("iframe")).to_have_count(0)


async def test_the_options_are_followed(visit: Page, host: HostSite) -> None:
    options = "municipality=Assen&accent=%23ffd400&position=left&greeting=Hallo+Assen&language=en&question=Wie+helpt"
    await visit.goto(f"{host.address}/?{options}")

    button = visit.get_by_role("button", name="Ask a question")
    box = await button.bounding_box()
    assert box is not None
    assert box["x"] < 100
    assert box["height"] >= 44
    colours = await button.evaluate("(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]")
    assert colours == ["rgb(255, 212, 0)", "rgb(0, 0, 0)"]
    await button.click()
    frame = frame_of(visit)
    await expect(frame.get_by_role("heading", level=1)).to_have_text("Hallo Assen")
    await expect(frame.locator("#gemeente")).to_have_value("Assen")
    await expect(frame.locator("#vraag")).to_have_value("Wie helpt")
    assert await violations(visit) == []


async def test_inline_it_stands_in_the_page(visit: Page, host: HostSite) -> None:
    await visit.goto(f"{host.address}/?mode=inline&target=main")

    await expect(frame_of(visit).locator("#vraag")).to_be_visible()
    await expect(visit.get_by_role("button", name=LAUNCHER)).to_have_count(0)
    assert await visit.evaluate("document.querySelector('main').lastElementChild.shadowRoot !== null")
    assert await visit.evaluate("document.activeElement === document.body")


async def test_the_keyboard_walks_through_the_widget(visit: Page, host: HostSite) -> None:
    await visit.goto(host.address)
    await visit.get_by_role("button", name=LAUNCHER).focus()
    await visit.keyboard.press("Enter")
    await expect(frame_of(visit).locator("#vraag")).to_be_focused()

    reached = []
    for _ in range(3):
        await visit.keyboard.press("Tab")
        reached.append(await visit.frames[1].evaluate("document.activeElement.name || document.activeElement.type"))

    assert reached == ["gemeente", "ik_ben", "submit"]


async def test_without_javascript_the_website_shows_a_plain_link(browser: Browser, site: str, host: HostSite) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(host.address)

    await page.get_by_role("link", name="Stel je vraag aan Markewijzer").click()

    await expect(page.locator("#gemeente")).to_have_value("Emmen")
    await context.close()
