"""The pictures of the report, as SVG that stands inside the page."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

import matplotlib
import numpy as np
from matplotlib.figure import Figure as Canvas

from evals.curves import WHOLE
from evals.results import GROUPS, Figure, SetResults

BLUE, ORANGE, GREY = "#1f5a8a", "#b8561b", "#777777"


def draw_groups(results: SetResults) -> str:
    """A bar with its interval for each group: the outcome is acceptable, and a right source is cited."""
    names = list(results.groups)
    canvas = Canvas(figsize=(8, 0.42 * len(names) + 1.2), layout="constrained")
    axes = canvas.subplots()
    looks = (("outcome_right", BLUE, "outcome acceptable", -0.2), ("source_cited", ORANGE, "right source cited", 0.2))
    for name, colour, label, shift in looks:
        shown = [(row, f) for row, g in enumerate(names) for f in results.groups[g] if f.name == name]
        rows, values = [row + shift for row, _ in shown], [100 * f.value for _, f in shown]
        errors = _error_bars([f for _, f in shown])
        axes.barh(rows, values, 0.36, color=colour, label=label, xerr=errors, ecolor=GREY)
    axes.set(yticks=range(len(names)), yticklabels=names, xlim=(0, 100), xlabel="% (line: 95 % interval)")
    axes.invert_yaxis()
    canvas.legend(loc="outside upper center", ncols=2, frameon=False)
    return _svg(canvas)


def draw_confusion(results: SetResults) -> str:
    """Expected outcomes in rows, given ones in columns; a row is shaded by its shares."""
    counts = np.array(results.confusion, dtype=float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    canvas = Canvas(figsize=(7, 5.2), layout="constrained")
    axes = canvas.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            colour = "white" if shares[row, column] > 0.5 else "black"
            axes.text(column, row, f"{count:.0f}", ha="center", va="center", color=colour)
    axes.set(
        xticks=range(len(GROUPS)), yticks=range(len(GROUPS)), yticklabels=GROUPS, xlabel="given", ylabel="expected"
    )
    axes.set_xticklabels(GROUPS, rotation=40, ha="right")
    return _svg(canvas)


def draw_latency(results: SetResults) -> str:
    """The median of each step and of the whole, with a line to the 95th percentile."""
    rows = results.latency
    canvas = Canvas(figsize=(8, 0.32 * len(rows) + 1), layout="constrained")
    axes = canvas.subplots()
    colours = [ORANGE if row.step == WHOLE else BLUE for row in rows]
    tails = [[0.0] * len(rows), [row.p95 - row.p50 for row in rows]]
    axes.barh([row.step for row in rows], [row.p50 for row in rows], xerr=tails, color=colours, ecolor=GREY)
    axes.set(xlabel="milliseconds (bar: median, line: to the 95th percentile)", xlim=(0, None))
    axes.invert_yaxis()
    return _svg(canvas)


def draw_reliability(results: SetResults) -> str:
    """The calibrated probability against the share whose answer was found; on the line it says what it means."""
    canvas = Canvas(figsize=(6, 3.6), layout="constrained")
    axes = canvas.subplots()
    axes.plot([0, 100], [0, 100], "--", color=GREY)
    chances, found = ([100 * v for v in values] for values in _columns(results))
    axes.plot(chances, found, "o-", color=BLUE)
    axes.set(
        xlabel="calibrated probability (mean of the bin, %)",
        ylabel="% with a right source on top",
        xlim=(-2, 102),
        ylim=(-2, 102),
    )
    axes.grid(alpha=0.3)
    return _svg(canvas)


def _columns(results: SetResults) -> tuple[list[float], list[float]]:
    return [b.score for b in results.reliability], [b.found for b in results.reliability]


def _error_bars(figures: Sequence[Figure]) -> list[list[float]]:
    """How far the interval reaches to the left and to the right of each figure."""
    left = [max(0.0, 100 * (f.value - f.low)) for f in figures]
    right = [max(0.0, 100 * (f.high - f.value)) for f in figures]
    return [left, right]


def _svg(canvas: Canvas) -> str:
    out = StringIO()
    # The salt and the missing date make two pictures of the same figures the same, byte for byte.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "markewijzer"}):
        canvas.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    return text[text.index("<svg") :]
