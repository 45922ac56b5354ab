"""The desk in a real browser, with JavaScript and without; axe finds nothing wrong on any page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from assistant.domain import Question
from assistant.settings import Settings
from tests.small_corpus import write_corpus
from tests.web.desk.conftest import PASSWORD
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import served
from tests.web.test_accessibility import violations
from web.accounts.editors import Editors, Role
from web.app import create_app
from web.conversations import Conversations
from web.database import Database
from web.desk.entry import MENU
from web.feedback import Feedback

PAGES = (*(address for address, _, _ in MENU), "/redactie/bronnen/nieuw", "/redactie/wachtwoord")
NARROWEST = 320


@dataclass(frozen=True)
class Site:
    """A running server with a desk; `fill` gives it something to do."""

    address: str
    settings: Settings

    async def fill(self) -> None:
        """A report and an open question."""
        database = Database.open(self.settings)
        assistant, conversations = FakeAssistant(), Conversations(database)
        turns = [await assistant.take_turn(Question(text)) for text in ("Wie helpt mij?", "Wat voor weer wordt het?")]
        kept = [await conversations.keep(uuid4(), turn) for turn in turns]
        await Feedback(database).report(kept[0].id, "emmen-sedna", "Het nummer klopt niet")
        await database.close()


@pytest.fixture(scope="session")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("desk")
    settings = Settings(data_dir=folder, corpus_dir=write_corpus(folder / "corpus"), rate_limit="off")

    async def add_chief() -> None:
        database = Database.open(settings)
        await Editors(database).add("chef", Role.CHIEF, PASSWORD)
        await database.close()

    adding = threading.Thread(target=lambda: asyncio.run(add_chief()))
    adding.start()
    adding.join(60)
    with served(create_app(settings, FakeAssistant())) as address:
        yield Site(address, settings)


async def sign_in(page: Page) -> None:
    """By keyboard alone."""
    await page.goto("/redactie")
    await page.locator("#naam").focus()
    await page.keyboard.type("chef")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Overzicht")).to_be_visible()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
async def chief(request: pytest.FixtureRequest, browser: Browser, desk_site: Site) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=desk_site.address, java_script_enabled=request.param)
    page = await context.new_page()
    await sign_in(page)
    yield page
    await context.close()


async def test_a_report_and_a_gap_are_handled(chief: Page, desk_site: Site) -> None:
    await desk_site.fill()
    await chief.get_by_role("link", name="Meldingen", exact=True).click()
    open_reports = chief.get_by_role("button", name="Afhandelen")
    before = await open_reports.count()
    await chief.get_by_label("Wat heb je gedaan?").first.fill("Nummer verbeterd")
    await open_reports.first.click()
    await expect(open_reports).to_have_count(before - 1)

    await chief.get_by_role("link", name="Open vragen", exact=True).click()
    await chief.get_by_label("In eigen woorden").first.fill("Het weer")
    await chief.get_by_label("Status").nth(1).select_option("te schrijven")
    await chief.get_by_role("button", name="Opslaan").first.click()

    await expect(chief.get_by_text("Opgeslagen.")).to_be_visible()
    await expect(chief.get_by_role("heading", name="Het weer")).to_be_visible()


async def test_a_source_is_written_with_help(chief: Page, request: pytest.FixtureRequest) -> None:
    await chief.goto("/redactie/bronnen/nieuw")
    await chief.get_by_label("Titel", exact=True).fill("Taalcafé")
    await chief.get_by_label("Organisatie").fill("Bibliotheek")
    if "[with JavaScript" in request.node.name:
        await chief.get_by_label("Titel", exact=True).focus()
        await expect(chief.locator("#controle")).to_contain_text("Gemeenten: Kies minstens één gemeente")
    await chief.get_by_role("button", name="Opslaan").click()

    await expect(chief.get_by_role("alert")).to_contain_text("De bron is nog niet opgeslagen.")
    await expect(chief.get_by_label("Titel", exact=True)).to_have_value("Taalcafé")


async def test_the_list_of_sources_is_filtered(chief: Page) -> None:
    await chief.goto("/redactie/bronnen")
    await chief.get_by_label("Titel of id").fill("sedna")
    await chief.get_by_role("button", name="Laat zien").click()

    await expect(chief.get_by_role("status")).to_contain_text("1 bron.")
    assert "q=sedna" in chief.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, desk_site: Site, scheme: str) -> None:
    await desk_site.fill()
    context = await browser.new_context(
        base_url=desk_site.address,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": NARROWEST, "height": 800},
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    await page.goto("/redactie/aanmelden")
    wrong = {"/redactie/aanmelden": await violations(page)}
    await sign_in(page)
    wide = {}
    for address in PAGES:
        await page.goto(address)
        wrong[address] = await violations(page)
        wide[address] = await page.evaluate("document.documentElement.scrollWidth")
    await context.close()

    assert {address: found for address, found in wrong.items() if found} == {}
    assert {address: width for address, width in wide.items() if width > NARROWEST} == {}
    assert complaints == []
