"""Feedback of visitors, and all that the editors' desk keeps."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the columns and the tables, and closes the log."""
    op.add_column("turns", sa.Column("theme", sa.String(60)))
    op.add_column("turns", sa.Column("gap", sa.Uuid))
    op.create_index("ix_turns_gap", "turns", ["gap"])
    for name, columns in TABLES.items():
        op.create_table(name, *columns)
    for table, columns_of_index in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns_of_index)}", table, columns_of_index)
    close_log()


def close_log() -> None:
    """Lets the database refuse every change of a line in the log."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER log_no_{verb.lower()} BEFORE {verb} ON log "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change()"
        )


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column with a moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def needed(name: str, kind: Any) -> sa.Column[Any]:
    """A column that is never empty."""
    return sa.Column(name, kind, nullable=False)


def key() -> sa.Column[Any]:
    """The key that most tables have."""
    return sa.Column("id", sa.Uuid, primary_key=True)


TABLES: dict[str, list[SchemaItem]] = {
    "ratings": [
        key(),
        needed("turn", sa.Uuid),
        moment("created"),
        needed("helped", sa.Boolean),
        sa.Column("reason", sa.Text),
        needed("outcome", sa.String(40)),
        sa.Column("municipality", sa.String(40)),
        sa.UniqueConstraint("turn", name="uq_ratings_turn"),
    ],
    "reports": [
        key(),
        needed("turn", sa.Uuid),
        needed("source", sa.String(120)),
        moment("created"),
        sa.Column("text", sa.Text),
        needed("status", sa.String(20)),
        sa.Column("note", sa.Text),
        moment("handled", nullable=True),
        sa.Column("handled_by", sa.String(120)),
    ],
    "editors": [
        key(),
        needed("name", sa.String(120)),
        sa.Column("password_hash", sa.String(300)),
        needed("role", sa.String(20)),
        needed("active", sa.Boolean),
        moment("created"),
        sa.Column("subject", sa.String(300)),
        sa.UniqueConstraint("name", name="uq_editors_name"),
        sa.UniqueConstraint("subject", name="uq_editors_subject"),
    ],
    "sessions": [
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("editor", sa.Uuid, sa.ForeignKey("editors.id", ondelete="CASCADE"), nullable=False),
        needed("csrf", sa.String(64)),
        moment("created"),
        moment("seen"),
    ],
    "sign_in_failures": [key(), needed("key", sa.String(64)), moment("at")],
    "log": [
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        moment("at"),
        needed("editor", sa.String(120)),
        needed("action", sa.String(60)),
        needed("subject", sa.String(200)),
        needed("details", sa.JSON),
    ],
    "gaps": [
        key(),
        needed("label", sa.Text),
        sa.Column("municipality", sa.String(40)),
        sa.Column("theme", sa.String(60)),
        needed("status", sa.String(20)),
        needed("vector", sa.LargeBinary),
        needed("model", sa.String(200)),
        moment("created"),
        moment("seen"),
    ],
    "notices": [
        key(),
        needed("text", sa.Text),
        sa.Column("municipality", sa.String(40)),
        sa.Column("theme", sa.String(60)),
        sa.Column("topic", sa.String(60)),
        needed("starts", sa.String(10)),
        needed("ends", sa.String(10)),
        moment("created"),
        needed("editor", sa.String(120)),
    ],
    "fixed_answers": [
        key(),
        needed("questions", sa.JSON),
        needed("text", sa.Text),
        needed("sources", sa.JSON),
        sa.Column("municipality", sa.String(40)),
        needed("active", sa.Boolean),
        moment("created"),
        needed("editor", sa.String(120)),
    ],
    "switches": [
        sa.Column("name", sa.String(40), primary_key=True),
        needed("value", sa.JSON),
        moment("changed"),
        needed("editor", sa.String(120)),
    ],
}

INDEXES: tuple[tuple[str, list[str]], ...] = (
    ("ratings", ["created"]),
    ("reports", ["turn"]),
    ("reports", ["source"]),
    ("reports", ["created"]),
    ("reports", ["status"]),
    ("sessions", ["editor"]),
    ("sessions", ["seen"]),
    ("sign_in_failures", ["at"]),
    ("sign_in_failures", ["key", "at"]),
    ("log", ["at"]),
    ("gaps", ["status"]),
    ("gaps", ["seen"]),
    ("notices", ["ends"]),
)
