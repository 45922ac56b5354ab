"""`python -m web`: serves the pages and the API; `doctor`, `add-editor`, `backup` and `restore` look after it."""

from __future__ import annotations

import gc

if __name__ == "__main__":
    gc.disable()  # a start makes a million things that stay; to look for garbage among them takes a fifth of its time
    from assistant.embedding.early import start_encoder

    start_encoder()

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from assistant.errors import SettingsError
from assistant.logs import set_up_logs
from assistant.settings import Settings, read_settings
from web.accounts.editors import Editors, NameTaken, Role
from web.accounts.passwords import WeakPassword
from web.app import create_app
from web.backup import BackupFailed, back_up, restore
from web.database import AWAY, Database, reason_of
from web.desk.log import write_log
from web.doctor import examine
from web.parts import build_parts
from web.serving import run_server
from web.tracing import start_tracing

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
T = TypeVar("T")

COMMAND = "opdrachtregel"
"""Who did it, in the log, when it was done here and not at the desk."""


@app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on, instead of PORT.")] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Serve tools over standard input and output instead.")] = False,
) -> None:
    """Serve Markewijzer until it is stopped."""
    if context.invoked_subcommand or mcp:
        gc.enable()  # a server does so when it is ready
    if context.invoked_subcommand:
        return
    settings = settings_or_stop(host=host, port=port)
    set_up_logs(settings.log_format)
    if mcp:
        return serve_tools(settings)
    try:
        start_tracing(settings)
        site = create_app(settings)
    except SettingsError as exc:
        raise typer.Exit(report(exc)) from exc
    run_server(site, settings)


def serve_tools(settings: Settings) -> None:
    """The tools for another assistant on this computer, until it closes our standard input."""
    from web.mcp import serve_on_stdio

    try:
        asyncio.run(serve_on_stdio(build_parts(settings, None)))
    except SettingsError as exc:
        raise typer.Exit(report(exc)) from exc


@app.command("add-editor")
def add_editor_command(
    name: Annotated[str, typer.Argument(help="What the editor signs in with: a name, or an e-mail address.")],
    chief: Annotated[bool, typer.Option(help="May also publish, pause answering and manage accounts.")] = False,
    openid: Annotated[bool, typer.Option(help="No password: NAME is the e-mail address at OIDC_ISSUER.")] = False,
) -> None:
    """Add somebody to the editors' desk; the password is asked for, or read from standard input."""
    password = None if openid else ask_password()
    role = Role.CHIEF if chief else Role.EDITOR

    async def add(database: Database, _: Settings) -> str:
        editor = await Editors(database).add(name, role, password)
        await write_log(database, COMMAND, "account toegevoegd", editor.name, {"rol": role.value})
        return f"{editor.name} is added ({role.value})"

    typer.echo(with_database(add))


@app.command("doctor")
def doctor_command() -> None:
    """Look at everything that a server needs, and say in one line each what is wrong and what would be right."""
    findings = asyncio.run(examine(settings_or_stop()))
    for finding in findings:
        typer.echo(f"{finding.word:<8} {finding.part:<12} {finding.text}")
    raise typer.Exit(1 if any(finding.is_wrong for finding in findings) else 0)


@app.command("backup")
def backup_command(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write all that cannot be made again, the tables and the corpus, to one file."""

    async def save(database: Database, settings: Settings) -> str:
        contents = await back_up(database, settings.corpus_dir, file)
        return f"{file}: {contents.rows} rows and {contents.files} corpus files"

    typer.echo(with_database(save))


@app.command("restore")
def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    replace: Annotated[bool, typer.Option(help="Also when there is something in the database already.")] = False,
) -> None:
    """Put back what a backup holds, database and corpus; then run `python -m ingest refresh`."""

    async def put_back(database: Database, settings: Settings) -> str:
        contents = await restore(database, settings.corpus_dir, file, replace=replace)
        return f"restored {contents.rows} rows and {contents.files} corpus files; now run `python -m ingest refresh`"

    typer.echo(with_database(put_back))


def with_database(work: Callable[[Database, Settings], Awaitable[T]]) -> T:
    """What the work gives; what we expect to go wrong is one line, without a traceback."""
    settings = settings_or_stop()

    async def run() -> T:
        database = Database.open(settings)
        try:
            return await work(database, settings)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except (SettingsError, BackupFailed, WeakPassword, NameTaken) as exc:
        raise typer.Exit(report(exc)) from exc
    except AWAY as exc:
        typer.echo(f"error: the database is away: {reason_of(exc)}", err=True)
        raise typer.Exit(1) from exc


def ask_password() -> str:
    """A password that was typed twice, or one line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def settings_or_stop(**chosen: object) -> Settings:
    """The settings, with what was chosen on the command line."""
    try:
        return read_settings(**{name: value for name, value in chosen.items() if value is not None})
    except SettingsError as exc:
        raise typer.Exit(report(exc)) from exc


def report(exc: Exception) -> int:
    """Prints what is wrong; the exit code."""
    typer.echo(f"error: {exc}", err=True)
    return 2


if __name__ == "__main__":
    app()
