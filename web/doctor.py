"""`python -m web doctor`: looks at everything that a server needs before it runs, or beside one that runs."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from shutil import disk_usage

import httpx
from dotenv import dotenv_values
from sqlalchemy import Connection, func, select

from assistant import Assistant
from assistant.errors import IndexInUse, MarkewijzerError
from assistant.settings import Settings
from ingest import Runs, RunState
from web.database import AWAY, open_engine, reason_of
from web.migrations import newest, revision_of
from web.parts import build_parts
from web.readiness import ask_for_models, write_something
from web.tables import editors

OK, WARNING, WRONG = "ok", "warning", "WRONG"
OLD = timedelta(days=14)
"""An index that is older has missed its refreshes."""
ROOM = 1024**3
"""Bytes: below this a few refreshes of a large corpus may fill the disk."""
TIME_LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    word: str
    part: str
    text: str

    @property
    def is_wrong(self) -> bool:
        """Whether the server cannot do its work like this."""
        return self.word == WRONG


async def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which one would repair what is wrong. Never raises."""
    checks: tuple[tuple[str, Check], ...] = (
        ("settings", check_settings),
        ("dotenv", check_dotenv),
        ("clock", check_clock),
        ("storage", check_storage),
        ("corpus", check_corpus),
        ("database", check_database),
        ("index", check_index),
        ("refresh", check_refresh),
        ("model", check_model),
        ("sign-in", check_sign_in),
        ("port", check_port),
    )
    found = []
    for part, check in checks:
        word, text = await outcome_of(check, settings)
        found.append(Finding(word, part, text))
    return found


Outcome = tuple[str, str]
Check = Callable[[Settings], Awaitable[Outcome]]


async def outcome_of(check: Check, settings: Settings) -> Outcome:
    """What a check finds; what it raises is wrong."""
    try:
        return await asyncio.wait_for(check(settings), TIME_LIMIT)
    except TimeoutError:
        return WRONG, f"no answer within {TIME_LIMIT:.0f} s"
    except MarkewijzerError as exc:
        return WRONG, str(exc)
    except AWAY as exc:
        return WRONG, str(exc) if isinstance(exc, OSError) else reason_of(exc)
    except httpx.HTTPError as exc:
        return WRONG, f"{type(exc).__name__}: {exc}"


async def check_settings(settings: Settings) -> Outcome:
    """Everything that the parts refuse at the start, and what is allowed but seldom meant."""
    parts = build_parts(settings, None)
    await parts.database.close()
    if "*" in settings.trusted_proxies.split():
        return WARNING, "TRUSTED_PROXIES=*: everybody may say that they are another visitor, and so ask without a limit"
    if settings.rate_limit == "off":
        return WARNING, "RATE_LIMIT=off: one program can keep all visitors waiting"
    if not (settings.operator and settings.operator_email):
        return WARNING, "OPERATOR or OPERATOR_EMAIL is not set: the privacy page then names nobody to turn to"
    return OK, "every setting can be used"


async def check_dotenv(settings: Settings) -> Outcome:
    """Names in `.env` that mean nothing to us are often typing errors."""
    known = {name.upper() for name in type(settings).model_fields}
    unknown = sorted(name for name in dotenv_values(".env") if name.upper() not in known)
    return (
        (WARNING, f".env has names that are no settings: {', '.join(unknown)}") if unknown else (OK, "no unknown name")
    )


async def check_clock(settings: Settings) -> Outcome:
    """A clock that is behind makes new things look old: promises about days are kept by it."""
    newest_run = await asyncio.to_thread(Runs(settings.data_dir).newest)
    now = datetime.now(UTC)
    if newest_run is not None and newest_run.started > now + timedelta(minutes=5):
        return (
            WRONG,
            f"it is {now:%Y-%m-%d %H:%M} UTC here, but the last refresh began {newest_run.started:%Y-%m-%d %H:%M}",
        )
    return OK, f"{now:%Y-%m-%d %H:%M} UTC"


async def check_storage(settings: Settings) -> Outcome:
    """The data folder can be written to and has room."""
    await asyncio.to_thread(write_something, settings.data_dir)
    free = disk_usage(settings.data_dir).free
    text = f"{settings.data_dir.resolve()}: {free / 1024**3:.1f} GB free"
    return (OK, text) if free >= ROOM else (WARNING, f"{text}; make room before the next refresh")


async def check_corpus(settings: Settings) -> Outcome:
    """The folder that a refresh reads."""
    count = await asyncio.to_thread(lambda: sum(1 for _ in settings.corpus_dir.rglob("*.md")))
    if not count:
        return WARNING, f"CORPUS_DIR={settings.corpus_dir}: no source here; a refresh would find nothing"
    return OK, f"{count} files in {settings.corpus_dir}; `python -m ingest check` reads them all"


