"""Brings a database to the tables of this version (Alembic); each file in `versions/` is one step."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

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


def newest() -> str:
    """The last step that there is."""
    config = Config()
    config.set_main_option("script_location", "web:migrations")
    return str(ScriptDirectory.from_config(config).get_current_head())


def configuration(connection: Connection) -> Config:
    """Alembic's configuration without a file: all it needs is where the steps are, and on what to take them."""
    config = Config()
    config.set_main_option("script_location", "web:migrations")
    config.attributes["connection"] = connection
    return config
