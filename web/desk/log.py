"""Who did what at the desk. Lines are only ever added; the database itself refuses anything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from web.database import Database
from web.tables import log


async def write_log(
    database: Database, editor: str, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> None:
    """Adds a line: `action` is a Dutch verb phrase such as ‘bron uitgesloten’, `subject` what it was done to.

    May raise one of `AWAY`: an act that cannot be logged is an error that the editor sees.
    """
    line = {"at": datetime.now(UTC), "editor": editor, "action": action, "subject": subject[:200]}
    await database.write(insert(log).values(**line, details=dict(details or {})))
