"""The plots of the benchmark, as SVG files that the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure as Canvas

from evals.bench.figures import OURS, OWN, Bench, Comparison, Growth, Serving
from evals.plots import BLUE, GREY, ORANGE

MARKERS = "osD^vP"


def draw(bench: Bench, folder: Path) -> list[Path]:
    """A picture of every part that was measured: `benchmark-*.svg`."""
    drawn: dict[str, Canvas] = {}
    if bench.comparison:
        drawn["systems"] = draw_systems(bench.comparison)
    if bench.serving:
        drawn["visitors"] = draw_visitors(bench.serving)
    if bench.growth:
        drawn["growth"] = draw_growth(bench.growth)
    paths = {name: folder / f"benchmark-{name}.svg" for name in drawn}
    # The salt and the missing date make two pictures of the same figures the same, byte for byte.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "markewijzer"}):
        for name, canvas in drawn.items():
            canvas.savefig(paths[name], format="svg", metadata={"Date": None})
    return list(paths.values())


def draw_systems(comparison: Comparison) -> Canvas:
    """Each system by its 95th percentile and its nDCG@10: the best corner is at the top left."""
    canvas = Canvas(figsize=(8, 4.6), layout="constrained")
    axes = canvas.subplots()
    names = list(dict.fromkeys(system.name for system in comparison.systems))
    for system in comparison.systems:
        if system.ndcg_at_10 is None:
            continue
        score = system.ndcg_at_10
        colour = ORANGE if system.is_ours else BLUE
        axes.errorbar(
            system.whole.p95,
            score.value,
            yerr=[[max(0.0, score.value - score.low)], [max(0.0, score.high - score.value)]],
            fmt=MARKERS[names.index(system.name) % len(MARKERS)],
            color=colour,
            ecolor=GREY,
            elinewidth=0.8,
            markerfacecolor=colour if system.encoder == OWN else "white",
            label=f"{system.name} ({system.encoder or 'no encoder'})",
        )
    axes.set(xscale="log", xlabel="95th percentile of a question, milliseconds", ylabel="nDCG@10 (line: 95 % interval)")
    axes.grid(alpha=0.3, which="both")
    canvas.legend(loc="outside right upper", frameon=False, fontsize=8)
    return canvas


def draw_visitors(serving: Serving) -> Canvas:
    """How many questions a second are answered, and how long one takes, by the number of visitors who never wait."""
    canvas = Canvas(figsize=(8, 3.4), layout="constrained")
    left, right = canvas.subplots(1, 2)
    for mix, colour in (("new", BLUE), ("repeated", ORANGE)):
        loads = [load for load in serving.loads if load.mix == mix and load.pace is None]
        visitors = [load.visitors for load in loads]
        left.plot(visitors, [load.per_second for load in loads], "o-", color=colour, label=f"{mix} questions")
        right.plot(visitors, [load.times.p95 for load in loads], "o-", color=colour)
        right.plot(visitors, [load.times.p50 for load in loads], "o--", color=colour, alpha=0.5)
    left.set(xscale="log", xlabel="visitors at once", ylabel="questions a second", ylim=(0, None))
    right.set(xscale="log", yscale="log", xlabel="visitors at once", ylabel="milliseconds (dashed: median, line: p95)")
    for axes in (left, right):
        axes.set_xticks([1, 8, 32, 128], ["1", "8", "32", "128"])
        axes.grid(alpha=0.3)
    left.legend(frameon=False)
    return canvas


def draw_growth(growth: Growth) -> Canvas:
    """The median of our whole answer, and of the search alone, by the number of sources."""
    canvas = Canvas(figsize=(8, 3.8), layout="constrained")
    axes = canvas.subplots()
    sizes = growth.sizes
    axes.plot([g.sources for g in sizes], [g.ours.whole.p50 for g in sizes], "o-", color=ORANGE, label=f"{OURS}, whole")
    without = {g.sources: g.ours.whole.p50 - (g.ours.encode.p50 if g.ours.encode else 0.0) for g in sizes}
    _line(axes.plot, without, "o--", ORANGE, f"{OURS}, whole less one encoding")
    for number, name in enumerate(dict.fromkeys(peer.name for grown in sizes for peer in grown.peers)):
        found = {g.sources: p.search.p50 for g in sizes for p in g.peers if p.name == name and p.search}
        _line(axes.plot, found, f"{MARKERS[number + 1]}-", BLUE, f"{name}, search alone", alpha=1 - 0.2 * number)
    axes.set(xscale="log", yscale="log", xlabel="sources", ylabel="milliseconds (median)")
    axes.set_xticks([g.sources for g in sizes], [f"{g.sources:,}".replace(",", " ") for g in sizes])
    axes.xaxis.minorticks_off()
    axes.grid(alpha=0.3, which="both")
    canvas.legend(loc="outside right upper", frameon=False, fontsize=8)
    return canvas


def _line(
    plot: Callable[..., object], points: Mapping[int, float], look: str, colour: str, label: str, alpha: float = 1.0
) -> None:
    plot(list(points), list(points.values()), look, color=colour, label=label, alpha=alpha)
