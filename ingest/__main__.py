"""The editor's command line: `python -m ingest check|import|refresh|watch|runs|show|status|publish|reject|rollback`."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from assistant.errors import CorpusError, MarkewijzerError
from assistant.settings import Settings, read_settings
from ingest.asked import kept_asked
from ingest.checking import check_corpus
from ingest.crawl import read_sites
from ingest.generations import generations, publish, reject, rollback
from ingest.importing import Plan, read_import, read_plan, write_import
from ingest.limits import Order, Publish
from ingest.printing import errors, print_report, print_run, progress_bars
from ingest.replaying import unknown_sources
from ingest.running import run_refresh
from ingest.runs import Runs

LOOK_EVERY = 0.3
"""Seconds between two looks at a refresh that another process does."""

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console()
T = TypeVar("T")

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder with the corpus (CORPUS_DIR).")]
Data = Annotated[Path | None, typer.Option("--data", help="Folder for the index (DATA_DIR).")]


@app.command("check")
def check_command(corpus: Corpus = None) -> None:
    """Checks the corpus and prints `file:line: what is wrong and what would be right`."""
    folder = corpus or read_settings().corpus_dir
    readings, problems = check_corpus(folder)
    try:
        problems += unknown_sources(folder, frozenset(r.source.id for r in readings))
        read_sites(folder)
    except CorpusError as exc:
        problems += exc.problems
    for problem in problems:
        print(problem)
    errors.print(f"{len(readings)} sources read, {len(problems)} problems", highlight=False)
    raise typer.Exit(1 if problems else 0)


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="A table (.csv, .tsv, .xlsx), or one text (.docx, .pdf, .txt, .html).")],
    plan: Annotated[Path | None, typer.Option("--plan", help="YAML with `kolommen` and `vast`.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Replace sources that have the same id.")] = False,
    try_only: Annotated[bool, typer.Option("--try", help="Check, and write nothing.")] = False,
    corpus: Corpus = None,
) -> None:
    """Makes corpus files of a table of services or of one text: all of them, or none when something is wrong."""
    folder = corpus or read_settings().corpus_dir
    try:
        imported = read_import(folder, file, read_plan(plan) if plan else Plan(), again=again)
    except CorpusError as exc:
        print(*exc.problems, sep="\n")
        raise typer.Exit(1) from exc
    print(*imported.problems, sep="\n", end="\n" if imported.problems else "")
    paths = [] if imported.problems or try_only else write_import(folder, imported.drafts, "import")
    print(*paths, sep="\n", end="\n" if paths else "")
    counts = f"{len(imported.drafts)} sources read, {len(imported.problems)} problems, {len(paths)} files written"
    errors.print(counts, highlight=False)
    raise typer.Exit(1 if imported.problems else 0)


@app.command("refresh")
def refresh_command(
    corpus: Corpus = None,
    data: Data = None,
    publish_anyway: Annotated[bool, typer.Option("--publish", help="Publish, whatever changed.")] = False,
    hold: Annotated[bool, typer.Option("--hold", help="Build, and let an editor publish.")] = False,
    site: Annotated[str | None, typer.Option("--site", help="Visit this site now, due or not.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Visit no website.")] = False,
) -> None:
    """Brings the index in line with the corpus and the followed sites; also beside a running server."""
    settings = _settings(data)
    when = Publish.ALWAYS if publish_anyway else Publish.NEVER if hold else Publish.WITHIN_LIMITS
    order = Order(when, crawl=not offline, site=site, replay=True, asked=kept_asked(settings.data_dir))
    with progress_bars() as show:
        run, report = _run(
            run_refresh(settings, corpus or settings.corpus_dir, order, by="opdrachtregel", progress=show)
        )
    print_report(console, run, report)


@app.command("watch")
def watch_command(data: Data = None) -> None:
    """Shows the refresh that is going on, whoever started it, until it is done."""
    runs = Runs(_settings(data).data_dir)
    run = runs.current()
    if run is None:
        errors.print("no refresh is going on", highlight=False)
        raise typer.Exit(1)
    with progress_bars() as show:
        while run is not None and not run.is_over:
            for stage in run.stages:
                show(stage.what, stage.done, stage.total)
            time.sleep(LOOK_EVERY)
            run = runs.get(run.id)
    if run is not None:
        print_run(console, run)


@app.command("runs")
def runs_command(data: Data = None) -> None:
    """Lists the refreshes of the last weeks, newest first."""
    table = Table("run", "by", "state", "seconds", "new", "changed", "gone", "problems")
    for run in Runs(_settings(data).data_dir).all():
        counts = map(str, (round(run.seconds), run.new, run.changed, run.gone, len(run.problems)))
        table.add_row(run.id, run.by, run.state.value, *counts)
    console.print(table)


@app.command("show")
def show_command(run: str, data: Data = None) -> None:
    """What a refresh changed, word by word, and which answers it changes."""
    found = Runs(_settings(data).data_dir).get(run)
    if found is None:
        errors.print(f"{run}: there is no run with this id; `python -m ingest runs` lists them", highlight=False)
        raise typer.Exit(1)
    print_run(console, found)


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


@app.command("reject")
def reject_command(run: str, data: Data = None) -> None:
    """Throws away what a run built and what waits for an editor."""
    _run(reject(_settings(data), run))
    console.print(f"rejected: {run}")


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


def main() -> None:
    """Entry point; settings that are wrong end in one clear line."""
    # The golden questions hold crises, and all of them are made up.
    logging.getLogger("assistant").setLevel(logging.ERROR)
    try:
        app()
    except MarkewijzerError as exc:
        errors.print(f"{type(exc).__name__}: {exc}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
