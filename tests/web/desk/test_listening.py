"""What visitors tell and ask, as editors find it: reports, open questions, the overview and the log."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from ingest import Run, RunState
from tests.web.desk.conftest import Person, path_of
from web.desk.grouping import forget_gaps, group_new
from web.desk.log import write_log
from web.desk.overview import ago
from web.parts import Parts
from web.tables import gaps, log, reports, turns

WEATHER = "Wat voor weer wordt het?"


async def ask(person: Person, question: str, municipality: str | None = None) -> UUID:
    response = await person.client.post("/api/v1/ask", json={"question": question, "municipality": municipality})
    return UUID(response.json()["turn"])


async def test_a_report_is_answered_and_then_out_of_the_inbox(visitor: Person, editor: Person, parts: Parts) -> None:
    turn = await ask(visitor, "Wie helpt mij?")
    await parts.feedback.report(turn, "emmen-sedna", "Het nummer klopt niet <b>")
    (row,) = await parts.database.read(select(reports))
    inbox = await editor.see("/redactie/meldingen")
    assert "Het nummer klopt niet &lt;b&gt;" in inbox
    assert "bij de vraag ‘Wie helpt mij?’" in inbox

    address = f"/redactie/meldingen/{row.id}"
    response = await editor.post("/redactie/meldingen", address, status="klaar", notitie="Nummer verbeterd")

    assert path_of(response) == "/redactie/meldingen"
    assert "Het nummer" not in await editor.see("/redactie/meldingen")
    done = await editor.see("/redactie/meldingen?status=klaar")
    assert "Afgehandeld door anna" in done
    assert "Nummer verbeterd" in done
    (line,) = await parts.database.read(select(log))
    assert (line.editor, line.action, line.subject) == ("anna", "melding afgehandeld", "emmen-sedna")


async def test_a_report_from_the_page_of_a_source_comes_in_too(visitor: Person, editor: Person) -> None:
    await visitor.client.post("/melding", data={"bron": "emmen-sedna", "tekst": "Ze zijn verhuisd"})

    inbox = await editor.see("/redactie/meldingen")

    assert "Ze zijn verhuisd" in inbox
    assert ">Sedna: welzijn en ontmoeting in Emmen</a></h2>" in inbox
    assert '/redactie/bronnen/emmen-sedna"' in inbox
    assert 'op de <a class="nl-link" href="/bron/emmen-sedna">pagina van de bron</a>' in inbox


async def test_with_htmx_only_the_report_itself_comes_back(visitor: Person, editor: Person, parts: Parts) -> None:
    await parts.feedback.report(await ask(visitor, "Wie helpt mij?"), "emmen-sedna", None)
    (row,) = await parts.database.read(select(reports))

    address, headers = f"/redactie/meldingen/{row.id}", {"HX-Request": "true"}
    response = await editor.post("/redactie/meldingen", address, headers, status="klaar", notitie="")

    assert response.text.strip().startswith("<article")
    assert "Afgehandeld door anna" in response.text


async def test_questions_of_one_meaning_in_one_place_are_one_gap(visitor: Person, editor: Person) -> None:
    await ask(visitor, WEATHER, "Emmen")
    await ask(visitor, "Het weer wordt wat voor?", "Emmen")
    await ask(visitor, WEATHER, "Assen")
    await ask(visitor, "Zzzz qqqq weer jjjj?", "Assen")
    await ask(visitor, "Wie helpt mij?", "Emmen")

    page = await editor.see("/redactie/open-vragen")

    assert re.findall(r"level-2\">([^<]+)<", page) == ["Assen", "Emmen"]
    assert sorted(re.findall(r"(\d) keer gevraagd", page)) == ["1", "1", "2"]
    assert "Wie helpt mij?" not in page
    only_emmen = await editor.see("/redactie/open-vragen?gemeente=Emmen&thema=&status=")
    assert re.findall(r"(\d) keer gevraagd", only_emmen) == ["2"]


async def test_an_answer_that_did_not_help_is_an_open_question_too(
    visitor: Person, editor: Person, parts: Parts
) -> None:
    await parts.feedback.rate(await ask(visitor, "Wie helpt mij?"), helped=False, reason=None)
    await parts.feedback.rate(await ask(visitor, "Waar vind ik hulp?"), helped=True, reason=None)

    page = await editor.see("/redactie/open-vragen")

    assert "Wie helpt mij?" in page
    assert "Waar vind ik hulp?" not in page


async def test_a_question_is_grouped_once_and_a_new_one_joins_it(visitor: Person, parts: Parts) -> None:
    await ask(visitor, WEATHER)
    assert await group_new(parts.database, parts.assistant) == 1
    assert await group_new(parts.database, parts.assistant) == 0

    await ask(visitor, WEATHER)

    assert await group_new(parts.database, parts.assistant) == 1
    assert len(await parts.database.read(select(gaps))) == 1


async def test_an_editor_gives_a_gap_words_and_a_status(visitor: Person, editor: Person, parts: Parts) -> None:
    await ask(visitor, WEATHER)
    page = "/redactie/open-vragen"
    await editor.see(page)
    (row,) = await parts.database.read(select(gaps))

    await editor.post(page, f"{page}/{row.id}", omschrijving="Het weer", status="buiten bereik")

    shown = await editor.see(f"{page}?status=buiten bereik")
    assert "Het weer" in shown
    assert "Het weer" not in await editor.see(f"{page}?status=nieuw")
    fragment = await editor.post(
        page, f"{page}/{row.id}", {"HX-Request": "true"}, omschrijving="Het weer", status="klaar"
    )
    assert fragment.text.strip().startswith("<article")
    assert "Het weer" not in await editor.see(page)


async def test_words_of_a_visitor_do_not_outlive_their_turn_in_a_gap(
    visitor: Person, editor: Person, parts: Parts
) -> None:
    await ask(visitor, WEATHER, "Emmen")
    await ask(visitor, WEATHER, "Assen")
    await group_new(parts.database, parts.assistant)
    (looked_at, _) = await parts.database.read(select(gaps))
    page = "/redactie/open-vragen"
    await editor.post(page, f"{page}/{looked_at.id}", omschrijving="Het weer", status="te schrijven")
    long_ago = datetime.now(UTC) - timedelta(days=28, minutes=1)
    await parts.database.write(update(gaps).values(seen=long_ago), update(turns).values(created=long_ago))

    await parts.conversations.forget(28)
    await forget_gaps(parts.database, 28)

    assert [row.label for row in await parts.database.read(select(gaps))] == ["Het weer"]


async def test_the_overview_counts_the_week(visitor: Person, editor: Person, parts: Parts) -> None:
    for question in ("Wie helpt mij?", "Waar vind ik hulp?", WEATHER, "Ik wil niet meer leven"):
        turn = await ask(visitor, question)
    await parts.feedback.rate(turn, helped=True, reason=None)
    old = await ask(visitor, WEATHER)
    long_ago = datetime.now(UTC) - timedelta(days=8)
    await parts.database.write(update(turns).where(turns.c.id == old).values(created=long_ago))

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", await editor.see("/redactie")))

    assert "Vragen 4 " in text
    assert "1 nieuwe open vraag" in text
    assert "Beantwoord 67 % 2 van 3 vragen om informatie" in text
    assert "Hielp het? 100 % 1 van 1 oordelen" in text
    assert "Crisis 1 " in text


async def test_the_overview_tells_of_the_last_refresh_and_of_what_waits(editor: Person, parts: Parts) -> None:
    assert "Er is nog niet ververst." in await editor.see("/redactie")
    runs, begun = parts.refreshing.runs, datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    older = Run("20261122T090500-aaaaaa", "anna", begun, RunState.WAITING, begun, candidate="x")
    runs.save(older)
    runs.save(replace(older, id="20261122T100500-bbbbbb", state=RunState.UNCHANGED, candidate=None, changed=3))

    overview = await editor.see("/redactie")

    assert 'href="/redactie/verversen/20261122T100500-bbbbbb">22 november 2026, 10:05</a>, door anna' in overview
    assert "niets veranderd: 0 nieuw, 3 veranderd, 0 weg" in overview
    assert 'href="/redactie/verversen/20261122T090500-aaaaaa">Een nieuwe versie die op een hoofdredacteur' in overview


async def test_the_overview_says_that_there_is_no_index(editor: Person, parts: Parts) -> None:
    parts.assistant.is_missing = True  # type: ignore[attr-defined]

    assert "De index is er niet" in await editor.see("/redactie")


async def test_the_log_shows_the_newest_first_and_turns_pages(editor: Person, parts: Parts) -> None:
    for n in range(60):
        await write_log(parts.database, "anna", f"daad {n:02}", "iets", {"waarom": "<i>"})

    first, second = [await editor.see(f"/redactie/logboek?pagina={n}") for n in (1, 2)]

    assert re.findall(r"daad \d\d", first) == [f"daad {n:02}" for n in range(59, 9, -1)]
    assert re.findall(r"daad \d\d", second) == [f"daad {n:02}" for n in range(9, -1, -1)]
    assert "waarom: &lt;i&gt;" in first


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=5), "zojuist"),
        (timedelta(minutes=1), "1 minuut geleden"),
        (timedelta(hours=5), "5 uur geleden"),
        (timedelta(days=1, hours=3), "1 dag geleden"),
        (timedelta(days=9), "9 dagen geleden"),
    ],
)
def test_an_age_in_words(age: timedelta, words: str) -> None:
    assert ago(age) == words
