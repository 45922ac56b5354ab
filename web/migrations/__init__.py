"""Brings a database to the tables of this version (Alembic); each file in `versions/` is one step.

Alembic is only loaded when there is a step to take: a start, which mostly finds none, would wait a tenth of a second.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from alembic.config import Config

LOCK = 0x6D61726B
"""Our number among PostgreSQL's advisory locks."""


class MigrationFailed(SQLAlchemyError):
    """The database is of a version that this program does not know."""


def migrate(connection: Connection) -> None:
    """Takes every step that this database has not had yet. Of several processes one does it, the others wait.

    Raises `MigrationFailed`, or another `SQLAlchemyError`.
    """
    lock(connection)
    upgrade(connection)
    connection.commit()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA busy_timeout=5000")


def lock(connection: Connection) -> None:
    """Begins a transaction that no other process can migrate beside; waits half a minute for it at most in SQLite."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA busy_timeout=30000")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Takes the steps up to a revision within the transaction. Raises `MigrationFailed`."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), revision)
    except CommandError as exc:
        connection.rollback()
        raise MigrationFailed(str(exc)) from exc


def revision_of(connection: Connection) -> str:
    """The last step that this database has had. Raises `SQLAlchemyError` when it never had one."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def is_current(connection: Connection) -> bool:
    """Whether this database has had every step; False for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return revision_of(connection) == newest()


@cache
def newest() -> str:
    """The last step that there is: a file is called by its revision, `v0002_desk.py`, and they count up."""
    return max(path.name[1:5] for path in (Path(__file__).parent / "versions").glob("v*.py"))


def configuration(connection: Connection) -> Config:
    """Alembic's configuration without a file: all it needs is where the steps are, and on what to take them."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "web:migrations")
    config.attributes["connection"] = connection
    return config
