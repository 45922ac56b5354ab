"""Opens the database for conversations: one SQLite file by default, any SQLAlchemy URL otherwise."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from assistant.errors import SettingsError
from assistant.settings import Settings

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


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
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=3000")
    cursor.close()
