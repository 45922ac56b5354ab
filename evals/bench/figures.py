"""What the benchmark measured, as plain values: the table, the plots and the next run are made from these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.intervals import Estimate
from evals.results import Value

OURS = "Markewijzer"
PLAIN = "sentence-transformers"
"""The encoder as most people run it: 32-bit floats in torch."""
OWN = "our engine"
"""The encoder as Markewijzer runs it."""


class Times(Value):
    """How long something took, in milliseconds, over `count` times."""

    p50: float
    p95: float
    p99: float
    count: int


class Score(Value):
    """A mean over `cases`, and the interval that holds 95 % of its resamples."""

    value: float
    low: float
    high: float
    cases: int


class Machine(Value):
    """Where it ran. `load` is the one-minute load average before the part began: above 0.5 others were at work."""

    processor: str
    cores: int
    memory_gb: float
    python: str
    load: float


class Part(Value):
    """A part of the benchmark can be run alone, so each remembers when and where it was."""

    created: str
    machine: Machine
    seconds: float


class Step(Value):
    """One step of our pipeline."""

    name: str
    times: Times


class System(Value):
    """One way to get from a question to sources, in a process of its own.

    `whole` is our whole answer (`steps` says of what), or a peer's bare retrieval: `encode` and `search` together.
    `ready_seconds` is from the start of the process to its first result; `memory_mb` is resident, at the end.
    """

    name: str
    version: str
    encoder: str | None
    passages: int
    whole: Times
    encode: Times | None = None
    search: Times | None = None
    steps: tuple[Step, ...] = ()
    ndcg_at_10: Score | None = None
    recall_at_5: Score | None = None
    ready_seconds: float = 0.0
    memory_mb: float = 0.0

    @property
    def is_ours(self) -> bool:
        """Whether this is the whole answer."""
        return self.name == OURS


class Gain(Value):
    """How much higher our score is than that of the best peer with it, case by case."""

    measure: str
    peer: str
    difference: Score


class Comparison(Part):
    """Ours and the peers on the same questions. `question_set` is the golden set that they were taken from."""

    question_set: str
    systems: tuple[System, ...]
    gains: tuple[Gain, ...]
    failed: tuple[str, ...] = ()
    """Peers that gave nothing, and why."""


class Load(Value):
    """Visitors at once over HTTP. With a `pace` (questions a second, all together) they wait in between, else never.

    In the mix `new` no text is asked twice; in `repeated` a few hundred questions return, the first ones the most.
    `generator_share` is the part of one core that the visitors themselves took away from the server.
    """

    mix: str
    visitors: int
    pace: float | None
    per_second: float
    times: Times
    failed: int
    generator_share: float


class Serving(Part):
    """The web server. `cold_seconds` is from the start of the process to the first answer, once for each start."""

    encoder: str
    cold_seconds: tuple[float, ...]
    ready_mb: float
    peak_mb: float
    loads: tuple[Load, ...]
    failed: tuple[str, ...] = ()
    """Levels at which nobody was answered in time."""


class Grown(Value):
    """What more sources cost: our whole answer, and a peer's search apart from its encoder."""

    sources: int
    points: int
    ours: System
    peers: tuple[System, ...]


class Growth(Part):
    """From the real corpus to many times its size."""

    sizes: tuple[Grown, ...]


class Refreshed(Value):
    """One refresh: `kind` says of what. `processor` counts seconds of one core; the encoder is not in it."""

    sources: int
    kind: str
    changed: int
    seconds: float
    processor: float
    peak_mb: float


class Refreshing(Part):
    """Refreshes, and how many texts of the corpus the encoder takes in a second."""

    encoder: str
    texts_per_second: float
    runs: tuple[Refreshed, ...]


class Bench(Value):
    """Everything, each part from the last time that it ran."""

    comparison: Comparison | None = None
    serving: Serving | None = None
    growth: Growth | None = None
    refreshing: Refreshing | None = None


def times_of(milliseconds: Sequence[float]) -> Times:
    """The percentiles of at least one time."""
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99])
    return Times(p50=round(float(p50), 2), p95=round(float(p95), 2), p99=round(float(p99), 2), count=len(milliseconds))


def score_of(estimate: Estimate | None) -> Score | None:
    """The same figure as a value that can be written down."""
    if estimate is None:
        return None
    return Score(value=estimate.value, low=estimate.low, high=estimate.high, cases=estimate.cases)


def read_bench(path: Path) -> Bench:
    """What was measured before; nothing when there is no file."""
    return Bench.model_validate_json(path.read_text("utf-8")) if path.exists() else Bench()


def write_bench(bench: Bench, path: Path) -> None:
    """Keeps it for the next run."""
    path.write_text(bench.model_dump_json(indent=1) + "\n", encoding="utf-8")
