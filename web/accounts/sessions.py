"""Who is signed in now: a random token in a cookie, of which the database holds only the digest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, update

from web.accounts.editors import Editor, editor_of
from web.database import Database
from web.tables import editors, sessions

LASTS = timedelta(hours=12)
"""From signing in, whatever happens: about a working day."""
IDLE = timedelta(hours=2)
"""Since the last page that was opened."""
SEEN_EVERY = timedelta(minutes=1)
"""Not every page writes to the database."""


@dataclass(frozen=True, slots=True)
class Session:
    """An editor who is signed in; `csrf` stands in each of their forms."""

    editor: Editor
    token: str
    csrf: str


class Sessions:
    """The table of sessions. Everything here may raise one of `AWAY`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, editor: Editor) -> Session:
        """Signs somebody in, always under a new token."""
        session = Session(editor, secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        now = datetime.now(UTC)
        values = {"digest": digest(session.token), "editor": editor.id, "csrf": session.csrf}
        await self._database.write(insert(sessions).values(created=now, seen=now, **values))
        return session

    async def find(self, token: str) -> Session | None:
        """The session behind a token; None when it is unknown or over, or the account was closed."""
        now = datetime.now(UTC)
        alive = (sessions.c.created > now - LASTS) & (sessions.c.seen > now - IDLE) & editors.c.active
        found = (
            select(editors, sessions.c.csrf, sessions.c.seen)
            .join_from(sessions, editors)
            .where(sessions.c.digest == digest(token), alive)
        )
        row = await self._database.first(found)
        if row is None:
            return None
        if row.seen < now - SEEN_EVERY:
            await self._database.write(update(sessions).where(sessions.c.digest == digest(token)).values(seen=now))
        return Session(editor_of(row), token, row.csrf)

    async def end(self, token: str) -> None:
        """Signs out."""
        await self._database.write(delete(sessions).where(sessions.c.digest == digest(token)))

    async def forget(self) -> None:
        """Deletes the sessions that are over."""
        now = datetime.now(UTC)
        over = (sessions.c.created <= now - LASTS) | (sessions.c.seen <= now - IDLE)
        await self._database.write(delete(sessions).where(over))


def digest(token: str) -> str:
    """What is stored of a token. It is random and long, so a fast digest is safe."""
    return sha256(token.encode()).hexdigest()
