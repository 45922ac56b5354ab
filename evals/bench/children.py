"""Runs one measurement in a process of its own, so that memory, threads and caches of one never touch another."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.errors import MarkewijzerError

ROOT = Path(__file__).parent.parent.parent
PYTHON = Path(sys.executable)


class BenchFailed(MarkewijzerError):
    """A measurement that gave nothing; says which, and the last line that it wrote."""


def call(module: str, job: Mapping[str, Any], *, limit: float, python: Path = PYTHON) -> dict[str, Any]:
    """What `python -m module` makes of a job within `limit` seconds. Raises `BenchFailed`.

    The job gets `started`, the moment at which the process was asked for.
    """
    with TemporaryDirectory(prefix="markewijzer-bench-") as folder:
        asked, told = Path(folder) / "job.json", Path(folder) / "result.json"
        asked.write_text(json.dumps({**job, "started": time.time()}), encoding="utf-8")
        run_quietly([python, "-m", module, asked, told], name=module, limit=limit)
        result: dict[str, Any] = json.loads(told.read_text("utf-8"))
        return result


def run_quietly(command: list[Path | str], *, name: str, limit: float) -> None:
    """Runs a command from the root of the repository. Raises `BenchFailed` when it fails or takes too long."""
    try:
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired as exc:
        raise BenchFailed(f"{name}: not done after {limit:.0f} s") from exc
    if done.returncode:
        last = (done.stderr.strip().splitlines() or done.stdout.strip().splitlines() or ["no message"])[-1]
        raise BenchFailed(f"{name}: ended in {done.returncode}: {last[:300]}")


def serve(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The other side of `call`: reads the job, does it, and writes the result."""
    asked, told = map(Path, sys.argv[1:3])
    result = work(json.loads(asked.read_text("utf-8")))
    told.write_text(json.dumps(result), encoding="utf-8")
