"""Lets visitors loose on a server, one level after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.bench.children import BenchFailed, run_quietly
from evals.bench.figures import Load, times_of
from evals.bench.questions import new_questions, repeated_questions
from evals.bench.serving import Server

AT_MOST = 400
"""Questions a second that are laid ready: more than two cores will answer."""

VISITORS = Path(__file__).parent / "visitors.py"


@dataclass(frozen=True, slots=True)
class Level:
    """So many visitors at once, in one of the mixes; with a pace they ask that many questions a second together."""

    mix: str
    visitors: int
    pace: float | None = None


LEVELS = tuple(
    Level(mix, visitors, pace)
    for mix in ("new", "repeated")
    for visitors, pace in ((1, None), (8, None), (32, None), (128, None), (100, 100.0))
)


class Crowd:
    """Visitors with a supply of questions: no level of the mix `new` asks what another one asked."""

    def __init__(self, python: Path, texts: Sequence[str], seconds: int) -> None:
        self._python, self._seconds = python, seconds
        self._supply: dict[str, Iterator[dict[str, Any]]] = {
            "new": new_questions(texts),
            "repeated": repeated_questions(texts),
        }

    def visit(self, server: Server, level: Level) -> Load:
        """One level, for `seconds`. Raises `BenchFailed`."""
        rate = level.pace or min(AT_MOST, 40 * level.visitors)
        bodies = list(islice(self._supply[level.mix], int(rate * 1.2 * self._seconds) + level.visitors))
        result = self._run(server, level, bodies)
        if not result["milliseconds"]:
            raise BenchFailed(f"{level.visitors} visitors, {level.mix} questions: none was answered in time")
        return Load(
            mix=level.mix,
            visitors=level.visitors,
            pace=level.pace,
            per_second=round(len(result["milliseconds"]) / result["seconds"], 1),
            times=times_of(result["milliseconds"]),
            failed=result["failed"],
            generator_share=round(result["generator_share"], 2),
        )

    def _run(self, server: Server, level: Level, bodies: Sequence[dict[str, Any]]) -> dict[str, Any]:
        with TemporaryDirectory(prefix="markewijzer-bench-") as folder:
            asked, told = Path(folder) / "bodies.json", Path(folder) / "told.json"
            asked.write_text(json.dumps(bodies), encoding="utf-8")
            users = ["-u", str(level.visitors), "-r", str(level.visitors), "-t", f"{self._seconds}s"]
            quiet = ["--headless", "--only-summary", "--exit-code-on-error", "0", "--host", server.address]
            files = ["--bodies", str(asked), "--told", str(told), "--pace", str(level.pace or 0)]
            locust = [str(self._python), "-m", "locust", "-f", str(VISITORS)]
            command: list[Path | str] = [*locust, *users, *quiet, *files]
            run_quietly(command, name="locust", limit=self._seconds + 120)
            result: dict[str, Any] = json.loads(told.read_text("utf-8"))
            return result