async def check_database(settings: Settings) -> Outcome:
    """It can be reached and is of this version; nothing is changed."""
    engine = open_engine(settings)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(outcome_of_tables)
    finally:
        await engine.dispose()


def outcome_of_tables(connection: Connection) -> Outcome:
    """How far the tables are, and whether anybody can sign in."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return OK, "empty; the server makes the tables when it starts"
    revision = revision_of(connection)
    if revision > newest():
        return WRONG, f"made by a newer version ({revision}; this one knows {newest()}): run that version, or restore"
    if revision < newest():
        return OK, f"of version {revision}; the server brings it to {newest()} when it starts"
    chiefs = select(func.count()).where(editors.c.active)
    count = connection.execute(chiefs).scalar_one()
    if not count:
        return WARNING, "nobody can sign in at the desk; run `python -m web add-editor NAME --chief`"
    return OK, f"{connection.dialect.name}, version {revision}, {count} editors"


async def check_index(settings: Settings) -> Outcome:
    """A question is answered from the live generation; when a server runs here it has the index, and is asked."""
    assistant = Assistant.open(settings=settings)
    try:
        await assistant.start()
        manifest = await assistant.manifest()
    except IndexInUse as exc:
        return await outcome_of_server(settings, str(exc))
    finally:
        await assistant.close()
    age = datetime.now(UTC) - datetime.fromisoformat(manifest.created)
    text = f"{manifest.generation}: {manifest.sources} sources, {manifest.chunks} chunks, {age.days} days old"
    return (OK, text) if age < OLD else (WARNING, f"{text}; look at `python -m ingest runs`")


async def outcome_of_server(settings: Settings, in_use: str) -> Outcome:
    """What the server that has the index says of itself."""
    address = f"http://{reachable(settings.host)}:{settings.port}/health/ready"
    try:
        async with httpx.AsyncClient(timeout=TIME_LIMIT / 2) as client:
            answer = (await client.get(address)).json()
    except (httpx.HTTPError, ValueError):
        return WARNING, f"{in_use}; nothing answers at {address}"
    state = str(answer.get("status"))
    return (
        OK if state == "ready" else WRONG
    ), f"the server at {address} says {state} {answer.get('reason', '')}".strip()


async def check_refresh(settings: Settings) -> Outcome:
    """How the last refresh went."""
    run = await asyncio.to_thread(Runs(settings.data_dir).newest)
    if run is None:
        return OK, "none yet in this data folder"
    if run.state in {RunState.FAILED, RunState.INTERRUPTED}:
        return (
            WARNING,
            f"{run.id} {run.state.value}: {run.message or 'it was stopped'}; see `python -m ingest show {run.id}`",
        )
    if run.state is RunState.WAITING:
        return WARNING, f"{run.id} waits for a chief editor: {'; '.join(run.objections)}"
    return OK, f"{run.id} {run.state.value}, {run.seconds:.0f} s"


async def check_model(settings: Settings) -> Outcome:
    """The language model, which is an option."""
    if not settings.llm_base_url:
        return OK, "none is used: answers are whole sentences of the sources"
    await ask_for_models(settings)
    return OK, f"{settings.llm_base_url} answers"


async def check_sign_in(settings: Settings) -> Outcome:
    """The OpenID Connect issuer, which is an option."""
    if not settings.oidc_issuer:
        return OK, "with passwords"
    address = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    async with httpx.AsyncClient(timeout=TIME_LIMIT / 2) as client:
        response = await client.get(address)
    response.raise_for_status()
    return OK, f"{settings.oidc_issuer} answers"


async def check_port(settings: Settings) -> Outcome:
    """Free to listen on, or already ours."""
    with socket.socket() as probe:
        taken = probe.connect_ex((reachable(settings.host), settings.port)) == 0
    if not taken:
        return OK, f"{settings.host}:{settings.port} is free (Python {sys.version.split()[0]})"
    try:
        async with httpx.AsyncClient(timeout=TIME_LIMIT / 2) as client:
            answer = await client.get(f"http://{reachable(settings.host)}:{settings.port}/health/live")
        is_ours = answer.json() == {"status": "live"}
    except (httpx.HTTPError, ValueError):
        is_ours = False
    if is_ours:
        return OK, f"{settings.host}:{settings.port}: a server of ours runs here"
    return WRONG, f"{settings.host}:{settings.port} is used by another program; choose another PORT, or stop that one"


def reachable(host: str) -> str:
    """Where a server that listens on this address can be asked."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host
