"""The editor's command line: `python -m ingest check|refresh|status|publish|rollback`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.errors import CorpusError, MarkewijzerError
from assistant.settings import Settings, read_settings
from ingest.checking import check_corpus
from ingest.generations import generations, publish, rollback
from ingest.synchronise import RefreshReport, refresh

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console()
errors = Console(stderr=True)
T = TypeVar("T")

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder with the corpus (CORPUS_DIR).")]
Data = Annotated[Path | None, typer.Option("--data", help="Folder for the index (DATA_DIR).")]


@app.command("check")
def check_command(corpus: Corpus = None) -> None:
    """Checks the corpus and prints `file:line: what is wrong and what would be right`."""
    folder = corpus or read_settings().corpus_dir
    readings, problems = check_corpus(folder)
    for problem in problems:
        print(problem)
    errors.print(f"{len(readings)} sources read, {len(problems)} problems", highlight=False)
    raise typer.Exit(1 if problems else 0)


@app.command("refresh")
def refresh_command(corpus: Corpus = None, data: Data = None) -> None:
    """Builds the index from the corpus; only what changed is embedded."""
    settings = _settings(data)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=errors
    ) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        report = _run(refresh(settings, corpus or settings.corpus_dir, progress=show))
    _print_report(report)


@app.command("status")
def status_command(data: Data = None) -> None:
    """Lists the generations and which one is live."""
    table = Table("generation", "created", "sources", "chunks", "live")
    for g in _run(generations(_settings(data))):
        table.add_row(g.id, g.created, str(g.sources), str(g.chunks), "live" if g.live else "")
    console.print(table)


@app.command("publish")
def publish_command(generation: str, data: Data = None) -> None:
    """Makes a generation the live one."""
    _run(publish(_settings(data), generation))
    console.print(f"live: {generation}")


@app.command("rollback")
def rollback_command(data: Data = None) -> None:
    """Makes the generation before the live one live again."""
    console.print(f"live: {_run(rollback(_settings(data)))}")


def _settings(data: Path | None) -> Settings:
    return read_settings(data_dir=data) if data else read_settings()


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Runs to the end; an error that we expect is printed in one line, without a traceback."""
    try:
        return asyncio.run(work)
    except CorpusError as exc:
        for problem in exc.problems:
            print(problem)
        errors.print("the refresh was stopped; the index that was there keeps answering", highlight=False)
    except MarkewijzerError as exc:
        errors.print(f"{type(exc).__name__}: {exc}", highlight=False)
    raise typer.Exit(1)


def _print_report(report: RefreshReport) -> None:
    console.print(
        f"{report.sources} sources, {report.chunks} chunks: {len(report.new)} new, {len(report.changed)} changed, "
        f"{len(report.gone)} gone, {report.embedded} texts embedded; "
        + (f"live: {report.generation}" if report.published else f"nothing changed, live: {report.generation}"),
        highlight=False,
        soft_wrap=True,
    )


def main() -> None:
    """Entry point; settings that are wrong end in one clear line."""
    try:
        app()
    except MarkewijzerError as exc:
        errors.print(f"{type(exc).__name__}: {exc}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
