"""Every table of the database in one place; `web/migrations/` brings an older database to this shape.

What visitors type is only ever stored redacted, and is deleted with its turn (`web/conversations.py`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
)


class Moment(TypeDecorator[datetime]):
    """A moment in time, always aware and in UTC: SQLite itself forgets the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
metadata = MetaData(naming_convention=NAMES)

turns = Table(
    "turns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("conversation", Uuid, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("created", Moment, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("municipality", String(40)),
    Column("sources", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("theme", String(60)),
    Column("gap", Uuid, index=True),
)
"""One question and its answer. `theme` is that of the nearest source; `gap` the gap that the question belongs to."""

ratings = Table(
    "ratings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("turn", Uuid, nullable=False, unique=True),
    Column("created", Moment, nullable=False, index=True),
    Column("helped", Boolean, nullable=False),
    Column("reason", Text),
    Column("outcome", String(40), nullable=False),
    Column("municipality", String(40)),
)
"""Whether an answer helped. It outlives its turn, but then without `reason`."""

reports = Table(
    "reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("turn", Uuid, index=True),
    Column("source", String(120), nullable=False, index=True),
    Column("created", Moment, nullable=False, index=True),
    Column("text", Text),
    Column("status", String(20), nullable=False, index=True),
    Column("note", Text),
    Column("handled", Moment),
    Column("handled_by", String(120)),
)
"""‘Klopt dit niet?’ on a source that a turn showed, or, without a `turn`, on the page of that source.

It outlives its turn, but then without `text`; `note` is the editor's.
"""

editors = Table(
    "editors",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("password_hash", String(300)),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    Column("subject", String(300), unique=True),
)
"""Who may enter the desk: with a password, or (`subject`) through OpenID Connect. `name` is folded."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("editor", Uuid, ForeignKey("editors.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False, index=True),
)
"""Who is signed in. `digest` is of the token in the cookie: a copy of the database lets nobody in."""

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index("ix_sign_in_failures_key_at", "key", "at"),
)
"""Wrong passwords, by digest of the name and of the visitor's address, so that guessing is slow."""

rate_windows = Table(
    "rate_windows",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("hits", Integer, nullable=False),
)
"""How often somebody asked, by digest of who it is; `start` is in seconds since 1970. Only when processes share."""

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False, index=True),
    Column("editor", String(120), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("details", JSON, nullable=False),
)
"""Who did what at the desk. The database itself refuses to change or delete a line."""

gaps = Table(
    "gaps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("label", Text, nullable=False),
    Column("municipality", String(40)),
    Column("theme", String(60)),
    Column("status", String(20), nullable=False, index=True),
    Column("vector", LargeBinary, nullable=False),
    Column("model", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False, index=True),
)
"""Questions of one meaning that we could not answer. `vector` (float32) is of the first, made by `model`."""

notices = Table(
    "notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("text", Text, nullable=False),
    Column("municipality", String(40)),
    Column("theme", String(60)),
    Column("topic", String(60)),
    Column("starts", String(10), nullable=False),
    Column("ends", String(10), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("editor", String(120), nullable=False),
)
"""What stands above matching answers for a while; the days (YYYY-MM-DD) are the first and the last."""

fixed_answers = Table(
    "fixed_answers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("questions", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("municipality", String(40)),
    Column("active", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
    Column("editor", String(120), nullable=False),
)
"""An answer that the editors wrote for chosen questions, with the sources that it rests on."""

switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("editor", String(120), nullable=False),
)
"""What an editor can turn on or off for everybody, such as answering itself."""
