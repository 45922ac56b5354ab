"""Runs the parts that were asked for, keeps what they give, and writes the page and its plots."""

from __future__ import annotations

import time
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.bench.children import BenchFailed
from evals.bench.drawing import draw
from evals.bench.figures import Bench, read_bench, write_bench
from evals.bench.parts import Plan, Session
from evals.bench.writing import write_page

HERE = Path(__file__).parent
KEPT = HERE / "results.json"
PAGE = HERE.parent.parent / "docs" / "benchmark.md"


class PartName(StrEnum):
    """What can be run alone."""

    PEERS = "peers"
    HTTP = "http"
    GROWTH = "growth"
    REFRESH = "refresh"


def run_bench(plan: Plan, parts: Collection[PartName], *, page: Path = PAGE, kept: Path = KEPT) -> Bench:
    """What was measured now, and of the other parts what was measured before; kept after every part.

    A part that fails is told and leaves its old figures.
    Raises `BenchFailed` when nothing could be measured.
    """
    with TemporaryDirectory(prefix="markewijzer-bench-") as folder:
        session = Session(plan, Path(folder))
        failed = [name for name in _steps(parts) if not _try(session, name, parts, kept)]
    if len(failed) == len(_steps(parts)):
        raise BenchFailed("no part of the benchmark could be measured")
    bench = read_bench(kept)
    write_page(bench, page)
    draw(bench, page.parent)
    return bench


def _steps(parts: Collection[PartName]) -> list[PartName]:
    """Growth and refresh share a garden, so they are one step."""
    wanted = [name for name in PartName if name in parts]
    return [name for name in wanted if name is not PartName.REFRESH or PartName.GROWTH not in parts]


def _try(session: Session, name: PartName, parts: Collection[PartName], kept: Path) -> bool:
    began = time.monotonic()
    try:
        update = _measure(session, name, parts)
    except BenchFailed as exc:
        session.plan.tell(f"{name} was not measured: {exc}")
        return False
    write_bench(read_bench(kept).model_copy(update=update), kept)
    session.plan.tell(f"{name}: {time.monotonic() - began:.0f} s")
    return True


def _measure(session: Session, name: PartName, parts: Collection[PartName]) -> dict[str, object]:
    match name:
        case PartName.PEERS:
            return {"comparison": session.compare()}
        case PartName.HTTP:
            return {"serving": session.serve()}
        case _:
            growth, refreshing = session.grow(asking=PartName.GROWTH in parts, refreshing=PartName.REFRESH in parts)
            measured = {"growth": growth, "refreshing": refreshing}
            return {part: figures for part, figures in measured.items() if figures is not None}
