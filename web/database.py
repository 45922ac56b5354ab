"""Opens the database and brings it up to date: one SQLite file by default, PostgreSQL or another URL otherwise."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, TypeAlias

from sqlalchemy import URL, CursorResult, ExceptionContext, Executable, Row, Select, event, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from assistant.errors import SettingsError
from assistant.settings import Settings
from web.migrations import is_current, migrate

ASYNC_PG = "postgresql+asyncpg"
ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": ASYNC_PG, "postgres": ASYNC_PG}
AWAY = (SQLAlchemyError, OSError)
"""What every use of the database may raise when it is away."""
UNREACHABLE = (OSError, OperationalError, InterfaceError, PoolTimeout)
"""The part of it that says nothing of the statement: the next one would fail too."""
SLOW, REST = 1.0, 5.0
"""A use that fails after this many seconds lets the others fail at once for a while: nobody queues for what is away."""
TIMEOUTS = {"timeout": 3, "command_timeout": 5}
"""Seconds that PostgreSQL gets to let us in, and for one statement. A migration takes as long as it takes."""
BROKEN_FILE = ("not a database", "malformed", "disk i/o error", "readonly database", "unable to open")
"""What SQLite says when the file under its connections is not what it was; only a new connection sees a good one."""

MIGRATING = threading.Lock()
"""Alembic keeps in globals what it is doing: one migration at a time in a process."""

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]


class DatabaseAway(SQLAlchemyError):
    """The database did not answer a moment ago."""

    def __init__(self, orig: Exception | None = None) -> None:
        self.orig = orig
        super().__init__(str(orig or self.__doc__))


class Database:
    """One engine for all tables. Connects, and migrates, at the first use; safe to share between tasks."""

    def __init__(self, engine: AsyncEngine, patient: AsyncEngine | None = None) -> None:
        """`patient` is an engine for migrations, that waits for long statements; without one there is no hurry."""
        self._engine = engine
        self._patient = patient or engine
        self._prepared = False
        self._preparing = asyncio.Lock()
        self._away_until = 0.0

    @classmethod
    def open(cls, settings: Settings) -> Database:
        """The database of the settings. Raises `SettingsError`."""
        engine = open_engine(settings)
        return cls(engine, patient_engine(engine))

    @property
    def engine(self) -> AsyncEngine:
        """The engine, for what reaches below the tables."""
        return self._engine

    @property
    def patient(self) -> AsyncEngine:
        """The engine for work that may take long: no statement of it is broken off."""
        return self._patient

    async def prepare(self) -> None:
        """Brings the tables up to date, once. Raises one of `AWAY`."""
        with self._patiently():
            await self._prepare()

    async def _prepare(self) -> None:
        async with self._preparing:
            if not self._prepared:
                async with self._engine.connect() as connection:
                    current = await connection.run_sync(is_current)
                if not current:
                    async with one_migration(), self._patient.connect() as connection:
                        await connection.run_sync(migrate)
                self._prepared = True

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A connection in one transaction. Raises one of `AWAY`."""
        with self._patiently():
            await self._prepare()
            async with self._engine.begin() as connection:
                yield connection

    async def read(self, query: AnySelect) -> Sequence[AnyRow]:
        """All rows. Raises one of `AWAY`."""
        [rows] = await self.read_each(query)
        return rows

    async def read_each(self, *queries: AnySelect) -> list[Sequence[AnyRow]]:
        """All rows of each query, over one connection, which costs more than the queries do. Raises one of `AWAY`."""
        with self._patiently():
            await self._prepare()
            async with self._engine.connect() as connection:
                return [(await connection.execute(query)).all() for query in queries]

    @contextmanager
    def _patiently(self) -> Iterator[None]:
        begun = time.monotonic()
        if begun < self._away_until:
            raise DatabaseAway
        try:
            yield
        except AWAY as exc:
            now = time.monotonic()
            if now - begun > SLOW and isinstance(exc, UNREACHABLE):
                self._away_until = now + REST
            if isinstance(exc, OSError):
                raise DatabaseAway(exc) from exc
            raise

    async def first(self, query: AnySelect) -> AnyRow | None:
        """The first row, None when there is none. Raises one of `AWAY`."""
        rows = await self.read(query.limit(1))
        return rows[0] if rows else None

    async def write(self, *statements: Executable) -> int:
        """Executes in one transaction; how many rows the statements touched together. Raises one of `AWAY`."""
        touched = 0
        async with self.begin() as connection:
            for statement in statements:
                result: CursorResult[Any] = await connection.execute(statement)
                touched += max(result.rowcount, 0)
        return touched

    async def close(self) -> None:
        """Gives the connections back."""
        await self._engine.dispose()
        await self._patient.dispose()


@asynccontextmanager
async def one_migration() -> AsyncIterator[None]:
    """Waits until no other task or thread of this process migrates a database."""
    while not MIGRATING.acquire(blocking=False):
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        MIGRATING.release()


def open_engine(settings: Settings) -> AsyncEngine:
    """An engine that connects at its first use. Raises `SettingsError` when the URL or its driver is not there."""
    url = database_url(settings)
    # Asking a connection first whether it is still there is for servers: a file does not hang up.
    options: dict[str, Any] = {"pool_pre_ping": url.get_backend_name() != "sqlite"}
    if url.drivername == ASYNC_PG:
        options |= {"connect_args": TIMEOUTS, "pool_timeout": 5, "pool_size": 10}
    try:
        # Without the values of a statement, an error in the log holds no question.
        engine = create_async_engine(url, hide_parameters=True, **options)
    except (ArgumentError, ImportError) as exc:
        raise SettingsError(f"DATABASE_URL={url.render_as_string()}: {exc}") from exc
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
        event.listen(engine.sync_engine, "handle_error", leave_broken_file)
    return engine


def patient_engine(engine: AsyncEngine) -> AsyncEngine | None:
    """The same database without a limit on the time of a statement; None where there is no such limit."""
    return create_async_engine(engine.url, poolclass=NullPool) if engine.url.drivername == ASYNC_PG else None


def database_url(settings: Settings) -> URL:
    """The URL of the settings with an asynchronous driver, else the file in the data folder. Makes that folder."""
    if settings.database_url is None:
        with suppress(OSError):  # the first connection will fail, and answering goes on without a history
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        return URL.create("sqlite+aiosqlite", database=str(settings.data_dir / "markewijzer.sqlite"))
    try:
        url = make_url(settings.database_url)
    except ArgumentError as exc:
        raise SettingsError("DATABASE_URL: should be like 'postgresql://user:password@host/name'") from exc
    return url.set(drivername=ASYNC_DRIVERS.get(url.drivername, url.drivername))


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for a writer, and two writers wait for each other instead of failing."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA foreign_keys=ON")
    try:
        # Kept in the file. SQLite does not wait here for another process that makes the tables or switches, too;
        # a later connection then does it.
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    cursor.close()


def leave_broken_file(context: ExceptionContext) -> None:
    """Gives up every connection to a file that broke or was replaced, so that the next use opens what is there then."""
    if any(words in str(context.original_exception).casefold() for words in BROKEN_FILE):
        context.is_disconnect = True


def reason_of(exc: Exception) -> str:
    """The cause without the values of the statement: SQLAlchemy would print the question."""
    return f"{type(exc).__name__}: {getattr(exc, 'orig', None) or type(exc).__doc__}"
