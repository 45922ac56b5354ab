"""Opens the database and brings it up to date: one SQLite file by default, PostgreSQL or another URL otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

from sqlalchemy import URL, CursorResult, Executable, Row, Select, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from assistant.errors import SettingsError
from assistant.settings import Settings
from web.migrations import migrate

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
AWAY = (SQLAlchemyError, OSError)
"""What every use of the database may raise when it is away."""

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]


class Database:
    """One engine for all tables. Connects, and migrates, at the first use; safe to share between tasks."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._prepared = False
        self._preparing = asyncio.Lock()

    @classmethod
    def open(cls, settings: Settings) -> Database:
        """The database of the settings. Raises `SettingsError`."""
        return cls(open_engine(settings))

    @property
    def engine(self) -> AsyncEngine:
        """The engine, for what reaches below the tables."""
        return self._engine

    async def prepare(self) -> None:
        """Brings the tables up to date, once. Raises one of `AWAY`."""
        async with self._preparing:
            if not self._prepared:
                async with self._engine.connect() as connection:
                    await connection.run_sync(migrate)
                self._prepared = True

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A connection in one transaction. Raises one of `AWAY`."""
        await self.prepare()
        async with self._engine.begin() as connection:
            yield connection

    async def read(self, query: AnySelect) -> Sequence[AnyRow]:
        """All rows. Raises one of `AWAY`."""
        await self.prepare()
        async with self._engine.connect() as connection:
            rows: Sequence[AnyRow] = (await connection.execute(query)).all()
            return rows

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


def open_engine(settings: Settings) -> AsyncEngine:
    """An engine that connects at its first use. Raises `SettingsError` when the URL or its driver is not there."""
    url = database_url(settings)
    try:
        engine = create_async_engine(url, pool_pre_ping=True)
    except (ArgumentError, ImportError) as exc:
        raise SettingsError(f"DATABASE_URL={url.render_as_string()}: {exc}") from exc
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
    return engine


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
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def reason_of(exc: Exception) -> str:
    """The cause without the values of the statement: SQLAlchemy would print the question."""
    return f"{type(exc).__name__}: {getattr(exc, 'orig', None) or type(exc).__doc__}"
