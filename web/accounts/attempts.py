"""Slows down the guessing of passwords, over all processes that share the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select

from web.accounts.editors import folded
from web.database import Database
from web.tables import sign_in_failures

WINDOW = timedelta(minutes=15)
PER_NAME_AND_VISITOR, PER_VISITOR, PER_NAME = 5, 20, 50
"""Wrong passwords within the window. One visitor cannot soon keep an editor out; very many together can for a while."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, as it was counted. It must not be made while there are seconds to wait."""

    rows: tuple[UUID, ...]
    seconds_to_wait: int


class Attempts:
    """The table of wrong passwords. Everything here may raise one of `AWAY`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, name: str, visitor: str) -> Attempt:
        """Counts an attempt as wrong before its password is looked at, whether the name exists or not.

        Else hundreds of attempts at the same moment would each find that few had failed yet. An attempt that has to
        wait is not counted: trying on does not make the wait longer.
        """
        now = datetime.now(UTC)
        ids = {key: uuid4() for key, _ in limits(name, visitor)}
        rows = [{"id": id, "key": key, "at": now} for key, id in ids.items()]
        await self._database.write(insert(sign_in_failures).values(rows))
        waits = [await self._wait(key, limit, now) for key, limit in limits(name, visitor)]
        attempt = Attempt(tuple(ids.values()), max(waits))
        if attempt.seconds_to_wait:
            await self.forgive(attempt)
        return attempt

    async def forgive(self, attempt: Attempt) -> None:
        """Takes back what was counted: the password was right."""
        await self._database.write(delete(sign_in_failures).where(sign_in_failures.c.id.in_(attempt.rows)))

    async def forget(self) -> None:
        """Deletes what no longer counts."""
        old = sign_in_failures.c.at < datetime.now(UTC) - WINDOW
        await self._database.write(delete(sign_in_failures).where(old))

    async def _wait(self, key: str, limit: int, now: datetime) -> int:
        counted = (sign_in_failures.c.key == key) & (sign_in_failures.c.at > now - WINDOW)
        query = select(func.count().label("failures"), func.min(sign_in_failures.c.at).label("first")).where(counted)
        row = await self._database.first(query)
        if row is None or row.failures <= limit:  # this attempt is one of them
            return 0
        return max(1, int((row.first + WINDOW - now).total_seconds()))


def limits(name: str, visitor: str) -> list[tuple[str, int]]:
    """What is counted, as digests, and how often it may go wrong."""
    both, address, who = f"{folded(name)}\n{visitor}", f"visitor\n{visitor}", f"name\n{folded(name)}"
    keys = [sha256(text.encode()).hexdigest() for text in (both, address, who)]
    return list(zip(keys, (PER_NAME_AND_VISITOR, PER_VISITOR, PER_NAME), strict=True))
