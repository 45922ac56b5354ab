"""What visitors tell us about an answer: whether it helped, and what in a source is not right."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.language.personal_data import redact
from assistant.steps.screen_question import normalise
from web.database import AWAY, Database, reason_of
from web.tables import ratings, reports, turns

logger = logging.getLogger(__name__)

LONGEST_TEXT = 1000
"""Characters of a visitor's own words that are kept."""
REPORTS_PER_TURN = 20
"""More than any answer cites: what comes after it is no report."""
REPORTS_PER_SOURCE = 20
"""From its own page, in a day: by then the editors know, and nobody can fill their inbox."""


class Feedback:
    """The tables of ratings and reports. What cannot be stored now raises one of `AWAY`: nobody is thanked for it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rate(self, turn: UUID, helped: bool, reason: str | None) -> bool:
        """Stores whether an answer helped; a second rating takes the place of the first.

        False when nothing was stored, because the turn is unknown. Raises one of `AWAY`.
        """
        values = {"id": uuid4(), "turn": turn, "helped": helped, "reason": screened(reason)}

        async def replace_rating(connection: AsyncConnection, about: Mapping[str, Any]) -> bool:
            await connection.execute(delete(ratings).where(ratings.c.turn == turn))
            facts = {"outcome": about["outcome"], "municipality": about["municipality"]}
            await connection.execute(insert(ratings).values(created=datetime.now(UTC), **values, **facts))
            return True

        return await self._store(turn, replace_rating)

    async def report(self, turn: UUID, source: str, text: str | None) -> bool:
        """Stores that something in a source is not right.

        False when nothing was stored: an unknown turn, or a source that this turn did not show. Raises one of `AWAY`.
        """
        values = {"id": uuid4(), "turn": turn, "source": source, "text": screened(text), "status": "open"}

        async def add_report(connection: AsyncConnection, about: Mapping[str, Any]) -> bool:
            earlier = (await connection.execute(select(reports.c.id).where(reports.c.turn == turn))).all()
            if source not in about["sources"] or len(earlier) >= REPORTS_PER_TURN:
                return False
            await connection.execute(insert(reports).values(created=datetime.now(UTC), **values))
            return True

        return await self._store(turn, add_report)

    async def report_page(self, source: str, text: str | None) -> bool:
        """Stores that something on the page of a source is not right; the caller knows that there is such a source.

        False when nothing was stored, because there are reports enough of today. Raises one of `AWAY`.
        """
        now = datetime.now(UTC)
        values = {"id": uuid4(), "source": source, "text": screened(text), "status": "open", "created": now}
        today = reports.c.turn.is_(None) & (reports.c.source == source) & (reports.c.created > now - timedelta(days=1))
        with telling():
            async with self._database.begin() as connection:
                earlier = (await connection.execute(select(func.count()).where(today))).scalar_one()
                if earlier >= REPORTS_PER_SOURCE:
                    return False
                await connection.execute(insert(reports).values(values))
                return True

    async def forget(self, days: int) -> None:
        """Takes the words out of feedback that is older than this many days; the counts stay."""
        limit = datetime.now(UTC) - timedelta(days=days)
        old_reasons = ratings.c.reason.is_not(None) & (ratings.c.created < limit)
        old_texts = reports.c.text.is_not(None) & (reports.c.created < limit)
        try:
            await self._database.write(
                update(ratings).where(old_reasons).values(reason=None),
                update(reports).where(old_texts).values(text=None),
            )
        except AWAY as exc:
            logger.warning("old feedback was not cleaned, the database is away: %s", reason_of(exc))

    async def _store(self, turn: UUID, work: Any) -> bool:
        with telling():
            async with self._database.begin() as connection:
                about = (await connection.execute(select(turns).where(turns.c.id == turn))).mappings().first()
                return about is not None and await work(connection, about)


@contextmanager
def telling() -> Iterator[None]:
    """Says in the log what was not kept; the error goes on."""
    try:
        yield
    except AWAY as exc:
        logger.warning("feedback was not kept, the database is away: %s", reason_of(exc))
        raise


def screened(text: str | None) -> str | None:
    """The words without personal data and invisible characters, cut at the longest that we keep; None when blank."""
    words, _ = redact(normalise((text or "")[: 2 * LONGEST_TEXT]))
    return words[:LONGEST_TEXT] or None
