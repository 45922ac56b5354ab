"""The first questions follow the municipality, and are questions that its sources answer."""

from __future__ import annotations

import httpx
from playwright.async_api import Page, expect

from tests.web.fake_assistant import FakeAssistant
from web.starters import GENERAL, starters


async def test_without_a_municipality_they_are_general() -> None:
    assert await starters(FakeAssistant(), None) == GENERAL


async def test_a_municipality_gets_only_questions_that_its_help_answers() -> None:
    questions = await starters(FakeAssistant(), "Emmen")

    assert questions[0] == "Waar kan ik in Emmen andere mensen ontmoeten?"
    assert not any("geldzorgen" in question for question in questions[:1])
    assert questions[1:] == GENERAL[:5]


async def test_a_theme_comes_first() -> None:
    assert (await starters(FakeAssistant(), None, "sociale basis"))[0] == "Wat houdt het thema sociale basis in?"


async def test_while_the_index_is_away_they_are_general() -> None:
    assert await starters(FakeAssistant(is_missing=True), "Emmen") == GENERAL


async def test_the_page_follows_the_address(client: httpx.AsyncClient) -> None:
    html = (await client.get("/?gemeente=Emmen")).text

    assert html.count('name="gekozen"') == 6
    assert "Waar kan ik in Emmen andere mensen ontmoeten?" in html
    assert "Alle hulp in Emmen" in html


async def test_choosing_a_municipality_changes_the_questions_and_the_desk(either_page: Page) -> None:
    await either_page.goto("/")
    by_script = await either_page.locator("noscript select, #vragen-voor").count() == 0

    if by_script:
        await either_page.get_by_label("Je gemeente").select_option("Emmen")
    else:
        await either_page.locator("#vragen-voor").select_option("Emmen")
        await either_page.get_by_role("button", name="Toon die vragen").click()

    await expect(
        either_page.get_by_role("button", name="Waar kan ik in Emmen andere mensen ontmoeten?")
    ).to_be_visible()
    await expect(either_page.locator(".human__who")).to_have_text("Sedna")
    await expect(either_page.locator("#gemeente")).to_have_value("Emmen")


async def test_a_desk_can_be_called_at_any_moment(either_page: Page) -> None:
    await either_page.goto("/?gemeente=Emmen")
    await either_page.mouse.wheel(0, 5000)

    await either_page.locator(".human__open").click()

    call = either_page.locator(".human__panel").get_by_role("link", name="0591 680800")
    await expect(call).to_have_attribute("href", "tel:0591680800")
    await expect(call).to_be_in_viewport()


async def test_without_a_municipality_every_one_can_be_chosen(client: httpx.AsyncClient) -> None:
    html = (await client.get("/")).text

    assert 'href="/gemeente/aa-en-hunze"' in html
    assert html.count('href="/gemeente/') == 12
