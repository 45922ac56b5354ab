"""The pages work as plain forms and links, without a script."""

from __future__ import annotations

import re

import httpx
import pytest

from assistant.domain import MUNICIPALITIES
from tests.web.fake_assistant import SUGGESTION, FakeAssistant

HTMX = {"HX-Request": "true"}


async def test_the_first_page_says_what_it_is_and_what_to_do_in_danger(client: httpx.AsyncClient) -> None:
    html = (await client.get("/")).text

    assert "AI-assistent" in html
    assert "fouten maken" in html
    assert "persoonsgegevens" in html
    assert 'href="tel:112"' in html
    assert 'href="tel:113"' in html
    assert all(f">{name}</option>" in html for name in MUNICIPALITIES)
    assert html.count('name="gekozen"') == 6


async def test_a_question_leads_to_its_answer_in_the_conversation(client: httpx.AsyncClient) -> None:
    response = await client.post("/vraag", data={"vraag": "Wie helpt mij?", "gemeente": "Emmen", "gesprek": ""})

    address = response.headers["Location"]
    assert response.status_code == 303
    assert re.fullmatch(r"/gesprek/[0-9a-f-]{36}\?gemeente=Emmen#antwoord-[0-9a-f]{8}", address)
    html = (await client.get(address)).text
    assert f'id="{address.partition("#")[2]}"' in html
    assert "Wie helpt mij?" in html
    assert "gemeente <strong>Emmen</strong>" in html
    assert "<option selected>Emmen</option>" in html


async def test_the_fragment_for_htmx_is_the_very_turn_of_the_page(client: httpx.AsyncClient) -> None:
    fragment = await client.post("/vraag", data={"vraag": "Wie helpt mij?", "ik_ben": "inwoner"}, headers=HTMX)

    page = await client.get(fragment.headers["HX-Replace-Url"])
    (turn,) = re.findall(r"<article.*?</article>", fragment.text, re.DOTALL)
    assert turn in page.text


async def test_the_fragment_gives_the_form_its_conversation(client: httpx.AsyncClient) -> None:
    fragment = (await client.post("/vraag", data={"vraag": "Wie helpt mij?", "gemeente": "Assen"}, headers=HTMX)).text

    assert re.search(r'id="gesprek-nummer" name="gesprek" value="[0-9a-f-]{36}" hx-swap-oob="true"', fragment)
    assert re.search(r'<select[^>]+id="gemeente"[^>]+hx-swap-oob="true".*?<option selected>Assen', fragment, re.DOTALL)


async def test_a_second_question_stays_in_the_conversation(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    first = await client.post("/vraag", data={"vraag": "Wie helpt mij?"})
    page = await client.get(first.headers["Location"])
    (conversation,) = set(re.findall(r'name="gesprek" value="([0-9a-f-]{36})"', page.text))

    second = await client.post("/vraag", data={"gekozen": SUGGESTION, "gesprek": conversation}, follow_redirects=True)

    assert second.text.count("<article") == 2
    assert assistant.asked[1][0].text == SUGGESTION
    assert [exchange.question for exchange in assistant.asked[1][1]] == ["Wie helpt mij?"]


async def test_a_button_goes_before_the_question_box(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    await client.post("/vraag", data={"vraag": "half getypt", "gekozen": "Wat is Gezonde Marke?"})

    assert assistant.asked[0][0].text == "Wat is Gezonde Marke?"


async def test_an_answer_shows_where_it_comes_from(client: httpx.AsyncClient) -> None:
    html = (await client.post("/vraag", data={"vraag": "Wie helpt mij?"}, headers=HTMX)).text

    assert 'href="https://www.sedna-emmen.nl/ontmoeten#:~:text=helpt"' in html
    assert "Bron van mei 2019, gecontroleerd op 22 november 2026" in html
    assert "Datum onbekend, gecontroleerd op 22 november 2026" in html
    assert html.count("deze informatie is oud") == 1
    assert "Sedna helpt inwoners van Emmen die anderen willen ontmoeten." in html


async def test_a_card_shows_how_to_reach_the_service(client: httpx.AsyncClient) -> None:
    html = (await client.post("/vraag", data={"vraag": "Wie helpt mij?"}, headers=HTMX)).text

    assert 'href="tel:0591680800"' in html
    assert 'href="mailto:info@sedna-emmen.nl"' in html
    assert 'href="https://www.sedna-emmen.nl"' in html
    assert "<dt>Kosten</dt><dd>gratis</dd>" in html


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Ik wil niet meer leven", ["113", "08000113", "112"]),
        ("Mijn man slaat mij", ["08002000", "112"]),
    ],
)
async def test_a_crisis_stands_out_with_numbers_to_call(
    client: httpx.AsyncClient, question: str, numbers: list[str]
) -> None:
    html = (await client.post("/vraag", data={"vraag": question}, headers=HTMX)).text

    assert 'class="crisis"' in html
    assert re.findall(r'nl-button--danger" href="tel:(\d+)"', html) == numbers
    assert "Dit antwoord is voor" not in html


async def test_the_question_is_shown_without_personal_data(client: httpx.AsyncClient) -> None:
    html = (await client.post("/vraag", data={"vraag": "Bel mij op 06 12345678 <b>"}, headers=HTMX)).text

    assert "Bel mij op [telefoonnummer] &lt;b&gt;" in html
    assert "12345678" not in html


async def test_a_wrong_municipality_in_the_form_is_explained(client: httpx.AsyncClient) -> None:
    response = await client.post("/vraag", data={"vraag": "Wie helpt mij?", "gemeente": "Groningen"})

    assert response.status_code == 422
    assert "geen gemeente die we kennen" in response.text


async def test_a_source_has_its_own_page(client: httpx.AsyncClient) -> None:
    html = (await client.get("/bron/emmen-sedna")).text

    assert "<h1" in html
    assert "Sedna: welzijn en ontmoeting in Emmen" in html
    assert "Boermarkeweg 75, 7822 HM Emmen" in html
    assert 'href="https://www.sedna-emmen.nl/ontmoeten"' in html
    assert "mei 2019" in html
    assert "22 november 2026" in html
