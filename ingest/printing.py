"""How a run looks in a terminal: bars while it goes on, a line when it is done, and its changes word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from ingest.collecting import Progress
from ingest.comparing import Change, Piece
from ingest.reporting import RefreshReport
from ingest.runs import Run

errors = Console(stderr=True)

STYLES = {"gone": "red strike", "new": "green", "cut": "dim", "same": ""}


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar for each kind of work, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=errors) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show


def print_report(console: Console, run: Run, report: RefreshReport) -> None:
    """One line on what was done, and what must be looked at."""
    waits = f"{report.candidate} waits for an editor" if report.objections else "nothing changed"
    console.print(
        f"{report.sources} sources, {report.chunks} chunks: {len(report.new)} new, {len(report.changed)} changed, "
        f"{len(report.gone)} gone, {report.embedded} texts embedded; "
        + ("" if report.published else f"{waits}, ")
        + f"live: {report.generation}",
        highlight=False,
        soft_wrap=True,
    )
    _print_notes(console, run)
    if run.replay.changed or report.objections:
        console.print(f"see `python -m ingest show {run.id}`", highlight=False, soft_wrap=True)


def print_run(console: Console, run: Run) -> None:
    """All that is known of a run."""
    counts = f"{run.new} new, {run.changed} changed, {run.gone} gone"
    console.print(f"{run.id} by {run.by}: {run.state}, {run.seconds:.0f} s; {counts}", highlight=False, soft_wrap=True)
    if run.message:
        console.print(run.message, highlight=False, soft_wrap=True, markup=False)
    _print_notes(console, run)
    for sign, changes in (("+", run.changes.new), ("-", run.changes.gone)):
        for change in changes:
            console.print(f"{sign} {change.id}: {change.title}", highlight=False, soft_wrap=True, markup=False)
    for change in run.changes.changed:
        _print_change(console, change)
    for answer in run.replay.changed:
        where = f" ({answer.municipality})" if answer.municipality else ""
        fell = " FELL" if answer.fell else ""
        line = f"? {answer.question}{where}: {answer.before.outcome} → {answer.after.outcome}{fell}"
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _print_notes(console: Console, run: Run) -> None:
    for crawl in run.crawls:
        counts = ", ".join(f"{count} {what}" for what, count in crawl.counts) or "nothing seen"
        console.print(f"{crawl.site}: {counts}, {crawl.seconds} s", highlight=False, soft_wrap=True, markup=False)
    for line in (*run.objections, *run.problems):
        console.print(f"! {line}", highlight=False, soft_wrap=True, markup=False)


def _print_change(console: Console, change: Change) -> None:
    console.print(f"~ {change.id}: {change.title}", highlight=False, soft_wrap=True, markup=False)
    for name, pieces in change.fields:
        console.print(Text(f"  {name}: ").append_text(_as_text(pieces)), soft_wrap=True)


def _as_text(pieces: Sequence[Piece]) -> Text:
    """Colours, and signs for who sees none."""
    signs = {"gone": "[-{}-]", "new": "[+{}+]"}
    return Text(" ").join(Text(signs.get(p.mark, "{}").format(p.text), STYLES[p.mark]) for p in pieces)
