"""What editors decide about answers: the pause, notices and fixed answers. A crisis comes before all of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from tests.web.desk.conftest import Person, path_of
from web import interventions
from web.interventions import same_question
from web.parts import Parts
from web.tables import fixed_answers, log, notices, switches

TODAY = date.today()
CRISIS = "Ik wil niet meer leven"


async def ask(person: Person, question: str, municipality: str | None = None) -> dict[str, Any]:
    response = await person.client.post("/api/v1/ask", json={"question": question, "municipality": municipality})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


async def pause(chief: Person, message: str = "We zijn even dicht. Bel je gemeente.") -> None:
    response = await chief.post("/redactie/pauze", "/redactie/pauze", aan="ja", bericht=message)
    assert path_of(response) == "/redactie/pauze"


async def place_notice(editor: Person, **fields: object) -> None:
    values = {"tekst": "Het loket is dicht.", "begin": TODAY.isoformat(), "einde": TODAY.isoformat(), **fields}
    response = await editor.post("/redactie/berichten", "/redactie/berichten", **values)
    assert response.status_code == 303, response.text


async def fix(editor: Person, **fields: object) -> None:
    values = {"vragen": "Wanneer is het loket open?", "tekst": "Elke dag.", "aan": "ja", **fields}
    response = await editor.post("/redactie/vaste-antwoorden", "/redactie/vaste-antwoorden", **values)
    assert response.status_code == 303, response.text


async def test_a_pause_stops_answers_for_everybody_until_it_ends(chief: Person, visitor: Person) -> None:
    await pause(chief)

    paused = await ask(visitor, "Wie helpt mij?")
    await chief.post("/redactie/pauze", "/redactie/pauze", aan="nee", bericht="We zijn even dicht.")
    after = await ask(visitor, "Wie helpt mij?")

    assert (paused["outcome"], paused["text"]) == ("failed", "We zijn even dicht. Bel je gemeente.")
    assert paused["citations"] == paused["cards"] == []
    assert after["outcome"] == "answered"


async def test_a_crisis_is_answered_during_a_pause_and_without_a_notice(
    chief: Person, editor: Person, visitor: Person
) -> None:
    before = await ask(visitor, CRISIS)
    await pause(chief)
    await place_notice(editor)

    answer = await ask(visitor, CRISIS)

    assert answer["outcome"] == "crisis_suicide"
    assert answer["text"] == before["text"]


async def test_a_pause_needs_a_message(chief: Person) -> None:
    response = await chief.post("/redactie/pauze", "/redactie/pauze", aan="ja", bericht="  ")

    assert response.status_code == 422
    assert "Schrijf een bericht" in response.text


@pytest.mark.parametrize(
    ("fields", "question", "municipality", "shown"),
    [
        ({}, "Wie helpt?", None, True),
        ({"gemeente": "Emmen"}, "Wie helpt?", "Emmen", True),
        ({"gemeente": "Emmen"}, "Wie helpt?", "Assen", False),
        ({"onderwerp": "eenzaamheid"}, "Wie helpt?", None, True),
        ({"onderwerp": "rouw"}, "Wie helpt?", None, False),
        ({"thema": "sociale basis"}, "Wie helpt?", None, True),
        ({"thema": "toekomstbestendige arbeidsmarkt"}, "Wie helpt?", None, False),
        ({}, "Wat voor weer wordt het?", None, True),
        (
            {"begin": (TODAY + timedelta(1)).isoformat(), "einde": (TODAY + timedelta(2)).isoformat()},
            "Wie helpt?",
            None,
            False,
        ),
    ],
    ids=["all", "here", "elsewhere", "topic", "other topic", "theme", "other theme", "no answer", "not yet"],
)
async def test_a_notice_stands_above_the_answers_that_it_fits(
    editor: Person, fields: dict[str, str], question: str, municipality: str | None, shown: bool
) -> None:
    await place_notice(editor, **fields)

    answer = await ask(editor, question, municipality)

    assert answer["text"].startswith("> **Let op:** Het loket is dicht.\n\n") == shown


async def test_a_notice_ends_by_itself(editor: Person, parts: Parts) -> None:
    await place_notice(editor)
    yesterday = (TODAY - timedelta(1)).isoformat()
    await parts.database.write(notices.update().values(starts=yesterday, ends=yesterday))

    assert "Let op" not in (await ask(editor, "Wie helpt?"))["text"]
    assert "(voorbij)" in await editor.see("/redactie/berichten")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"tekst": " "}, "Schrijf een bericht."),
        ({"einde": ""}, "Kies een eerste en een laatste dag."),
        ({"einde": (TODAY - timedelta(1)).isoformat()}, "De laatste dag ligt voor de eerste dag."),
        (
            {"begin": (TODAY - timedelta(2)).isoformat(), "einde": (TODAY - timedelta(1)).isoformat()},
            "al voorbij",
        ),
    ],
    ids=["no words", "no end", "the wrong way round", "over"],
)
async def test_a_notice_that_cannot_be_is_given_back_as_it_was_typed(
    editor: Person, fields: dict[str, str], problem: str
) -> None:
    values = {"tekst": "Dicht & op slot", "begin": TODAY.isoformat(), "einde": TODAY.isoformat(), **fields}

    response = await editor.post("/redactie/berichten", "/redactie/berichten", **values)

    assert response.status_code == 422
    assert problem in response.text
    assert not fields.get("tekst", "x").strip() or "Dicht &amp; op slot" in response.text


async def test_a_removed_notice_is_gone(editor: Person, parts: Parts) -> None:
    await place_notice(editor)
    (row,) = await parts.database.read(select(notices))

    await editor.post("/redactie/berichten", f"/redactie/berichten/{row.id}/verwijderen")

    assert await parts.database.read(select(notices)) == []


async def test_a_fixed_answer_is_given_word_for_word_with_its_sources(editor: Person) -> None:
    await fix(editor, tekst="Elke dag van 9 tot 5. [1]", bronnen="emmen-sedna\ngezonde-marke")

    answer = await ask(editor, "wanneer is het loket open")

    assert answer["text"] == "Elke dag van 9 tot 5. [1] [2]"
    assert (answer["outcome"], answer["engine"]) == ("answered", "redactie")
    assert [(c["number"], c["source"]) for c in answer["citations"]] == [(1, "emmen-sedna"), (2, "gezonde-marke")]
    assert [card["source"] for card in answer["cards"]] == ["emmen-sedna"]


@pytest.mark.parametrize(
    ("fields", "question", "municipality"),
    [
        ({}, "Wanneer is het zwembad open?", None),
        ({"aan": ""}, "Wanneer is het loket open?", None),
        ({"gemeente": "Emmen"}, "Wanneer is het loket open?", "Assen"),
    ],
    ids=["another question", "turned off", "another place"],
)
async def test_a_fixed_answer_is_not_given_to(
    editor: Person, fields: dict[str, str], question: str, municipality: str | None
) -> None:
    await fix(editor, **fields)

    assert (await ask(editor, question, municipality))["engine"] == "extractive"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"vragen": "?"}, "Schrijf minstens één vraag."),
        ({"vragen": f"Wie helpt?\n{CRISIS}"}, "gaat over een crisis"),
        ({"tekst": " "}, "Schrijf het antwoord."),
        ({"bronnen": "bestaat-niet"}, "Deze bron kennen we niet: bestaat-niet."),
    ],
    ids=["no question", "a crisis", "no answer", "an unknown source"],
)
async def test_a_fixed_answer_that_cannot_be_is_refused(
    editor: Person, parts: Parts, fields: dict[str, str], problem: str
) -> None:
    values = {"vragen": "Wanneer open?", "tekst": "Elke dag.", "aan": "ja", **fields}

    response = await editor.post("/redactie/vaste-antwoorden", "/redactie/vaste-antwoorden", **values)

    assert response.status_code == 422
    assert problem in response.text
    assert await parts.database.read(select(fixed_answers)) == []


async def test_a_fixed_answer_is_changed_and_removed(editor: Person, parts: Parts) -> None:
    await fix(editor)
    (row,) = await parts.database.read(select(fixed_answers))
    assert "Wanneer is het loket open?" in await editor.see(f"/redactie/vaste-antwoorden?wijzig={row.id}")

    await fix(editor, id=row.id, tekst="Alleen op maandag.")
    changed = await ask(editor, "Wanneer is het loket open?")
    await editor.post("/redactie/vaste-antwoorden", f"/redactie/vaste-antwoorden/{row.id}/verwijderen")

    assert changed["text"] == "Alleen op maandag."
    assert await parts.database.read(select(fixed_answers)) == []
    actions = [line.action for line in await parts.database.read(select(log).order_by(log.c.id))]
    assert actions == ["vast antwoord opgeslagen"] * 2 + ["vast antwoord verwijderd"]


async def test_what_another_process_decides_counts_within_a_second(
    visitor: Person, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 100.0
    monkeypatch.setattr(interventions, "monotonic", lambda: moment)
    await ask(visitor, "Wie helpt?")
    value = {"on": True, "message": "Even dicht."}
    row = {"name": interventions.PAUSE, "value": value, "changed": datetime.now(UTC), "editor": "een ander"}
    await parts.database.write(insert(switches).values(row))

    before = await ask(visitor, "Wie helpt?")
    moment += interventions.KNOWN_FOR
    after = await ask(visitor, "Wie helpt?")

    assert "Even dicht." not in before["text"]
    assert "Even dicht." in after["text"]


async def test_without_the_database_answers_stay_what_they_are(
    editor: Person, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    await place_notice(editor)
    await parts.database.write(text("DROP TABLE notices"))

    assert (await ask(editor, "Wie helpt?"))["outcome"] == "answered"
    assert "without the editors' decisions" in caplog.text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Wanneer is het loket open?", "wanneer is het loket OPEN", True),
        ("Wat kosten de taallessen in Exloo?", "taalles exloo kosten wat", True),
        ("Wanneer is het loket open?", "Wanneer is het zwembad open?", False),
        ("Loket?", "loket", True),
        ("Loket?", "de loketten", False),
        ("?", "!", False),
    ],
)
def test_which_questions_are_the_same(one: str, other: str, same: bool) -> None:
    assert same_question(one, other) == same
