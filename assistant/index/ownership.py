"""One process owns an embedded index; a second one is told which process that is."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path
from typing import IO

from assistant.errors import IndexInUse


class Ownership:
    """A lock file that the system frees when its owner dies. Within one process it may be claimed again."""

    def __init__(self, path: Path, what: str = "the index is in use") -> None:
        self._what = what
        self._path = path
        self._file: IO[str] | None = None

    def claim(self) -> None:
        """Raises `IndexInUse` with the process id and command of the owner."""
        if self._file is not None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            file.seek(0)
            owner = file.read().strip() or "another process"
            file.close()
            raise IndexInUse(
                f"{self._path.parent}: {self._what} by {owner}; wait or stop it, or set QDRANT_URL to share one"
            ) from exc
        file.truncate(0)
        file.write(f"process {os.getpid()} ({describe_command()})")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Frees the lock; without a claim nothing happens."""
        if self._file is not None:
            self._file.close()
            self._file = None


def describe_command() -> str:
    """How this process was started, in a form that its owner recognises."""
    script = Path(sys.argv[0])
    name = f"python -m {script.parent.name}" if script.name == "__main__.py" else script.name
    return " ".join([name, *sys.argv[1:3]]) if name.startswith("python") else name
