"""A visitor wipes the conversation, or leaves in a hurry: what was said is gone, and an ordinary page is there."""

from __future__ import annotations

import asyncio
import re

import httpx
from fastapi import FastAPI
from playwright.async_api import Page, expect

from tests.web.host_site import HostSite
from web.parts import Parts

CONVERSATION = re.compile(r"/gesprek/[0-9a-f-]{36}")


async def talk(page: Page) -> str:
    """Asks a question; the address of the conversation."""
    await page.goto("/")
    await page.locator("#vraag").fill("Waar ontmoet ik mensen?")
    await page.get_by_role("button", name="Verstuur").click()
    await expect(page.locator(".turn")).to_have_count(1)
    await expect(page).to_have_url(CONVERSATION)
    return page.url.partition("#")[0]


async def is_soon_gone(page: Page, address: str) -> bool:
    """Who leaves does not wait for the server, so it may hear of it a moment later."""
    for _ in range(50):
        response = await page.request.get(address)
        if response.status == 404:
            return True
        await asyncio.sleep(0.1)
    return False


async def test_a_conversation_is_erased(client: httpx.AsyncClient) -> None:
    answer = (await client.post("/api/v1/ask", json={"question": "Waar ontmoet ik mensen?"})).json()

    response = await client.post("/wissen", data={"gesprek": answer["conversation"]}, follow_redirects=True)

    assert "Je gesprek is gewist." in response.text
    assert (await client.get(f"/gesprek/{answer['conversation']}")).status_code == 404


async def test_leaving_does_not_wait_for_a_database_that_is_away(client: httpx.AsyncClient, app: FastAPI) -> None:
    answer = (await client.post("/api/v1/ask", json={"question": "Waar ontmoet ik mensen?"})).json()
    parts: Parts = app.state.parts

    async def fails(conversation: object) -> bool:
        return False

    object.__setattr__(parts.conversations, "erase", fails)

    left = await client.post("/wissen", data={"gesprek": answer["conversation"], "weg": "1"})
    erased = await client.post("/wissen", data={"gesprek": answer["conversation"]})

    assert (left.status_code, left.headers["Location"]) == (303, parts.settings.exit_url)
    assert erased.status_code == 503
    assert "Het wissen lukt nu niet" in erased.text


async def test_wiping_shows_that_it_was_done(either_page: Page) -> None:
    address = await talk(either_page)

    await either_page.get_by_role("button", name="Wis gesprek").click()

    await expect(either_page.get_by_text("Je gesprek is gewist.")).to_be_visible()
    response = await either_page.goto(address)
    assert response is not None
    assert response.status == 404


async def test_the_exit_goes_to_an_ordinary_page_and_forgets(either_page: Page, host: HostSite) -> None:
    address = await talk(either_page)

    await either_page.get_by_role("button", name="Snel weg").click()

    await expect(either_page).to_have_url(f"{host.address}/weer")
    await expect(either_page.get_by_role("heading", name="Het weer")).to_be_visible()
    assert await is_soon_gone(either_page, address)


async def test_escape_three_times_leaves_too(page: Page, host: HostSite) -> None:
    address = await talk(page)

    for _ in range(3):
        await page.keyboard.press("Escape")

    await expect(page).to_have_url(f"{host.address}/weer")
    assert await is_soon_gone(page, address)


async def test_escape_twice_does_nothing(page: Page) -> None:
    address = await talk(page)

    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")

    await expect(page.locator(".turn")).to_be_visible()
    assert page.url.startswith(address)


async def test_the_exit_of_another_page_forgets_the_conversation_as_well(page: Page, host: HostSite) -> None:
    address = await talk(page)
    await page.goto("/bron/emmen-sedna")

    await page.get_by_role("button", name="Snel weg").click()

    await expect(page).to_have_url(f"{host.address}/weer")
    assert await is_soon_gone(page, address)


async def test_back_from_the_ordinary_page_shows_no_word_of_the_conversation(page: Page, host: HostSite) -> None:
    await talk(page)
    await page.locator(".text .mark").first.click()
    await page.get_by_role("button", name="Snel weg").click()
    await expect(page).to_have_url(f"{host.address}/weer")

    await page.go_back()

    await expect(page.get_by_text("Waar ontmoet ik mensen?")).to_have_count(0)


async def test_back_shows_no_word_either_when_the_server_has_yet_to_hear_of_it(page: Page, host: HostSite) -> None:
    address = await talk(page)
    await page.route("**/wissen", lambda route: route.abort())
    await page.locator(".text .mark").first.click()
    await page.get_by_role("button", name="Snel weg").click()
    await expect(page).to_have_url(f"{host.address}/weer")

    await page.go_back()

    await expect(page.get_by_text("Waar ontmoet ik mensen?")).to_have_count(0)
    assert not page.url.startswith(address)
