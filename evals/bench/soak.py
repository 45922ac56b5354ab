"""A long steady load: whether memory grows, answers slow down or anything fails when nobody restarts it for a while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evals.bench.children import BenchFailed, call
from evals.bench.loads import Crowd, Level
from evals.bench.memory import peak_mb, resident_mb
from evals.bench.serving import running_server
from evals.bench.workplace import copy_live

BEGIN, END = "<!-- soak: begin -->", "<!-- soak: end -->"
VISITORS = 40
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of it: questions answered a second, milliseconds, what failed, and megabytes at its end."""

    per_second: float
    p50: float
    p95: float
    failed: int
    resident_mb: float


def soak(
    data: Path, peers: Path, folder: Path, *, minutes: int, pace: float, tell: Callable[[str], None]
) -> tuple[list[Minute], float]:
    """`pace` new questions a second for so many minutes to one server; and the most megabytes that it held.

    Every minute is told as it ends. Raises `BenchFailed`.
    """
    own = copy_live(data, folder / "data")
    (folder / "passages").mkdir()
    texts = call("evals.bench.material", {"data": str(own), "folder": str(folder / "passages")}, limit=900)["questions"]
    with running_server(own) as server:
        done: list[Minute] = []
        crowd = Crowd(peers, texts, MINUTE)
        while len(done) < minutes:
            load = crowd.visit(server, Level("new", VISITORS, pace))
            times, memory = load.times, resident_mb(server.process)
            done.append(Minute(load.per_second, times.p50, times.p95, load.failed, memory))
            tell(f"{len(done):3} | {_cells(done[-1])}")
        return done, peak_mb(server.process)


def growth_mb(minutes: Sequence[Minute]) -> float:
    """By how much the second half of the time needs more memory than the first, in megabytes (medians)."""
    half = len(minutes) // 2
    if not half:
        raise BenchFailed("a soak takes at least two minutes")
    return median(m.resident_mb for m in minutes[half:]) - median(m.resident_mb for m in minutes[:half])


def write_soak(page: Path, minutes: Sequence[Minute], peak: float, pace: float) -> None:
    """Puts the figures between the marks of the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    shown = sorted({quarter * (len(minutes) - 1) // 4 for quarter in range(5)})
    failed, more = sum(minute.failed for minute in minutes), growth_mb(minutes)
    lines = [
        f"{len(minutes)} minutes at {pace:g} new questions a second from {VISITORS} visitors, to one server:",
        f"{failed} failed, {more:+.0f} MB in the second half, {peak:.0f} MB at most.",
        "",
        "| minute | answered a second | p50 ms | p95 ms | failed | MB |",
        "|---|---|---|---|---|---|",
        *(f"| {n + 1} | {_cells(minutes[n])} |" for n in shown),
    ]
    page.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", encoding="utf-8")


def _cells(minute: Minute) -> str:
    times = f"{minute.p50:.0f} | {minute.p95:.0f}"
    return f"{minute.per_second:.1f} | {times} | {minute.failed} | {minute.resident_mb:.0f}"
