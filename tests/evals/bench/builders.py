"""Figures of a benchmark that fill in what a test is not about."""

from __future__ import annotations

from typing import Any

from evals.bench.figures import (
    OURS,
    OWN,
    Bench,
    Comparison,
    Gain,
    Grown,
    Growth,
    Load,
    Machine,
    Refreshed,
    Refreshing,
    Score,
    Serving,
    Step,
    System,
    Times,
)

STAMP: dict[str, Any] = {
    "created": "2026-11-23T12:00:00+00:00",
    "machine": Machine(processor="AMD EPYC", cores=2, memory_gb=24.0, python="3.11.7", load=0.1),
    "seconds": 60.0,
}


def some_times(p95: float = 20.0) -> Times:
    """Percentiles around one of them."""
    return Times(p50=p95 / 2, p95=p95, p99=p95 * 2, count=100)


def a_score(value: float = 0.8, *, low: float = 0.7, high: float = 0.9) -> Score:
    """A score over a hundred questions."""
    return Score(value=value, low=low, high=high, cases=100)


def a_system(name: str = OURS, encoder: str | None = OWN, *, p95: float = 20.0) -> System:
    """A system with all its figures."""
    return System(
        name=name,
        version="1.2",
        encoder=encoder,
        passages=3000,
        whole=some_times(p95),
        encode=some_times(10.0) if encoder else None,
        search=some_times(5.0),
        steps=(Step(name="FindPassages", times=some_times(15.0)),) if name == OURS else (),
        ndcg_at_10=a_score(),
        recall_at_5=a_score(),
    )


def a_comparison(*systems: System, gain: Score | None = None, failed: tuple[str, ...] = ()) -> Comparison:
    """Systems on the same questions; ours is among them."""
    gains = (Gain(measure="ndcg_at_10", peer="Chroma", difference=gain),) if gain else ()
    return Comparison(**STAMP, question_set="report", systems=systems or (a_system(),), gains=gains, failed=failed)


def a_load(visitors: int = 8, *, mix: str = "new", pace: float | None = None, **figures: Any) -> Load:
    """One level."""
    known: dict[str, Any] = {"per_second": 100.0, "times": some_times(), "failed": 0, "generator_share": 0.2}
    return Load(mix=mix, visitors=visitors, pace=pace, **{**known, **figures})


def a_serving(*loads: Load, cold: tuple[float, ...] = (2.0, 2.5, 9.0), peak: float = 600.0) -> Serving:
    """A server that was visited."""
    levels = loads or (a_load(1), a_load(8))
    return Serving(**STAMP, encoder="bundled", cold_seconds=cold, ready_mb=300.0, peak_mb=peak, loads=levels)


def a_growth() -> Growth:
    """Two sizes, with one peer that was only measured on the first."""
    small = Grown(sources=600, points=7000, ours=a_system(), peers=(a_system("Chroma"),))
    return Growth(**STAMP, sizes=(small, Grown(sources=5000, points=45000, ours=a_system(p95=40.0), peers=())))


def a_refreshing() -> Refreshing:
    """One refresh of one in a hundred."""
    run = Refreshed(sources=5000, kind="1% changed", changed=50, seconds=6.0, processor=5.0, peak_mb=700.0)
    return Refreshing(**STAMP, encoder="bundled", texts_per_second=40.0, runs=(run,))


def a_bench() -> Bench:
    """Every part."""
    return Bench(comparison=a_comparison(), serving=a_serving(), growth=a_growth(), refreshing=a_refreshing())
