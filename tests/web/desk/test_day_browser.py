"""An editor's day in a real browser, with a real assistant: refresh, read, publish, ask, go back, a report, a gap."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from assistant.settings import Settings
from tests.conftest import Workplace
from tests.web.desk.conftest import PASSWORD
from tests.web.helpers import served
from web.accounts.accounts import Accounts
from web.accounts.editors import Role
from web.app import create_app
from web.database import Database

WAIT = 180_000
"""Milliseconds that a refresh may take on a machine that does more than this test."""
QUESTION = "Wat kost een kop koffie bij de inloop in Emmen?"
UNKNOWN = "Waar kan ik in Emmen een hoortoestel lenen?"


@dataclass(frozen=True)
class Day:
    """A running Markewijzer of the small corpus."""

    address: str
    workplace: Workplace


@pytest.fixture
async def day(workplace: Workplace) -> AsyncIterator[Day]:
    own = {"corpus_dir": workplace.corpus, "rate_limit": "off", "refresh_at": "off"}
    settings: Settings = workplace.settings.model_copy(update=own)
    database = Database.open(settings)
    await Accounts(database).editors.add("chef", Role.CHIEF, PASSWORD)
    await database.close()
    with served(create_app(settings)) as address:
        yield Day(address, workplace)


@pytest.fixture
async def desk(browser: Browser, day: Day) -> AsyncIterator[Page]:
    """A page that fails the test when a script or the content security policy complains."""
    context = await browser.new_context(base_url=day.address, reduced_motion="reduce")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    await context.close()
    assert not complaints


async def check(page: Page) -> None:
    """The page is accessible."""
    results = await Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


async def ask(page: Page, question: str) -> str:
    """The answer that a visitor reads, in a conversation of its own."""
    await page.goto("/")
    await page.get_by_role("textbox", name="Je vraag").fill(question)
    await page.keyboard.press("Enter")
    answer = page.locator(".turn").last
    await expect(answer.locator("[name=beurt]").first).to_be_attached(timeout=60_000)
    return await answer.inner_text()


async def refresh(page: Page) -> None:
    """Starts a refresh, watches it go, and waits until it is done."""
    await page.goto("/redactie/verversen")
    await page.get_by_role("button", name="Ververs nu").click()
    await expect(page.get_by_role("progressbar").first).to_be_visible(timeout=WAIT)
    await expect(page.get_by_role("status")).to_contain_text("veranderd", timeout=WAIT)


async def test_a_day_of_an_editor(day: Day, desk: Page) -> None:
    # Sign in.
    await desk.goto("/redactie")
    await desk.get_by_label("Naam").fill("chef")
    await desk.get_by_label("Wachtwoord").fill(PASSWORD)
    await desk.get_by_role("button", name="Aanmelden").click()
    await expect(desk.get_by_role("heading", name="Overzicht")).to_be_visible()

    # A source changed; refresh and follow it live, then read what would change.
    assert "1,50" in await ask(desk, QUESTION)
    path = day.workplace.corpus / "emmen-inloop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("€ 1,50", "€ 2,25"), encoding="utf-8")
    await refresh(desk)
    await expect(desk.locator("del")).to_contain_text("1,50")
    await expect(desk.locator("ins")).to_contain_text("2,25")
    await check(desk)

    # Until it is published visitors notice nothing; afterwards they do.
    run = desk.url
    assert "1,50" in await ask(desk, QUESTION)
    await desk.goto(run)
    await desk.get_by_role("button", name="Publiceer deze versie").click()
    await expect(desk.get_by_text("Gepubliceerd. Markewijzer antwoordt nu met deze versie.")).to_be_visible()
    assert "2,25" in await ask(desk, QUESTION)

    # A visitor reports a source; the editor handles it.
    await desk.locator("details:has(details.report) > summary").first.click()
    await desk.get_by_text("Klopt dit niet?").first.click()
    await desk.get_by_role("textbox", name="Wat klopt er niet?").first.fill("De koffie is nu gratis.")
    await desk.get_by_role("button", name="Meld het").first.click()
    await expect(desk.get_by_text("Dank je wel").first).to_be_visible()
    await desk.goto("/redactie/meldingen")
    await expect(desk.get_by_text("De koffie is nu gratis.")).to_be_visible()
    await desk.get_by_label("Wat heb je gedaan?").fill("Gebeld met Sedna: het kost € 1,50.")
    await desk.get_by_role("button", name="Afhandelen").click()
    await expect(desk.get_by_text("Afgehandeld door chef")).to_be_visible()

    # Go back to the version before.
    await desk.goto("/redactie/verversen")
    await check(desk)
    await desk.get_by_role("button", name="Zet deze versie terug").click()
    await expect(desk.get_by_text("Teruggezet.")).to_be_visible()
    assert "1,50" in await ask(desk, QUESTION)

    # A question that nobody can answer becomes the beginning of a source.
    await ask(desk, UNKNOWN)
    await desk.goto("/redactie/open-vragen")
    await expect(desk.get_by_text("hoortoestel").first).to_be_visible()
    await desk.get_by_role("link", name="Maak hier een bron van").first.click()
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("bron")
    await expect(desk.get_by_text("hoortoestel").first).to_be_attached()
