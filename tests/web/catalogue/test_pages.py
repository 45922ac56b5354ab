from __future__ import annotations

import re

import httpx
import pytest

from tests.web.catalogue.shelf import DESK, SOURCES, WALKS, ShelfAssistant


def results(page: httpx.Response) -> list[str]:
    return re.findall(r'class="found__title"><a class="nl-link" href="/bron/([^"]+)"', page.text)


async def test_the_catalogue_opens_with_everything_twenty_at_a_time(client: httpx.AsyncClient) -> None:
    first, last = await client.get("/zoeken"), await client.get("/zoeken?pagina=3")

    assert first.status_code == 200
    assert f"{len(SOURCES)} bronnen" in first.text
    assert len(results(first)) == 20
    assert len(results(last)) == len(SOURCES) - 40
    assert "Pagina 3 van 3" in last.text


async def test_a_selection_is_shown_counted_and_can_be_undone(client: httpx.AsyncClient) -> None:
    page = await client.get("/zoeken?gemeente=emmen&soort=dienst")

    assert results(page) == ["emmen-koffie"]
    assert 'href="/zoeken?soort=dienst"' in page.text
    assert 'aria-current="true"' in page.text
    assert '<input type="hidden" name="gemeente" value="Emmen">' in page.text


async def test_the_search_keeps_what_was_typed(client: httpx.AsyncClient) -> None:
    page = await client.get("/zoeken", params={"q": 'koffie "<b>'})

    assert 'value="koffie &#34;&lt;b&gt;"' in page.text
    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("gemeente=Atlantis", 422, "‘Atlantis’ is geen gemeente die we kennen."),
        ("soort=draak", 422, "‘draak’ is geen soort die we kennen."),
        ("pagina=9999", 404, "Pagina 9999 is er niet: er zijn 3 pagina’s. Je ziet nu pagina 3."),
        ("pagina=nul", 422, "Een pagina heeft een nummer van 1 of hoger."),
        (f"q={'x' * 5000}", 422, "Je zoekwoorden zijn 5000 tekens lang."),
    ],
)
async def test_bad_input_is_told_and_the_catalogue_stays(
    client: httpx.AsyncClient, query: str, status: int, sentence: str
) -> None:
    page = await client.get(f"/zoeken?{query}")

    assert page.status_code == status
    assert sentence in page.text
    assert results(page)


async def test_too_many_words_stay_in_the_field(client: httpx.AsyncClient) -> None:
    page = await client.get("/zoeken", params={"q": "x" * 5000, "gemeente": "Emmen"})

    assert f'value="{"x" * 5000}"' in page.text
    assert "emmen-koffie" in results(page)


async def test_nothing_found_leads_somewhere(client: httpx.AsyncClient) -> None:
    page = await client.get("/zoeken?gemeente=Emmen&onderwerp=rouw")

    assert page.status_code == 200
    assert "0 bronnen" in page.text
    assert "Zonder onderwerp: 3 bronnen" in page.text
    assert 'href="/zoeken?gemeente=Emmen"' in page.text


async def test_who_searches_in_despair_sees_whom_to_call(client: httpx.AsyncClient) -> None:
    page = await client.get("/zoeken?q=ik+wil+niet+meer+leven")

    assert 'href="tel:113">Bel 113</a>' in page.text


async def test_a_municipality_offers_help_for_a_wider_area(client: httpx.AsyncClient) -> None:
    page = await client.get("/zoeken?gemeente=Emmen")

    assert 'href="/zoeken?gemeente=Emmen&amp;gemeente=heel+Nederland">neem heel Nederland mee (1)</a>' in page.text


async def test_a_selection_is_not_indexed_but_the_catalogue_is(client: httpx.AsyncClient) -> None:
    assert "noindex" not in (await client.get("/zoeken")).text
    assert "noindex, follow" in (await client.get("/zoeken?gemeente=Emmen")).text


