"""Keeps the turns of a conversation for four weeks, without personal data, so that a visitor can ask on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Select, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from assistant.domain import Exchange, Turn
from assistant.presentation import answer_as_json
from assistant.settings import Settings
from web.database import open_engine
from web.kept_turns import CREATE, KeptTurn, exchange_of, row_of, turns

logger = logging.getLogger(__name__)

REMEMBERED = 8
"""Earlier questions that the assistant gets along with a new one."""
KEPT_DAYS = 28


class Conversations:
    """The table of turns. Reading and keeping never fail: an answer matters more than its history."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._prepared = False

    @classmethod
    def open(cls, settings: Settings) -> Conversations:
        """On the database of the settings; connects at the first use. Raises `SettingsError`."""
        return cls(open_engine(settings))

    async def history(self, conversation: UUID) -> tuple[Exchange, ...]:
        """The last exchanges, oldest first; empty for an unknown conversation or when the database is away."""
        latest = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.position.desc())
        try:
            rows = await self._read(latest.limit(REMEMBERED))
        except (SQLAlchemyError, OSError) as exc:
            logger.warning("answering without history, the database is away: %s", reason(exc))
            return ()
        return tuple(exchange_of(row) for row in reversed(rows))

    async def keep(self, conversation: UUID, turn: Turn) -> KeptTurn:
        """Stores a finished turn under a new id."""
        assert turn.answer is not None
        id = uuid4()
        answer = answer_as_json(turn.answer, conversation=str(conversation), turn=str(id))
        saved = await self._store(row_of(conversation, id, turn, answer))
        return KeptTurn(conversation, id, turn.text, answer, saved)

    async def turns(self, conversation: UUID) -> list[KeptTurn]:
        """All turns of a conversation, oldest first. Raises `SQLAlchemyError` or `OSError`."""
        own = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.position, turns.c.created)
        return [KeptTurn(row.conversation, row.id, row.question, row.answer) for row in await self._read(own)]

    async def forget(self, days: int = KEPT_DAYS) -> None:
        """Deletes what is older than this many days."""
        too_old = turns.c.created < datetime.now(UTC) - timedelta(days=days)
        try:
            await self._prepare()
            async with self._engine.begin() as connection:
                result = await connection.execute(delete(turns).where(too_old))
        except (SQLAlchemyError, OSError) as exc:
            logger.warning("old turns were not deleted, the database is away: %s", reason(exc))
            return
        logger.info("deleted %d turns older than %d days", result.rowcount, days)

    async def close(self) -> None:
        """Gives the connections back."""
        await self._engine.dispose()

    async def _prepare(self) -> None:
        if not self._prepared:
            async with self._engine.begin() as connection:
                for statement in CREATE:
                    await connection.execute(statement)
            self._prepared = True

    async def _read(self, query: Select[Any]) -> Sequence[Row[Any]]:
        await self._prepare()
        async with self._engine.connect() as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
            return rows

    async def _store(self, row: dict[str, Any]) -> bool:
        try:
            await self._prepare()
            async with self._engine.begin() as connection:
                await connection.execute(insert(turns).values(row))
        except (SQLAlchemyError, OSError) as exc:
            logger.warning("a turn was not kept, the database is away: %s", reason(exc))
            return False
        return True


def reason(exc: Exception) -> str:
    """The cause without the values of the statement: SQLAlchemy would print the question."""
    return f"{type(exc).__name__}: {getattr(exc, 'orig', None) or type(exc).__doc__}"
