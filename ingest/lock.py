"""Never two refreshes at once: one lock in the data folder, which the system frees when its holder dies.

Desk, schedule and command line all take this lock, so the command line works beside a running server. It can be handed
to a child process, so that nobody gets in between.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from assistant.errors import IndexInUse
from assistant.index.ownership import describe_command

NAME = "refresh.lock"
TRIES = 10
PAUSE = 0.03
"""Seconds between tries: whoever only looks whether a refresh is running holds the lock for less."""


class RefreshLock:
    """The right to refresh. Taken by `claim`, or received from a parent process as a file descriptor."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    @classmethod
    def claim(cls, data_dir: Path) -> RefreshLock:
        """Raises `IndexInUse` with the process id and command of whoever is refreshing."""
        data_dir.mkdir(parents=True, exist_ok=True)
        file = (data_dir / NAME).open("a+", encoding="utf-8")
        if not _lock(file, fcntl.LOCK_EX, TRIES):
            file.seek(0)
            owner = file.read().strip() or "another process"
            file.close()
            raise IndexInUse(f"{data_dir}: a refresh is already being done by {owner}; wait until it is done")
        lock = cls(file)
        lock.sign()
        return lock

    @classmethod
    def received(cls, descriptor: int) -> RefreshLock:
        """The lock that the parent process handed over."""
        lock = cls(os.fdopen(descriptor, "a+", encoding="utf-8"))
        # Not for the children of this process: one that outlives it would keep the lock.
        os.set_inheritable(descriptor, False)
        lock.sign()
        return lock

    def sign(self) -> None:
        """Writes who holds it, for whoever is refused."""
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()} ({describe_command()})")
        self._file.flush()

    @property
    def descriptor(self) -> int:
        """What to hand to a child process."""
        return self._file.fileno()

    def release(self) -> None:
        """Frees the lock, unless a child process has it too: then that one still holds it."""
        self._file.close()


def is_refreshing(data_dir: Path) -> bool:
    """Whether some process holds the lock now."""
    try:
        file = (data_dir / NAME).open("r", encoding="utf-8")
    except FileNotFoundError:
        return False
    with file:
        return not _lock(file, fcntl.LOCK_SH, 1)


def _lock(file: IO[str], kind: int, tries: int) -> bool:
    for n in range(tries):
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except OSError:
            time.sleep(PAUSE if n + 1 < tries else 0)
        else:
            return True
    return False
