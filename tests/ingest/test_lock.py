"""One refresh at a time, over processes; who is refused is told by whom, and a dead holder holds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import IndexInUse
from ingest.lock import RefreshLock, is_refreshing
from tests.conftest import REPOSITORY

HOLDS = """
import sys
from pathlib import Path
from ingest.lock import RefreshLock
lock = RefreshLock.claim(Path(sys.argv[1])) if len(sys.argv) == 2 else RefreshLock.received(int(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(*arguments: str, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[str]:
    """Another process, which has the lock when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, *arguments],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=pass_fds,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_claim_is_refused_and_names_the_first(tmp_path: Path) -> None:
    lock = RefreshLock.claim(tmp_path)

    with pytest.raises(IndexInUse, match=f"process {os.getpid()} "):
        RefreshLock.claim(tmp_path)

    lock.release()
    RefreshLock.claim(tmp_path).release()


def test_whether_somebody_refreshes_can_be_asked_without_a_claim(tmp_path: Path) -> None:
    assert not is_refreshing(tmp_path)
    lock = RefreshLock.claim(tmp_path)
    assert is_refreshing(tmp_path)
    lock.release()
    assert not is_refreshing(tmp_path)


def test_a_holder_that_is_killed_frees_the_lock(tmp_path: Path) -> None:
    other = holder(str(tmp_path))
    with pytest.raises(IndexInUse, match=f"process {other.pid} "):
        RefreshLock.claim(tmp_path)

    other.kill()
    other.communicate()

    RefreshLock.claim(tmp_path).release()


def test_a_lock_that_was_handed_over_outlives_its_first_holder(tmp_path: Path) -> None:
    lock = RefreshLock.claim(tmp_path)
    child = holder(str(tmp_path), str(lock.descriptor), pass_fds=(lock.descriptor,))

    lock.release()

    with pytest.raises(IndexInUse, match=f"process {child.pid} "):
        RefreshLock.claim(tmp_path)
    child.communicate()
    assert not is_refreshing(tmp_path)
