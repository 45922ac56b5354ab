"""A run from beginning to end: what waits for an editor, what is kept, and what is never done twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import CorpusError, IndexInUse, IndexMissing
from assistant.index.edge import EdgeHome
from ingest.generations import generations, publish, reject, rollback
from ingest.limits import Asked, Order, Publish
from ingest.lock import RefreshLock, is_refreshing
from ingest.replaying import ChangedAnswer, Replay, Reply
from ingest.running import run_refresh
from ingest.runs import Run, Runs, RunState
from ingest.starting import start_refresh
from tests.conftest import Workplace
from tests.small_corpus import write_source

BREICLUB = "De breiclub in Emmen breit elke woensdag sokken. Wol is gratis. Kom gerust een keer kijken."
AUTOMATIC = Order(Publish.WITHIN_LIMITS, replay=True)
LOOK_FIRST = Order(Publish.NEVER)


async def run(workplace: Workplace, order: Order = AUTOMATIC) -> Run:
    run, _ = await run_refresh(workplace.settings, workplace.corpus, order, by="Anna")
    return run


async def live(workplace: Workplace) -> str:
    return str(await EdgeHome(workplace.index).live())


async def kept(workplace: Workplace) -> list[str]:
    return [generation.id for generation in await generations(workplace.settings)]


def add_breiclub(workplace: Workplace) -> None:
    write_source(workplace.corpus, "breiclub", BREICLUB, titel="Breiclub")


def remove_a_quarter(workplace: Workplace) -> None:
    for id in ("nl-112", "nl-veilig-thuis", "gezonde-marke"):
        (workplace.corpus / f"{id}.md").unlink()


async def test_a_small_change_is_published_and_its_run_is_kept(workplace: Workplace) -> None:
    path = workplace.corpus / "emmen-inloop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("€ 1,50", "€ 2,-"), encoding="utf-8")

    done = await run(workplace)

    assert (done.state, done.changed, done.by) == (RunState.PUBLISHED, 1, "Anna")
    assert await live(workplace) == done.id == done.candidate
    assert Runs(workplace.settings.data_dir).get(done.id) == done
    [change] = done.changes.changed
    [(name, pieces)] = change.fields
    assert name == "tekst"
    assert [(p.mark, p.text) for p in pieces if p.mark in ("gone", "new")] == [("gone", "1,50."), ("new", "2,-.")]
    assert {stage.what for stage in done.stages} >= {"Bronnen lezen", "Teksten inlezen", "Index bouwen"}


async def test_when_too_much_vanishes_an_editor_must_look(workplace: Workplace) -> None:
    before = await live(workplace)
    remove_a_quarter(workplace)

    done = await run(workplace)

    assert (done.state, done.gone) == (RunState.WAITING, 3)
    assert "3 van de 12" in done.objections[0]
    assert await live(workplace) == before


async def test_an_editor_publishes_what_waits(workplace: Workplace) -> None:
    remove_a_quarter(workplace)
    done = await run(workplace)

    await publish(workplace.settings, str(done.candidate))

    assert await live(workplace) == done.candidate
    after = Runs(workplace.settings.data_dir).get(done.id)
    assert after is not None
    assert after.state is RunState.PUBLISHED


async def test_what_is_rejected_is_gone_and_does_not_come_back_by_itself(workplace: Workplace) -> None:
    before = await kept(workplace)
    remove_a_quarter(workplace)
    done = await run(workplace)

    await reject(workplace.settings, done.id)

    assert await kept(workplace) == before
    again = await run(workplace)
    assert again.state is RunState.UNCHANGED
    assert "eerder afgewezen" in again.problems[0]
    assert await kept(workplace) == before


async def test_rejecting_twice_is_refused(workplace: Workplace) -> None:
    add_breiclub(workplace)
    done = await run(workplace, LOOK_FIRST)
    await reject(workplace.settings, done.id)

    with pytest.raises(IndexMissing, match="nothing that waits"):
        await reject(workplace.settings, done.id)


async def test_what_waits_is_not_built_again_while_nothing_changed(workplace: Workplace) -> None:
    remove_a_quarter(workplace)
    first = await run(workplace)

    second = await run(workplace)

    assert (second.state, second.candidate) == (RunState.WAITING, first.id)
    assert Runs(workplace.settings.data_dir).awaiting() == second
    assert len(await kept(workplace)) == 2


async def test_something_newer_takes_the_place_of_what_waits(workplace: Workplace) -> None:
    remove_a_quarter(workplace)
    first = await run(workplace)
    add_breiclub(workplace)

    second = await run(workplace)

    assert first.id not in await kept(workplace)
    assert second.candidate in await kept(workplace)
    superseded = Runs(workplace.settings.data_dir).get(first.id)
    assert superseded is not None
    assert superseded.state is RunState.SUPERSEDED


async def test_after_a_rollback_nothing_is_published_by_itself(workplace: Workplace) -> None:
    before = await live(workplace)
    add_breiclub(workplace)
    await run(workplace)
    await rollback(workplace.settings)

    done = await run(workplace)

    assert done.state is RunState.WAITING
    assert "teruggezet" in done.objections[0]
    assert await live(workplace) == before
    assert len(await kept(workplace)) == 2


async def test_a_golden_question_that_falls_stops_the_publication(workplace: Workplace) -> None:
    golden = "- vraag: Waar kan ik mensen ontmoeten in Emmen?\n  bronnen: [emmen-inloop]\n"
    (workplace.corpus / "proefvragen.yaml").write_text(golden, encoding="utf-8")
    (workplace.corpus / "emmen-inloop.md").unlink()

    done = await run(workplace)

    assert done.state is RunState.WAITING
    assert "Waar kan ik mensen ontmoeten in Emmen?" in done.objections[0]
    [change] = done.replay.changed
    assert change.fell
    assert "emmen-inloop" in change.before.sources
    assert "emmen-inloop" not in change.after.sources


async def test_questions_of_visitors_show_which_answers_change(workplace: Workplace) -> None:
    path = workplace.corpus / "emmen-inloop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("0591 680800", "0591 680801"), encoding="utf-8")
    asked = (
        Asked("Waar kan ik mensen ontmoeten in Emmen?", "Emmen", 7),
        Asked("Wie helpt mij met schulden?", "Assen", 3),
    )

    done = await run(workplace, replace(AUTOMATIC, asked=asked))

    assert done.replay.asked == 2
    [change] = done.replay.changed
    assert (change.times, change.fell) == (7, False)
    assert "0591 680800" in change.before.text
    assert "0591 680801" in change.after.text


async def test_a_run_that_fails_says_why_and_leaves_nothing(workplace: Workplace) -> None:
    before = await kept(workplace)
    write_source(workplace.corpus, "een", soort="hulp")

    with pytest.raises(CorpusError):
        await run(workplace)

    failed = Runs(workplace.settings.data_dir).newest()
    assert failed is not None
    assert failed.state is RunState.FAILED
    assert "een.md:4: soort" in failed.problems[0]
    assert await kept(workplace) == before
    assert not is_refreshing(workplace.settings.data_dir)


async def test_what_a_killed_run_left_behind_is_cleared_by_the_next(workplace: Workplace) -> None:
    runs = Runs(workplace.settings.data_dir)
    home = EdgeHome(workplace.index)
    killed = Run("29990101T000000-abcdef", "Anna", datetime.now(UTC))
    runs.save(killed)
    await home.create(killed.id, 3)
    await home.complete(killed.id)
    assert runs.get(killed.id) == replace(killed, state=RunState.INTERRUPTED)

    done = await run(workplace)

    assert done.state is RunState.UNCHANGED
    assert killed.id not in await kept(workplace)


async def test_two_refreshes_never_run_at_once(workplace: Workplace) -> None:
    lock = RefreshLock.claim(workplace.settings.data_dir)

    assert is_refreshing(workplace.settings.data_dir)
    with pytest.raises(IndexInUse, match="already being done by process"):
        await run(workplace)
    with pytest.raises(IndexInUse):
        await start_refresh(workplace.settings, workplace.corpus, AUTOMATIC, by="Anna")
    lock.release()
    assert not is_refreshing(workplace.settings.data_dir)


async def test_a_refresh_in_a_process_of_its_own_holds_the_lock_until_it_is_done(workplace: Workplace) -> None:
    add_breiclub(workplace)
    runs = Runs(workplace.settings.data_dir)

    started, process = await start_refresh(workplace.settings, workplace.corpus, AUTOMATIC, by="Anna")

    assert runs.current() == started
    with pytest.raises(IndexInUse):
        RefreshLock.claim(workplace.settings.data_dir)
    assert await asyncio.wait_for(process.wait(), 120) == 0
    done = runs.get(started.id)
    assert done is not None
    assert (done.state, done.new) == (RunState.PUBLISHED, 1)
    assert await live(workplace) == started.id


def an_old_run(days: float, state: RunState = RunState.PUBLISHED) -> Run:
    began = datetime.now(UTC) - timedelta(days=days)
    changed = (
        ChangedAnswer("Wie helpt mij?", None, Reply("answered", "a"), Reply("answered", "b"), times=4),
        ChangedAnswer("Een proefvraag", None, Reply("answered", "a"), Reply("answered", "b")),
    )
    return Run(f"{began:%Y%m%dT%H%M%S}-abcdef", "Anna", began, state, began, replay=Replay(2, changed))


@pytest.mark.parametrize(("days", "times"), [(13, {4, 0}), (15, {0})], ids=["young", "old"])
def test_what_visitors_asked_is_forgotten_in_time(tmp_path: Path, days: float, times: set[int]) -> None:
    runs = Runs(tmp_path)
    run = an_old_run(days)
    runs.save(run)

    runs.forget(14)

    left = runs.get(run.id)
    assert left is not None
    assert {change.times for change in left.replay.changed} == times


def test_very_old_runs_are_dropped_unless_they_wait(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    waiting = an_old_run(101, RunState.WAITING)
    for run in (an_old_run(100), waiting):
        runs.save(run)

    runs.forget(14)

    assert [run.id for run in runs.all()] == [waiting.id]


@pytest.mark.parametrize("id", ["../x", "", "a/b", "nergens"])
def test_an_unknown_run_is_none(tmp_path: Path, id: str) -> None:
    assert Runs(tmp_path).get(id) is None


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def of_another_version(path: Path) -> None:
    path.write_text('{"id": "x"}', encoding="utf-8")


@pytest.mark.parametrize("damage", [halve, of_another_version])
def test_a_run_that_cannot_be_read_is_left_out(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    runs = Runs(tmp_path)
    run = an_old_run(1)
    runs.save(run)
    damage(tmp_path / "runs" / f"{run.id}.json")

    assert list(runs.all()) == []
