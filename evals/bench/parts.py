"""The four parts of the benchmark: what is measured, in which order, and how long each may take."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.bench.children import BenchFailed, call
from evals.bench.figures import Comparison, Grown, Growth, Load, Machine, Refreshed, Refreshing, Serving
from evals.bench.growth import Garden
from evals.bench.loads import LEVELS, Crowd
from evals.bench.machine import this_machine
from evals.bench.memory import peak_mb, resident_mb
from evals.bench.questions import golden_questions
from evals.bench.serving import running_server
from evals.bench.systems import Rival, measure_systems
from evals.bench.workplace import copy_live
from evals.cases import CaseSet

Tell = Callable[[str], None]
"""Says what is going on, for whoever waits."""

GROWTH_QUESTIONS = 200
"""Enough for a 99th percentile; a large corpus takes its time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run measures. `questions` and `seconds` bound it: fewer make a rehearsal, not a figure."""

    corpus: Path
    data: Path
    peers: Path
    """Python of the peers."""
    plain: Path
    """The encoder as a folder for sentence-transformers."""
    which: CaseSet = CaseSet.REPORT
    questions: int | None = None
    seconds: int = 12
    starts: int = 5
    sizes: tuple[int, ...] = (5_000,)
    tell: Tell = print


class Session:
    """One run, in a folder of its own. What several parts need, such as the passages of the corpus, is made once."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self._folder = folder
        self._material: dict[str, Any] | None = None
        self._garden = Garden(plan.corpus, self._folder / "garden", self.data, plan.tell)

    @property
    def data(self) -> Path:
        """A data folder with a copy of the live generation."""
        folder = self._folder / "data"
        return folder if folder.exists() else copy_live(self.plan.data, folder)

    @property
    def material(self) -> Mapping[str, Any]:
        """What `evals.bench.material` took from that generation; its files lie in the folder `passages`."""
        if self._material is None:
            (self._folder / "passages").mkdir(exist_ok=True)
            job = {"data": str(self.data), "folder": str(self._folder / "passages")}
            self._material = call("evals.bench.material", job, limit=900)
        return self._material

    def compare(self) -> Comparison:
        """Ours and the peers, on the same questions."""
        plan = self.plan
        asked = golden_questions(plan.which, plan.questions)
        began = time.monotonic()
        machine = this_machine()
        rival = Rival(plan.peers, plan.plain, self._folder / "passages", self.data, self.material["passages"])
        systems, gains, failed = measure_systems(rival, asked, plan.tell)
        return Comparison(
            **_stamp(began, machine), question_set=plan.which.value, systems=systems, gains=gains, failed=failed
        )

    def serve(self) -> Serving:
        """The web server: cold starts, and then visitors on one server that stays up."""
        plan = self.plan
        cold: list[float] = []
        loads: list[Load] = []
        failed: list[str] = []
        began, machine = time.monotonic(), this_machine()
        crowd = Crowd(plan.peers, self.material["questions"], plan.seconds)
        for number in range(1, plan.starts + 1):
            plan.tell(f"cold start {number} of {plan.starts}")
            with running_server(self.data) as server:
                cold.append(server.cold_seconds)
        with running_server(self.data) as server:
            ready = resident_mb(server.process)
            for level in LEVELS:
                plan.tell(f"{level.visitors} visitors, {level.mix} questions")
                try:
                    loads.append(crowd.visit(server, level))
                except BenchFailed as exc:
                    failed.append(str(exc))
            peak = peak_mb(server.process)
        return Serving(
            **_stamp(began, machine),
            encoder=self.material["engine"],
            cold_seconds=tuple(cold),
            ready_mb=ready,
            peak_mb=peak,
            loads=tuple(loads),
            failed=tuple(failed),
        )

    def grow(self, *, asking: bool, refreshing: bool) -> tuple[Growth | None, Refreshing | None]:
        """The same questions on more and more sources, and refreshes at every size. One garden serves both parts."""
        began, machine = time.monotonic(), this_machine()
        asked = golden_questions(self.plan.which, self.plan.questions or GROWTH_QUESTIONS)
        sizes: list[Grown] = []
        runs: list[Refreshed] = []
        for size in (0, *sorted(self.plan.sizes)):
            self._garden.build(size)
            if asking:
                sizes.append(self._garden.measure(size, asked, self.plan.peers))
            if refreshing and size:
                runs += self._garden.refreshes(size)
        growth = Growth(**_stamp(began, machine), sizes=tuple(sizes)) if asking else None
        if not refreshing:
            return growth, None
        pace = self._pace()
        texts = round(pace["texts_per_second"], 1)
        stamp = _stamp(began, machine)
        return growth, Refreshing(**stamp, encoder=pace["engine"], texts_per_second=texts, runs=tuple(runs))

    def _pace(self) -> dict[str, Any]:
        self.plan.tell("the encoder on texts of the corpus")
        job = {"data": str(self.data), "texts": self.material["texts"]}
        return call("evals.bench.embedding_texts", job, limit=300)


def _stamp(began: float, machine: Machine) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"created": now, "machine": machine, "seconds": round(time.monotonic() - began)}
