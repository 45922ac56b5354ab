"""Sources at the desk: the list, what is seen of one, and how a file of the corpus is written and changed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant.domain import Chunk, Filter, Passage, Scores
from ingest.checking import read_corpus
from ingest.reading import read_file
from tests.web.desk.conftest import Person, path_of
from tests.web.fake_assistant import SEDNA
from web.parts import Parts
from web.tables import gaps, log, turns

NEW = "/redactie/bronnen/nieuw"
FIELDS: dict[str, Any] = {
    "titel": "Taalcafé in Exloërmond",
    "soort": "dienst",
    "organisatie": "Bibliotheek",
    "gemeenten": ["Borger-Odoorn"],
    "themas": ["sociale basis"],
    "onderwerpen": ["taal-en-digitaal"],
    "doelgroep": ["inwoner", "professional"],
    "telefoon": "0599 123456",
    "kosten": "Gratis: ook koffie",
    "bron": "https://voorbeeld.nl/taalcafe",
    "bron_titel": "Taalcafé",
    "uitgever": "Bibliotheek",
    "bron_datum": "2026-05",
    "gecontroleerd": "2026-11-22",
    "tekst": "In het Taalcafé in Exloërmond oefenen inwoners samen Nederlands.\r\n\r\nMeedoen kan elke dinsdag.",
    "vragen": "Waar kan ik Nederlands oefenen?\r\ntaalles exloermond\r\n",
}


async def test_a_new_source_becomes_a_file_that_the_refresh_reads(editor: Person, corpus: Path, parts: Parts) -> None:
    response = await editor.post(NEW, NEW, **FIELDS)

    assert path_of(response) == "/redactie/bronnen/taalcafe-in-exloermond"
    reading = read_file(corpus / "hulp" / "borger-odoorn" / "taalcafe-in-exloermond.md")
    source = reading.source
    assert (source.title, source.municipalities) == ("Taalcafé in Exloërmond", ("Borger-Odoorn",))
    assert (
        source.text == "In het Taalcafé in Exloërmond oefenen inwoners samen Nederlands.\n\nMeedoen kan elke dinsdag."
    )
    assert (source.contact.phone, source.contact.costs) == ("0599 123456", "Gratis: ook koffie")
    assert source.questions == ("Waar kan ik Nederlands oefenen?", "taalles exloermond")
    assert (reading.matter.bewerkt_door, source.date) == ("anna", "2026-05")
    assert "taalcafe-in-exloermond" in {r.source.id for r in read_corpus(corpus)}
    (line,) = await parts.database.read(select(log))
    assert (line.action, line.subject) == ("bron geschreven", "taalcafe-in-exloermond")


@pytest.mark.parametrize(
    ("fields", "label", "problem"),
    [
        ({"titel": ""}, "Titel", "Geef de bron een titel."),
        ({"gemeenten": []}, "Gemeenten", "Kies minstens één gemeente"),
        ({"gemeenten": ["Amsterdam"]}, "Gemeenten", "Kies minstens één gemeente"),
        ({"onderwerpen": []}, "Onderwerpen", "Kies minstens één onderwerp."),
        ({"telefoon": "12"}, "Telefoon", "Dit is geen Nederlands nummer."),
        ({"website": "voorbeeld"}, "Website", "met https:// ervoor"),
        ({"bron": "javascript:alert(1)"}, "Adres van de pagina", "met https:// ervoor"),
        ({"bron_datum": "vorig jaar"}, "Datum van de pagina", "Schrijf 2026, 2026-05 of 2026-05-01."),
        ({"gecontroleerd": ""}, "Gecontroleerd op", "Kies de dag"),
        ({"tekst": "Te kort."}, "Tekst", "Schrijf minstens één hele zin"),
        ({"tekst": "Heel veel woorden. " * 100}, "Tekst", "hoogstens 200 woorden"),
        ({"id": "../../etc/passwd"}, "Id", "Gebruik kleine letters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    editor: Person, corpus: Path, fields: dict[str, Any], label: str, problem: str
) -> None:
    before = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}

    response = await editor.post(NEW, NEW, **FIELDS | fields)
    checked = await editor.post(NEW, "/redactie/bronnen/controle", **FIELDS | fields)

    assert response.status_code == 422
    assert re.search(rf"<li>{label}: [^<]*{re.escape(problem)}", response.text)
    assert 'aria-invalid="true"' in response.text
    assert "Waar kan ik Nederlands oefenen?" in response.text
    assert re.search(rf"<li>{label}: [^<]*{re.escape(problem)}", checked.text)
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == before


async def test_while_typing_it_is_said_when_all_is_well(editor: Person) -> None:
    response = await editor.post(NEW, "/redactie/bronnen/controle", **FIELDS)

    assert "Alles is ingevuld zoals het moet." in response.text
    assert "<html" not in response.text


async def test_a_source_much_like_another_needs_a_second_look(
    editor: Person, corpus: Path, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def search(text: str, limit: int = 10, filter: Filter = Filter()) -> list[Passage]:
        return [Passage(SEDNA, Chunk("c", SEDNA.id, 0, (), "", ""), Scores(chunk=0.95))]

    monkeypatch.setattr(parts.assistant, "search", search)

    asked = await editor.post(NEW, NEW, **FIELDS)
    saved = await editor.post(NEW, NEW, **FIELDS, toch="ja")

    assert asked.status_code == 422
    assert "Deze bronnen lijken er sterk op." in asked.text
    assert SEDNA.title in asked.text
    assert saved.status_code == 303


async def test_an_id_is_never_used_twice(editor: Person, corpus: Path) -> None:
    (path,) = corpus.rglob("emmen-inloop.md")
    before = path.read_bytes()

    response = await editor.post(NEW, NEW, **FIELDS | {"id": "emmen-inloop"})

    assert response.status_code == 422
    assert "Er is al een bron met deze id." in response.text
    assert path.read_bytes() == before


async def test_a_gap_becomes_a_source(visitor: Person, editor: Person, parts: Parts, corpus: Path) -> None:
    question = {"question": "Wat voor weer wordt het?", "municipality": "Emmen"}
    await visitor.client.post("/api/v1/ask", json=question)
    await editor.see("/redactie/open-vragen")
    (gap,) = await parts.database.read(select(gaps))

    form = await editor.see(f"{NEW}?open_vraag={gap.id}")
    saved = await editor.post(f"{NEW}?open_vraag={gap.id}", NEW, **FIELDS, open_vraag=str(gap.id))

    assert "Wat voor weer wordt het?</textarea>" in form
    assert 'value="Emmen" checked' in form
    assert saved.status_code == 303
    assert [row.status for row in await parts.database.read(select(gaps))] == ["klaar"]


def typed(page: str) -> dict[str, Any]:
    """What stands in the fields of a form, as a browser would send it."""
    lines = {
        n: unescape(v) for n, v in re.findall(r'<input class="utrecht-select"[^>]*name="(\w+)" value="([^"]*)"', page)
    }
    areas = {n: unescape(v) for n, v in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page)}
    hidden = dict(re.findall(r'<input type="hidden" name="(digest)" value="([^"]*)"', page))
    boxes: dict[str, Any] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)" checked', page):
        boxes.setdefault(name, []).append(unescape(value))
    (kind,) = re.findall(r"<option selected>([^<]*)", page)
    return lines | areas | hidden | boxes | {"soort": kind}


async def test_only_what_was_changed_changes(editor: Person, corpus: Path, parts: Parts) -> None:
    (path,) = corpus.rglob("emmen-geldloket.md")
    before = read_file(path)
    address = "/redactie/bronnen/emmen-geldloket/wijzigen"
    fields = typed(await editor.see(address))

    response = await editor.post(address, address, **fields | {"telefoon": "0591 68 08 00"})

    assert path_of(response) == "/redactie/bronnen/emmen-geldloket"
    after = read_file(path)
    assert after.source.contact.phone == "0591 68 08 00"
    assert after.source.desk  # a key that the form does not know
    assert (after.source.text, after.source.questions) == (before.source.text, before.source.questions)
    (line,) = await parts.database.read(select(log))
    assert line.details["velden"].startswith("contact")


async def test_the_work_of_a_colleague_is_not_overwritten(editor: Person, corpus: Path) -> None:
    (path,) = corpus.rglob("emmen-inloop.md")
    address = "/redactie/bronnen/emmen-inloop/wijzigen"
    fields = typed(await editor.see(address))
    path.write_text(path.read_text().replace("€ 1,50", "€ 2,50"))

    response = await editor.post(address, address, **fields | {"titel": "Een andere titel"})

    assert response.status_code == 422
    assert "Iemand anders heeft deze bron net veranderd." in response.text
    assert "€ 2,50" in path.read_text()


async def test_a_source_is_left_out_put_first_and_taken_back(editor: Person, corpus: Path) -> None:
    page = "/redactie/bronnen/emmen-inloop"

    async def choose(use: str, place: str) -> None:
        (digest,) = re.findall(r'name="digest" value="(\w+)"', await editor.see(page))
        response = await editor.post(page, f"{page}/gebruik", gebruik=use, plek=place, digest=digest)
        assert path_of(response) == page

    def boosts() -> dict[str, int]:
        return {r.source.id: r.source.boost for r in read_corpus(corpus)}

    await choose("nee", "gewoon")
    assert "emmen-inloop" not in boosts()
    assert "Deze bron is uitgesloten." in await editor.see(page)
    assert "emmen-inloop" in await editor.see("/redactie/bronnen?staat=uitgesloten")

    await choose("ja", "vooraan")
    assert boosts()["emmen-inloop"] == 1

    await choose("ja", "gewoon")
    assert boosts()["emmen-inloop"] == 0


async def test_a_state_that_was_set_in_the_meantime_is_not_undone(editor: Person) -> None:
    page = "/redactie/bronnen/emmen-inloop"

    response = await editor.post(page, f"{page}/gebruik", gebruik="nee", plek="gewoon", digest="van eerder")

    assert response.status_code == 409


async def test_the_list_shows_index_and_corpus_and_filters(editor: Person) -> None:
    everything = await editor.see("/redactie/bronnen")
    only_index = await editor.see("/redactie/bronnen?staat=zonder bestand")
    only_new = await editor.see("/redactie/bronnen?staat=nieuw&q=inloop emmen")

    assert "emmen-inloop" in everything
    assert SEDNA.id in everything
    assert SEDNA.id in only_index
    assert "emmen-inloop" not in only_index
    assert "emmen-inloop" in only_new
    assert "emmen-geldloket" not in only_new
    assert SEDNA.id not in await editor.see("/redactie/bronnen?gemeente=Assen")


async def test_a_source_is_shown_as_the_assistant_sees_it(editor: Person) -> None:
    page = await editor.see("/redactie/bronnen/emmen-sedna")

    assert "Stuk 1 van 1" in page
    assert "Sedna helpt inwoners van Emmen" in page
    assert "heeft geen bestand in het corpus" in page


@pytest.mark.parametrize("address", ["/redactie/bronnen/niets", "/redactie/bronnen/niets/wijzigen"])
async def test_what_is_not_there_is_said(editor: Person, address: str) -> None:
    assert (await editor.client.get(address)).status_code == 404


async def test_the_bench_shows_the_steps_and_keeps_nothing(editor: Person, parts: Parts) -> None:
    response = await editor.post("/redactie/proefbank", "/redactie/proefbank", vraag="Wie helpt mij?", gemeente="Emmen")

    assert response.status_code == 200
    for words in ("Uitkomst", "De stappen", "Gezocht met", "answered"):
        assert words in response.text
    assert await parts.database.read(select(turns)) == []