async def test_the_whole_selection_can_be_taken_along(client: httpx.AsyncClient) -> None:
    sheet = await client.get("/zoeken.csv?gemeente=Assen&soort=dienst")
    body = (await client.get("/zoeken.json?gemeente=Assen&soort=dienst")).json()

    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in sheet.headers["content-disposition"]
    assert sheet.text.count("\r\n") == len(WALKS) + 1
    assert body["total"] == len(body["results"]) == len(WALKS)


@pytest.mark.parametrize("kind", ["csv", "json"])
async def test_a_program_is_refused_rather_than_given_everything(client: httpx.AsyncClient, kind: str) -> None:
    response = await client.get(f"/zoeken.{kind}?gemeente=Atlantis")

    assert response.status_code == 422
    assert "‘Atlantis’" in response.text
    if kind == "json":
        assert response.headers["content-type"] == "application/problem+json"


async def test_the_page_of_a_source_has_facts_contact_age_and_where_it_came_from(client: httpx.AsyncClient) -> None:
    text = (await client.get(f"/bron/{DESK.id}")).text

    assert 'href="tel:140591"' in text
    assert "Deze informatie is van mei 2019" in text
    assert f'href="{DESK.url}"' in text
    assert 'href="/bron/emmen-koffie"' in text
    assert 'property="og:title" content="Loket Emmen"' in text


async def test_a_source_offers_its_own_questions_for_its_own_place(
    client: httpx.AsyncClient, assistant: ShelfAssistant
) -> None:
    text = (await client.get(f"/bron/{DESK.id}")).text
    assert 'name="gekozen" value="Hoe bel ik het loket?"' in text
    assert "loket emmen nummer" not in text

    response = await client.post("/vraag", data={"gemeente": "Emmen", "gekozen": "Hoe bel ik het loket?"})

    assert response.status_code == 303
    assert assistant.asked[-1][0].municipality == "Emmen"


async def test_a_source_without_questions_still_has_one_to_ask(client: httpx.AsyncClient) -> None:
    assert "Wat kun je vertellen over De Luisterlijn?" in (await client.get("/bron/nl-lijn")).text


async def test_an_unknown_source_says_what_to_do(client: httpx.AsyncClient) -> None:
    page = await client.get("/bron/bestaat-niet")

    assert page.status_code == 404
    assert "Deze bron kennen we niet (meer)." in page.text


async def test_the_page_of_a_municipality_opens_with_its_desk(client: httpx.AsyncClient) -> None:
    text = (await client.get("/gemeente/emmen")).text
    parts = ["Loket en contact", "Koffieochtend", "Project Samen Sterk", "In Emmen is dat 48 procent."]

    assert sorted(parts, key=text.index) == parts


async def test_the_page_of_a_theme_has_its_text_and_projects(client: httpx.AsyncClient) -> None:
    assert "De sociale basis is alles wat mensen samen doen." in (await client.get("/thema/sociale-basis")).text
    assert "Project Samen Sterk" in (await client.get("/thema/netwerkaanpak")).text


@pytest.mark.parametrize(
    ("address", "right"), [("/gemeente/Emmen", "/gemeente/emmen"), ("/thema/Sociale basis", "/thema/sociale-basis")]
)
async def test_another_spelling_leads_to_the_right_address(client: httpx.AsyncClient, address: str, right: str) -> None:
    response = await client.get(address)

    assert (response.status_code, response.headers["location"]) == (308, right)


@pytest.mark.parametrize(("address", "choice"), [("/gemeente/zwolle", "Westerveld"), ("/thema/x", "netwerkaanpak")])
async def test_an_unknown_place_or_theme_names_those_we_know(
    client: httpx.AsyncClient, address: str, choice: str
) -> None:
    page = await client.get(address)

    assert page.status_code == 404
    assert choice in page.text


@pytest.mark.parametrize("address", ["/zoeken", "/bron/x", "/gemeente/emmen", "/thema/netwerkaanpak", "/zoeken.csv"])
async def test_without_an_index_the_pages_say_so(
    client: httpx.AsyncClient, assistant: ShelfAssistant, address: str
) -> None:
    assistant.is_missing = True

    response = await client.get(address)

    assert response.status_code == 503
    assert "De bronnen zijn nu even niet bereikbaar." in response.text
