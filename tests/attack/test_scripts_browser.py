"""Hundreds of scripts in every field that anybody fills, in a real browser: none of them runs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.async_api import Browser

from assistant.domain import Question
from tests.attack.hostile import HostileAssistant, unanswered
from tests.attack.payloads import packed, payloads
from tests.attack.watching import ORIGIN, show_frames, watching
from tests.web.desk.conftest import TOKEN, Person
from web.desk.entry import MENU
from web.parts import Parts

MANY = 400
PER_PAGE = 140
"""Turns on one page."""


@pytest.fixture
def assistant() -> HostileAssistant:
    return HostileAssistant()


async def kept_turns(parts: Parts, texts: Sequence[str]) -> UUID:
    """A conversation in which each text was asked, and answered with itself."""
    conversation = uuid4()
    for text in texts:
        turn = await parts.assistant.take_turn(Question(text))
        await parts.conversations.keep(conversation, turn)
    return conversation


async def test_a_page_that_does_not_escape_runs_them(browser: Browser, client: httpx.AsyncClient) -> None:
    raw = [text.replace("pwn()", f"parent.pwn({number})") for number, text in enumerate(payloads())]

    async with watching(browser, client, with_policy=False) as watched:
        page = await watched.context.new_page()
        await page.goto(f"{ORIGIN}/leeg")
        await show_frames(page, raw)

    assert len(raw) >= MANY
    assert len(set(watched.ran)) > 100


@pytest.mark.parametrize("with_policy", [True, False], ids=["with the policy", "by escaping alone"])
async def test_no_question_and_no_field_of_a_source_runs_in_a_conversation(
    browser: Browser, client: httpx.AsyncClient, parts: Parts, with_policy: bool
) -> None:
    every = payloads()
    conversations = [await kept_turns(parts, every[n : n + PER_PAGE]) for n in range(0, len(every), PER_PAGE)]

    async with watching(browser, client, with_policy=with_policy) as watched:
        found = [line for id in conversations for line in await watched.open(f"/gesprek/{id}")]

    assert (watched.ran, found, watched.stopped) == ([], [], [])


async def test_no_source_runs_in_the_catalogue_or_on_its_own_page(
    browser: Browser, client: httpx.AsyncClient, assistant: HostileAssistant
) -> None:
    addresses = ["/zoeken", "/gemeente/emmen", "/thema/sociale-basis"]
    addresses += [f"/bron/{source.id}" for source in assistant.held]
    pages = [(await client.get(address)).text for address in addresses]

    async with watching(browser, client, with_policy=False) as watched:
        found = await watched.show(pages)

    assert all("pwn()" in page for page in pages)
    assert (watched.ran, found) == ([], [])


async def test_nothing_in_an_address_runs(browser: Browser, client: httpx.AsyncClient) -> None:
    short = packed(200)
    addresses = [f"/zoeken?{urlencode({'q': text, 'gemeente': text[:60], 'pagina': text[-60:]})}" for text in short]
    addresses += [f"/widget?{urlencode({'groet': text, 'vraag': text})}" for text in short]
    addresses += [f"/widget?{urlencode({'site': text, 'kader': 'widget'})}" for text in packed(300)]
    addresses += [f"/redactie/aanmelden?{urlencode({'naar': text})}" for text in packed(1500)]
    addresses += [f"{path}{quote(text, safe='')}" for text in packed(1000) for path in ("/bron/", "/gemeente/", "/x/")]
    pages = [(await client.get(address)).text for address in addresses]

    async with watching(browser, client, with_policy=False) as watched:
        found = await watched.show(pages)

    assert sum("pwn" in page for page in pages) > 200
    assert (watched.ran, found) == ([], [])


async def test_nothing_runs_while_an_answer_is_written(browser: Browser, client: httpx.AsyncClient) -> None:
    streams = [
        await client.post("/vraag", data={"vraag": text}, headers={"Accept": "text/event-stream", "HX-Request": "true"})
        for text in packed(1000)
    ]
    events = [json.loads(line) for stream in streams for line in re.findall(r"^data: (.*)$", stream.text, re.MULTILINE)]
    fragments = [event["html"] for event in events if "html" in event]

    async with watching(browser, client, with_policy=False) as watched:
        found = await watched.show(fragments)

    assert len(fragments) > len(streams)
    assert (watched.ran, found) == ([], [])


async def test_what_visitors_report_and_ask_runs_nowhere_at_the_desk(
    browser: Browser, editor: Person, parts: Parts
) -> None:
    for text in packed(900):
        turn = await parts.assistant.take_turn(Question(text))
        assert turn.answer is not None
        kept = await parts.conversations.keep(uuid4(), turn)
        await parts.feedback.rate(kept.id, False, text)
        await parts.feedback.report(kept.id, "bron-1", text)
        await parts.conversations.keep(uuid4(), replace(turn, answer=unanswered(turn.answer)))
    addresses = [address for address, _, for_chief in MENU if not for_chief]
    addresses += [f"/redactie/bronnen/bron-{number}" for number in range(3)]
    addresses += [f"/redactie/bronnen?{urlencode({'q': text})}" for text in packed(200)[:20]]
    pages = [await editor.see(address) for address in addresses]

    async with watching(browser, editor.client, with_policy=False) as watched:
        found = await watched.show(pages)

    assert "pwn()" in await editor.see("/redactie/meldingen")
    assert "pwn()" in await editor.see("/redactie/open-vragen")
    assert (watched.ran, found) == ([], [])


async def test_what_editors_type_runs_nowhere_at_the_desk_or_in_an_answer(
    browser: Browser, chief: Person, parts: Parts
) -> None:
    token = TOKEN.search(await chief.see("/redactie"))
    assert token is not None
    answers: list[httpx.Response] = []
    for text in packed(450):
        name = text[:110]
        for page, fields in (
            ("berichten", {"tekst": text, "gemeente": "Emmen"}),
            ("vaste-antwoorden", {"vragen": text, "tekst": text, "aan": "ja"}),
            ("mensen", {"naam": name, "rol": "redacteur"}),
            ("websites", {"id": name, "uitgever": name, "start": text[:250]}),
            ("bronnen/nieuw", {"titel": text, "bron": text, "tekst": text}),
            ("bronnen/controle", {"titel": text, "website": text, "tekst": text}),
            ("proefbank", {"vraag": text}),
            ("pauze", {"aan": "nee", "bericht": text}),
        ):
            data = {"csrf": token[1], **fields}
            answers.append(await chief.client.post(f"/redactie/{page}", data=data))
    conversation = await kept_turns(parts, ["Wie helpt mij in Emmen?"])
    addresses = [address for address, _, _ in MENU] + [f"/gesprek/{conversation}", "/redactie/wachtwoord"]
    pages = [await chief.see(address) for address in addresses]

    async with watching(browser, chief.client, with_policy=False) as watched:
        found = await watched.show([*pages, *(answer.text for answer in answers if answer.text)])

    assert {answer.status_code for answer in answers} <= {200, 303, 422}
    assert sum("pwn" in page for page in pages) >= 4
    assert (watched.ran, found) == ([], [])
