"""A refresh is killed, the live generation breaks: the server says so, helps who is in danger, and heals by itself."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.faults.conftest import CRISIS, QUESTION, START, Place, Server
from tests.small_corpus import write_source


def break_live(place: Place) -> None:
    """Half of every file of the live generation is gone."""
    live = (place.data / "index" / "live").read_text(encoding="utf-8").strip()
    for path in (place.data / "index" / "generations" / live).rglob("*"):
        if path.is_file():
            os.truncate(path, path.stat().st_size // 2)


def until_answered(server: Server) -> bool:
    """Whether the server answers from sources again, within the time of a start."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        if server.ask()["outcome"] == "answered":
            return True
        time.sleep(0.2)
    return False


def test_a_refresh_killed_halfway_changes_nothing_and_the_next_one_is_noticed(shared: Server) -> None:
    before = shared.ask()["text"]
    write_source(shared.place.corpus, "emmen-koor", "Het koor van Emmen zingt op maandag.", titel="Koor Emmen")
    killed = shared.place.refresh(PAUSE="0.05")
    time.sleep(3.0)
    killed.send_signal(signal.SIGKILL)
    killed.wait()

    assert shared.ask()["text"] == before
    assert shared.client.get("/api/v1/sources/emmen-koor").status_code == 404
    assert shared.place.refresh().wait(START) == 0
    assert shared.client.get("/api/v1/sources/emmen-koor").status_code == 200
    assert shared.ask()["text"] == before


def test_a_broken_generation_is_told_and_the_next_refresh_heals_it(
    place: Place, request: pytest.FixtureRequest
) -> None:
    break_live(place)
    server = Server(place).start()
    request.addfinalizer(server.stop)

    status, problem = server.ready()
    failed, crisis, page = server.ask(), server.ask(CRISIS), server.client.get("/")
    refreshed = place.refresh().wait(START)

    assert status == 503
    assert problem["parts"]["index"] is False
    assert "Qdrant Edge" in problem["reason"]
    assert failed["outcome"] == "failed"
    assert crisis["outcome"] == "crisis_suicide"
    assert page.status_code == 200
    assert refreshed == 0
    assert until_answered(server)
    assert server.ready()[0] == 200


def test_a_generation_that_breaks_when_it_is_published_leaves_the_one_before_it_answering(
    shared: Server, tmp_path: Path
) -> None:
    before = shared.ask(QUESTION)["text"]
    index = shared.place.data / "index"
    live = (index / "live").read_text(encoding="utf-8")
    broken = index / "generations" / "29990101T000000-broken"
    broken.mkdir()
    (broken / "complete").touch()

    (index / "live").write_text(broken.name, encoding="utf-8")
    during = shared.ask(QUESTION)["text"]
    (index / "live").write_text(live, encoding="utf-8")

    assert during == before
    assert "cannot be opened" in shared.log.read_text(encoding="utf-8")
    (broken / "complete").unlink()
    broken.rmdir()
