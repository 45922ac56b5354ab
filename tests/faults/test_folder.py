"""The disk fills up, rights are taken away, the database breaks: answers go on, and nothing is said to be kept."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.faults.conftest import CRISIS, Server

Fault = Callable[[Server], AbstractContextManager[None]]
PARTS = ("index", "encoder", "database", "storage")


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """From now on no file of the server grows."""
    _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def no_rights(server: Server) -> Iterator[None]:
    """Nothing in the data folder may be read or written."""
    data = server.place.data
    modes = {path: path.stat().st_mode for path in [data, *data.rglob("*")]}
    for path in reversed(modes):
        path.chmod(0)
    yield
    for path, mode in modes.items():
        path.chmod(mode)


@contextmanager
def broken_database(server: Server) -> Iterator[None]:
    """The file is overwritten with nonsense, and later put back from a copy."""
    file = server.place.data / "markewijzer.sqlite"
    copy = file.with_name("copy.sqlite")
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    for path in file.parent.glob(f"{file.name}*"):
        path.write_bytes(os.urandom(64 * 1024))
    yield
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    os.replace(copy, file)


@pytest.mark.parametrize(
    ("fault", "confirmed"),
    # What was opened before goes on being written to, whatever happens to its rights.
    [(full_disk, False), (no_rights, True), (broken_database, False)],
    ids=["full disk", "no rights", "broken database"],
)
def test_answers_go_on_and_what_cannot_be_kept_is_not_confirmed(shared: Server, fault: Fault, confirmed: bool) -> None:
    before = shared.ask()
    assert before["outcome"] == "answered"
    assert shared.rate(before["turn"]) == 200

    with fault(shared):
        during = shared.ask()
        status, state = shared.ready()
        rated = shared.rate(before["turn"], helped=False)
        crisis = shared.ask(CRISIS)

    after = shared.ask()
    assert during["text"] == after["text"] == before["text"]
    assert crisis["outcome"] == "crisis_suicide"
    assert (status, state["status"]) == (200, "degraded")
    assert rated == (200 if confirmed else 503)
    assert shared.ready()[1] == {"status": "ready", "parts": dict.fromkeys(PARTS, True)}
    assert helped_of(shared, before["turn"]) == (not confirmed)
    assert shared.rate(after["turn"]) == 200


def helped_of(server: Server, turn: str) -> bool:
    """The rating of a turn as the file has it, read by another process."""
    connection = sqlite3.connect(server.place.data / "markewijzer.sqlite")
    (helped,) = connection.execute("SELECT helped FROM ratings WHERE turn = ?", (turn.replace("-", ""),)).fetchone()
    connection.close()
    return bool(helped)
