"""Signing in and out: the one place where a name and a password become a session."""

from __future__ import annotations

import logging

from web.accounts.attempts import Attempts
from web.accounts.editors import Editors
from web.accounts.passwords import is_password
from web.accounts.sessions import Session, Sessions
from web.database import AWAY, Database, reason_of

logger = logging.getLogger(__name__)


class Accounts:
    """Editors, their sessions and the attempts to get in."""

    def __init__(self, database: Database) -> None:
        self.editors = Editors(database)
        self.sessions = Sessions(database)
        self.attempts = Attempts(database)

    async def sign_in(self, name: str, password: str, visitor: str) -> Session | int:
        """A session; else the seconds to wait before another try, 0 when the name or the password was wrong.

        Unknown names take as long as wrong passwords. May raise one of `AWAY`.
        """
        attempt = await self.attempts.begin(name, visitor)
        if attempt.seconds_to_wait:
            return attempt.seconds_to_wait
        editor, kept = await self.editors.with_password(name)
        if not await is_password(password, kept) or editor is None:
            return 0
        await self.attempts.forgive(attempt)
        return await self.sessions.start(editor)

    async def forget(self) -> None:
        """Deletes sessions and attempts that are over."""
        try:
            await self.sessions.forget()
            await self.attempts.forget()
        except AWAY as exc:
            logger.warning("old sessions were not deleted, the database is away: %s", reason_of(exc))
