"""What was aimed for, held against what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from evals.bench.figures import OWN, PLAIN, Bench, Comparison, Serving, System
from evals.results import Value

PER_SECOND, SOON_MS, COLD_SECONDS, MEMORY_MB = 100.0, 250.0, 3.0, 700.0
KEPT_UP = 0.98
"""The share of the asked pace from which visitors count as kept up with."""


class Aim(Value):
    """One aim: what was measured in words, and whether it holds."""

    aim: str
    measured: str
    holds: bool


def aims(bench: Bench) -> list[Aim]:
    """Every aim that the measured parts say something about."""
    found: list[Aim] = []
    if bench.comparison:
        found += _comparison(bench.comparison)
    if bench.serving:
        found += _serving(bench.serving)
    return found


def fastest(comparison: Comparison, encoder: str) -> System | None:
    """The peer with the lowest 95th percentile among those with this encoder."""
    peers = [s for s in comparison.systems if not s.is_ours and s.encoder == encoder]
    return min(peers, key=lambda system: system.whole.p95, default=None)


def ours(comparison: Comparison, encoder: str) -> System | None:
    """Our whole answer with this encoder."""
    return next((s for s in comparison.systems if s.is_ours and s.encoder == encoder), None)


def _comparison(comparison: Comparison) -> Iterator[Aim]:
    pairs = (
        (OWN, PLAIN, "whole answer against the fastest peer as its users run it"),
        (OWN, OWN, "the same, both with our engine"),
        (PLAIN, PLAIN, "the same, both with sentence-transformers"),
    )
    for mine, theirs, title in pairs:
        system, peer = ours(comparison, mine), fastest(comparison, theirs)
        if system and peer:
            ratio = system.whole.p95 / peer.whole.p95
            words = f"{ratio:.2f} × {peer.name} ({system.whole.p95:.0f} and {peer.whole.p95:.0f} ms)"
            yield Aim(aim=f"p95 below 1 ×: {title}", measured=words, holds=ratio < 1)
    for gain in comparison.gains:
        d = gain.difference
        name = {"ndcg_at_10": "nDCG@10", "recall_at_5": "recall@5"}[gain.measure]
        words = f"{d.value:+.3f} ({d.low:+.3f} to {d.high:+.3f}) over {gain.peer}"
        yield Aim(aim=f"{name} above the best peer, {d.cases} questions", measured=words, holds=d.low > 0)


def _serving(serving: Serving) -> Iterator[Aim]:
    for load in serving.loads:
        if load.pace is None:
            continue
        words = f"{load.per_second:.0f} a second, p95 {load.times.p95:.0f} ms, {load.failed} failed"
        kept_up = load.per_second >= KEPT_UP * PER_SECOND and load.times.p95 < SOON_MS and not load.failed
        yield Aim(
            aim=f"{PER_SECOND:.0f} questions a second, p95 under {SOON_MS:.0f} ms, {load.mix} questions",
            measured=words,
            holds=kept_up,
        )
    for line in serving.failed:
        yield Aim(aim="every level is answered", measured=line, holds=False)
    cold = median(serving.cold_seconds)
    words = f"{cold:.2f} s (median of {len(serving.cold_seconds)}; {min(serving.cold_seconds):.2f} at best)"
    yield Aim(
        aim=f"first answer within {COLD_SECONDS:.0f} s of a cold start", measured=words, holds=cold < COLD_SECONDS
    )
    words = f"{serving.ready_mb:.0f} MB when ready, {serving.peak_mb:.0f} MB at most"
    yield Aim(aim=f"under {MEMORY_MB:.0f} MB resident", measured=words, holds=serving.peak_mb < MEMORY_MB)
