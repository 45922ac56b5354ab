"""Keeps the turns of a conversation for four weeks, without personal data, so that a visitor can ask on."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from assistant.domain import Exchange, Turn
from assistant.presentation import answer_as_json
from web.database import AWAY, Database, reason_of
from web.kept_turns import KeptTurn, exchange_of, row_of
from web.tables import ratings, turns

logger = logging.getLogger(__name__)

REMEMBERED = 8
"""Earlier questions that the assistant gets along with a new one."""


class Conversations:
    """The table of turns. Reading and keeping never fail: an answer matters more than its history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, conversation: UUID) -> tuple[Exchange, ...]:
        """The last exchanges, oldest first; empty for an unknown conversation or when the database is away."""
        latest = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.position.desc())
        try:
            rows = await self._database.read(latest.limit(REMEMBERED))
        except AWAY as exc:
            logger.warning("answering without history, the database is away: %s", reason_of(exc))
            return ()
        return tuple(exchange_of(row) for row in reversed(rows))

    async def keep(self, conversation: UUID, turn: Turn, id: UUID | None = None) -> KeptTurn:
        """Stores a finished turn, under a new id when it has none yet."""
        assert turn.answer is not None
        id = id or uuid4()
        answer = answer_as_json(turn.answer, conversation=str(conversation), turn=str(id))
        saved = await self._store(row_of(conversation, id, turn, answer))
        return KeptTurn(conversation, id, turn.text, answer, saved)

    async def turns(self, conversation: UUID) -> list[KeptTurn]:
        """All turns of a conversation, oldest first. Raises `SQLAlchemyError` or `OSError`."""
        own = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.position, turns.c.created)
        return [KeptTurn(row.conversation, row.id, row.question, row.answer) for row in await self._database.read(own)]

    async def turn(self, conversation: UUID, id: UUID) -> KeptTurn | None:
        """One turn, None when it is not there (yet). Raises `SQLAlchemyError` or `OSError`."""
        row = await self._database.first(select(turns).where(turns.c.conversation == conversation, turns.c.id == id))
        return KeptTurn(row.conversation, row.id, row.question, row.answer) if row else None

    async def erase(self, conversation: UUID) -> bool:
        """Deletes a conversation at the visitor's wish, and the reasons given with it; the bare ratings stay.

        False when nothing could be deleted, because the database is away. A report to the editors stays: it is a
        message about a source, and says nothing of the conversation.
        """
        own = select(turns.c.id).where(turns.c.conversation == conversation)
        try:
            await self._database.write(
                update(ratings).where(ratings.c.turn.in_(own)).values(reason=None),
                delete(turns).where(turns.c.conversation == conversation),
            )
        except AWAY as exc:
            logger.warning("a conversation was not deleted, the database is away: %s", reason_of(exc))
            return False
        return True

    async def forget(self, days: int) -> None:
        """Deletes what is older than this many days."""
        too_old = turns.c.created < datetime.now(UTC) - timedelta(days=days)
        try:
            deleted = await self._database.write(delete(turns).where(too_old))
        except AWAY as exc:
            logger.warning("old turns were not deleted, the database is away: %s", reason_of(exc))
            return
        logger.info("deleted %d turns older than %d days", deleted, days)

    async def _store(self, row: dict[str, Any]) -> bool:
        try:
            await self._database.write(insert(turns).values(row))
        except AWAY as exc:
            logger.warning("a turn was not kept, the database is away: %s", reason_of(exc))
            return False
        return True
