"""Refreshes at the desk: started, followed live, read, published, rejected and taken back."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import pytest

from assistant.index.edge import EdgeHome
from assistant.settings import Settings
from ingest.limits import Order, Publish
from ingest.lock import RefreshLock
from ingest.running import run_refresh
from ingest.runs import Run, Runs, RunState
from tests.conftest import Workplace
from tests.small_corpus import write_source
from tests.web.desk.conftest import Person, path_of
from web.parts import Parts

RUNS = "/redactie/verversen"
BREICLUB = "De breiclub in Emmen breit elke woensdag sokken. Wol is gratis. Kom gerust een keer kijken."


@pytest.fixture
def settings(workplace: Workplace) -> Settings:
    """The small corpus and its index; one kind of database is enough here."""
    return workplace.settings.model_copy(update={"corpus_dir": workplace.corpus, "rate_limit": "off"})


@pytest.fixture
async def waiting(workplace: Workplace) -> Run:
    """A run that changed one source, added one, and waits for a chief editor."""
    path = workplace.corpus / "emmen-inloop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("€ 1,50", "€ 2,-"), encoding="utf-8")
    write_source(workplace.corpus, "breiclub", BREICLUB, titel="Breiclub")
    run, _ = await run_refresh(workplace.settings, workplace.corpus, Order(Publish.NEVER), by="anna")
    return run


async def live(workplace: Workplace) -> str:
    return str(await EdgeHome(workplace.index).live())


async def ended(parts: Parts, id: str) -> Run:
    """The run with this id, when it is over."""
    for _ in range(1200):
        run = parts.refreshing.runs.get(id)
        if run is not None and run.is_over:
            return run
        await asyncio.sleep(0.1)
    raise AssertionError("the run did not end")


async def test_a_refresh_is_started_at_the_desk_and_followed_until_it_is_done(
    editor: Person, parts: Parts, workplace: Workplace
) -> None:
    write_source(workplace.corpus, "breiclub", BREICLUB, titel="Breiclub")
    before = await live(workplace)

    started = await editor.post(RUNS, RUNS)

    address = path_of(started)
    stream = await editor.client.get(f"{address}/stroom", timeout=120)
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert "event: stand" in stream.text
    assert stream.text.rstrip().endswith("event: klaar") or "event: klaar" in stream.text
    run = await ended(parts, address.rpartition("/")[2])
    assert (run.by, run.state, run.new) == ("anna", RunState.WAITING, 1)
    assert await live(workplace) == before
    assert "Breiclub" in await editor.see(address)


async def test_an_editor_reads_word_by_word_what_changes(editor: Person, waiting: Run) -> None:
    page = unescape(await editor.see(f"{RUNS}/{waiting.id}"))

    assert re.search(r"<del>.*1,50\.</del>", page)
    assert re.search(r"<ins>.*2,-\.</ins>", page)
    assert "1 nieuw, 1 veranderd, 0 weg" in page
    assert "Publiceer deze versie" not in page


async def test_only_a_chief_editor_publishes(editor: Person, waiting: Run, workplace: Workplace) -> None:
    before = await live(workplace)

    refused = await editor.post(RUNS, f"{RUNS}/{waiting.id}/publiceren")

    assert refused.status_code == 403
    assert await live(workplace) == before


async def test_a_chief_editor_publishes_and_goes_back(chief: Person, waiting: Run, workplace: Workplace) -> None:
    before = await live(workplace)

    published = await chief.post(f"{RUNS}/{waiting.id}", f"{RUNS}/{waiting.id}/publiceren")
    assert published.status_code == 303
    assert await live(workplace) == waiting.candidate
    back = await chief.post(RUNS, f"/redactie/versies/{before}/terugzetten")

    assert back.status_code == 303
    assert await live(workplace) == before
    assert "teruggezet" in await chief.see("/redactie/logboek")


async def test_what_a_chief_editor_rejects_is_gone(chief: Person, waiting: Run, workplace: Workplace) -> None:
    rejected = await chief.post(f"{RUNS}/{waiting.id}", f"{RUNS}/{waiting.id}/afwijzen")

    assert rejected.status_code == 303
    assert await EdgeHome(workplace.index).generations() == [await live(workplace)]
    again = await chief.post(RUNS, f"{RUNS}/{waiting.id}/publiceren")
    assert again.status_code == 409


async def test_a_second_refresh_at_the_same_time_is_refused(chief: Person, workplace: Workplace) -> None:
    lock = RefreshLock.claim(workplace.settings.data_dir)

    refused = await chief.post(RUNS, RUNS)

    lock.release()
    assert refused.status_code == 409
    assert "Er wordt al ververst" in refused.text


async def test_an_unknown_run_or_generation_is_not_there(chief: Person) -> None:
    assert (await chief.client.get(f"{RUNS}/nergens")).status_code == 404
    assert (await chief.post(RUNS, "/redactie/versies/nergens/terugzetten")).status_code == 404


async def test_a_run_that_was_killed_is_shown_as_broken_off(editor: Person, waiting: Run, workplace: Workplace) -> None:
    runs = Runs(workplace.settings.data_dir)
    runs.save(Run("29990101T000000-abcdef", "schema", waiting.started))

    assert "afgebroken" in await editor.see(f"{RUNS}/29990101T000000-abcdef")
