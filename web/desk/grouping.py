"""Puts questions that we could not answer together by meaning, so that editors see what is missing and how often."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select, update

from assistant import Assistant
from assistant.domain import Outcome
from assistant.errors import MarkewijzerError
from web.database import AWAY, AnyRow, Database, reason_of
from web.tables import gaps, ratings, turns

logger = logging.getLogger(__name__)

NEW = "nieuw"
STATUSES = (NEW, "te schrijven", "partner vragen", "buiten bereik", "klaar")
SAME_MEANING = 0.88
"""Cosine of two questions. Seen with the bundled encoder: 0.87 to 0.98 for the same wish, at most 0.85 for another."""
AT_ONCE = 200
"""Questions that are grouped in one go, so that a page never waits long."""

Vectors = NDArray[np.float32]


@dataclass(slots=True)
class Group:
    """A gap while questions are added to it."""

    id: UUID
    vector: Vectors
    municipality: str | None


async def keep_grouped(database: Database, assistant: Assistant) -> None:
    """Groups what is new before a page counts it; while the encoder is away that waits. May raise one of `AWAY`."""
    try:
        await group_new(database, assistant)
    except MarkewijzerError as exc:
        logger.warning("new questions were not grouped: %s", exc)


async def group_new(database: Database, assistant: Assistant) -> int:
    """Puts the questions that came since the last time into gaps, old or new; how many. May raise one of `AWAY`."""
    fresh = await ungrouped(database)
    if not fresh:
        return 0
    vectors = await assistant.embed_questions([row.search_text or row.question for row in fresh])
    model = assistant.embedding_model
    known = await database.read(select(gaps).where(gaps.c.model == model))
    groups = [Group(row.id, np.frombuffer(row.vector, dtype=np.float32), row.municipality) for row in known]
    async with database.begin() as connection:
        for row, numbers in zip(fresh, vectors, strict=True):
            vector = np.asarray(numbers, dtype=np.float32)
            group = nearest(groups, vector, row.municipality)
            if group is None:
                group = Group(uuid4(), vector, row.municipality)
                groups.append(group)
                await connection.execute(insert(gaps).values(new_gap(group, row, model)))
            else:
                await connection.execute(update(gaps).where(gaps.c.id == group.id).values(seen=row.created))
            await connection.execute(update(turns).where(turns.c.id == row.id).values(gap=group.id))
    logger.info("grouped %d questions into %d gaps", len(fresh), len(groups))
    return len(fresh)


async def ungrouped(database: Database) -> Sequence[AnyRow]:
    """Turns that were not answered, or did not help, and are in no gap yet; oldest first."""
    wanting = (turns.c.outcome == Outcome.UNANSWERABLE.value) | ratings.c.helped.is_(False)
    query = (
        select(turns)
        .join_from(turns, ratings, ratings.c.turn == turns.c.id, isouter=True)
        .where(turns.c.gap.is_(None), wanting)
    )
    return await database.read(query.order_by(turns.c.created).limit(AT_ONCE))


def nearest(groups: Iterable[Group], vector: Vectors, municipality: str | None) -> Group | None:
    """The group of the same place that means the same, None when there is none."""
    near = [(float(group.vector @ vector), group) for group in groups if group.municipality == municipality]
    score, group = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return group if score >= SAME_MEANING else None


def new_gap(group: Group, row: AnyRow, model: str) -> dict[str, Any]:
    """A gap that opens with this turn."""
    return {
        "id": group.id,
        "label": row.question,
        "municipality": row.municipality,
        "theme": row.theme,
        "status": NEW,
        "vector": group.vector.tobytes(),
        "model": model,
        "created": row.created,
        "seen": row.created,
    }


async def forget_gaps(database: Database, days: int) -> None:
    """Deletes the gaps that no editor has looked at and whose last question is deleted; their label is a visitor's."""
    old = gaps.c.seen < datetime.now(UTC) - timedelta(days=days)
    try:
        await database.write(delete(gaps).where(gaps.c.status == NEW, old))
    except AWAY as exc:
        logger.warning("old gaps were not deleted, the database is away: %s", reason_of(exc))
