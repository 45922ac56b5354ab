"""Writes the tables of `docs/benchmark.md`, between two marks; what stands around them is written by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evals.bench.aims import aims
from evals.bench.children import BenchFailed
from evals.bench.figures import OURS, Bench, Comparison, Growth, Load, Part, Refreshing, Score, Serving, System, Times

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
BUSY = 0.5
"""A load average from which other work was in the way."""


def write_page(bench: Bench, page: Path) -> None:
    """Replaces what stands between the marks, or begins a page of its own. Raises `BenchFailed` without marks."""
    text = page.read_text("utf-8") if page.exists() else f"{BEGIN}{END}\n"
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BenchFailed(f"{page}: no lines {BEGIN} and {END}; put them where the tables belong")
    page.write_text(f"{before}{BEGIN}\n\n{as_markdown(bench)}\n\n{END}{after}", encoding="utf-8")


def as_markdown(bench: Bench) -> str:
    """All tables of what was measured."""
    blocks: list[str] = []
    if held := aims(bench):
        blocks += [
            "## Aims",
            _table(("aim", "measured", ""), ((a.aim, a.measured, "✓" if a.holds else "✗") for a in held)),
        ]
    if bench.comparison:
        blocks += _comparison(bench.comparison)
    if bench.serving:
        blocks += _serving(bench.serving)
    if bench.growth:
        blocks += _growth(bench.growth)
    if bench.refreshing:
        blocks += _refreshing(bench.refreshing)
    return "\n\n".join(blocks) or "Nothing was measured yet."


def _comparison(part: Comparison) -> Iterator[str]:
    reference = next(s for s in part.systems if s.is_ours).whole.p95
    yield "## Beside what others would pick"
    yield _circumstances(part)
    yield f"![Speed and quality](benchmark-systems.svg)\n\nThe {part.question_set} set, {_questions(part)} questions."
    head = ("system", "encoder", "p95 to ours", "p50 / p95 / p99 ms", "search alone p95", "nDCG@10", "recall@5")
    yield _table((*head, "ready s", "MB"), (_system_row(s, reference) for s in part.systems))
    if part.failed:
        yield "Not measured: " + "; ".join(part.failed) + "."
    for system in part.systems:
        if system.is_ours and system.encode:
            yield f"### Where our time goes, {system.encoder}"
            rows = [
                ("one encoding of a question, by itself", system.encode),
                *((s.name, s.times) for s in system.steps),
            ]
            yield _steps([*rows, ("whole", system.whole)], unit=system.encode.p50)


def _system_row(system: System, reference: float) -> tuple[object, ...]:
    name = f"**{OURS}, whole answer**" if system.is_ours else f"{system.name} ({system.version}), bare retrieval"
    search = f"{system.search.p95:.1f}" if system.search else "–"
    ratio = f"{system.whole.p95 / reference:.2f}"
    figures = (ratio, _three(system.whole), search, _score(system.ndcg_at_10), _score(system.recall_at_5))
    return (name, system.encoder or "none", *figures, f"{system.ready_seconds:.1f}", f"{system.memory_mb:.0f}")


def _steps(rows: Iterable[tuple[str, Times]], unit: float) -> str:
    """Each in milliseconds, and with one encoding as the unit."""
    head = ("step", "p50 in encodings", "p50 / p95 / p99 ms", "turns")
    return _table(head, ((name, f"{times.p50 / unit:.2f}", _three(times), times.count) for name, times in rows))


def _serving(part: Serving) -> Iterator[str]:
    yield "## Visitors at once"
    yield _circumstances(part)
    yield f"![Visitors](benchmark-visitors.svg)\n\nEncoder: {part.encoder}."
    alone = {load.mix: load.times.p95 for load in part.loads if load.visitors == 1}
    head = (
        "questions",
        "visitors",
        "a second",
        "p95 to one visitor",
        "p50 / p95 / p99 ms",
        "failed",
        "core of the visitors",
    )
    yield _table(head, (_load_row(load, alone.get(load.mix)) for load in part.loads))
    if part.failed:
        yield "Not measured: " + "; ".join(part.failed) + "."
    starts = ", ".join(f"{seconds:.2f}" for seconds in part.cold_seconds)
    memory = f"{part.ready_mb:.0f} MB when ready, at most {part.peak_mb:.0f} MB"
    yield f"Cold starts, from the process to the first answer: {starts} s. Memory: {memory}."


def _load_row(load: Load, alone: float | None) -> tuple[object, ...]:
    visitors = f"{load.visitors}, {load.pace:.0f} questions a second" if load.pace else load.visitors
    ratio = f"{load.times.p95 / alone:.1f}" if alone else "–"
    share = f"{100 * load.generator_share:.0f} %"
    return load.mix, visitors, f"{load.per_second:.1f}", ratio, _three(load.times), load.failed, share


def _growth(part: Growth) -> Iterator[str]:
    first = part.sizes[0].ours.whole.p50
    yield "## More sources"
    yield _circumstances(part)
    yield "![Growth](benchmark-growth.svg)"
    peers = list(dict.fromkeys(peer.name for grown in part.sizes for peer in grown.peers))
    rows = []
    for grown in part.sizes:
        search = {peer.name: peer.search.p50 for peer in grown.peers if peer.search}
        searches = [f"{search[name]:.1f}" if name in search else "–" for name in peers]
        whole = grown.ours.whole
        rows.append(
            (
                grown.sources,
                grown.points,
                f"{whole.p50 / first:.2f}",
                _three(whole),
                f"{grown.ours.memory_mb:.0f}",
                *searches,
            )
        )
    yield _table(
        ("sources", "points", "p50 to the first", "p50 / p95 / p99 ms", "MB", *(f"{n}, search ms" for n in peers)), rows
    )
    for grown in part.sizes:
        encode = grown.ours.encode
        if encode:
            yield f"### {grown.sources} sources, step by step"
            yield _steps(((s.name, s.times) for s in grown.ours.steps), unit=encode.p50)


def _refreshing(part: Refreshing) -> Iterator[str]:
    yield "## Refreshing"
    yield _circumstances(part)
    pace = f"The encoder ({part.encoder}) takes {part.texts_per_second:.0f} chunks of the corpus a second."
    yield f"{pace} The rest, without the encoder:"
    head = (
        "sources",
        "refresh",
        "changed",
        "sources a second of processor",
        "seconds",
        "seconds of processor",
        "MB at most",
    )
    rows = (
        (
            r.sources,
            r.kind,
            r.changed,
            f"{r.sources / max(r.processor, 0.1):.0f}",
            r.seconds,
            r.processor,
            f"{r.peak_mb:.0f}",
        )
        for r in part.runs
    )
    yield _table(head, rows)


def _circumstances(part: Part) -> str:
    machine = part.machine
    busy = f" **Other work was in the way: load {machine.load}.**" if machine.load > BUSY else ""
    return (
        f"Measured {part.created[:16].replace('T', ' ')} UTC in {part.seconds:.0f} s on {machine.cores} cores of "
        f"{machine.processor}, {machine.memory_gb:.0f} GB, Python {machine.python}.{busy}"
    )


def _questions(part: Comparison) -> int:
    return next(s for s in part.systems if s.is_ours).whole.count


def _three(times: Times) -> str:
    return f"{times.p50:.1f} / {times.p95:.1f} / {times.p99:.1f}"


def _score(score: Score | None) -> str:
    return f"{score.value:.3f} ({score.low:.3f} to {score.high:.3f})" if score else "–"


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(map(str, head)), *(list(map(str, row)) for row in rows)]
    rule = ["---"] * len(lines[0])
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], rule, *lines[1:]])
