"""From any older database to the tables of today, by one process or by several at once."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from tests.web.helpers import some_settings
from web.conversations import Conversations
from web.database import Database
from web.desk.log import write_log
from web.migrations import MigrationFailed, lock, newest, upgrade
from web.tables import log, metadata, reports, turns

BEFORE = """
CREATE TABLE turns (
    id CHAR(32) NOT NULL PRIMARY KEY, conversation CHAR(32) NOT NULL, position INTEGER NOT NULL,
    created DATETIME NOT NULL, question TEXT NOT NULL, search_text TEXT NOT NULL, outcome VARCHAR(40) NOT NULL,
    municipality VARCHAR(40), sources JSON NOT NULL, answer JSON NOT NULL
);
CREATE INDEX ix_turns_conversation ON turns (conversation);
CREATE INDEX ix_turns_created ON turns (created);
"""
"""What the program made before it had migrations."""

PREPARE = """
import asyncio, sys
from pathlib import Path
from tests.web.helpers import some_settings
from web.database import Database

async def prepare():
    database = Database.open(some_settings(Path(sys.argv[1]), database_url=sys.argv[2]))
    await database.prepare()
    await database.close()

asyncio.run(prepare())
"""
"""What each of several processes does."""


def test_the_newest_step_by_its_file_is_the_last_one_that_alembic_would_take() -> None:
    config = Config()
    config.set_main_option("script_location", "web:migrations")

    assert newest() == ScriptDirectory.from_config(config).get_current_head()


async def test_the_steps_lead_to_the_tables_that_the_program_uses(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    await database.prepare()

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_processes_that_start_together_do_not_trip_over_each_other(tmp_path: Path, database_url: str) -> None:
    program = [sys.executable, "-c", PREPARE, str(tmp_path), database_url]
    processes = [await asyncio.create_subprocess_exec(*program) for _ in range(4)]

    assert [await process.wait() for process in processes] == [0] * 4

    database = Database.open(some_settings(tmp_path, database_url=database_url))
    steps = await database.read(select(func.count()).select_from(text("alembic_version")))
    await database.close()
    assert steps[0][0] == 1


async def test_two_databases_of_one_process_do_not_trip_over_each_other(tmp_path: Path) -> None:
    databases = [Database.open(some_settings(tmp_path / str(number))) for number in range(6)]

    results = await asyncio.gather(*(database.prepare() for database in databases), return_exceptions=True)

    for database in databases:
        await database.close()
    assert results == [None] * 6


async def test_a_file_that_another_process_writes_to_is_opened_all_the_same(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "markewijzer.sqlite")
    other.executescript("CREATE TABLE turns (id); BEGIN IMMEDIATE; INSERT INTO turns VALUES (1);")
    database = Database.open(some_settings(tmp_path))

    async with database.engine.connect() as connection:
        rows = (await connection.execute(text("SELECT id FROM turns"))).all()

    await database.close()
    other.close()
    assert rows == []


async def test_a_database_from_before_the_migrations_keeps_its_turns(tmp_path: Path) -> None:
    conversation = uuid4()
    old = sqlite3.connect(tmp_path / "markewijzer.sqlite")
    old.executescript(BEFORE)
    old.execute(
        "INSERT INTO turns VALUES (?, ?, 1, '2026-11-01 10:00:00.000000', 'Wie helpt?', 'wie', 'answered', NULL, "
        "'[]', '{}')",
        (uuid4().hex, conversation.hex),
    )
    old.commit()
    old.close()
    database = Database.open(some_settings(tmp_path))

    (exchange,) = await Conversations(database).history(conversation)

    await database.close()
    assert exchange.question == "Wie helpt?"


async def test_reports_of_before_they_could_be_without_a_turn_are_kept(tmp_path: Path, database_url: str) -> None:
    database = Database.open(some_settings(tmp_path, database_url=database_url))
    turn = uuid4()

    def make_older(connection: Connection) -> None:
        lock(connection)
        upgrade(connection, "0003")
        row = {"id": uuid4(), "turn": turn, "source": "emmen-sedna", "created": datetime.now(UTC), "status": "open"}
        connection.execute(insert(reports).values(row))
        connection.commit()

    async with database.engine.connect() as connection:
        await connection.run_sync(make_older)

    (row,) = await database.read(select(reports))

    await database.close()
    assert (row.turn, row.source, row.status) == (turn, "emmen-sedna", "open")


async def test_a_database_of_a_newer_program_is_left_alone(
    database: Database, tmp_path: Path, database_url: str
) -> None:
    await database.write(text("UPDATE alembic_version SET version_num = '9999'"))
    older_program = Database.open(some_settings(tmp_path, database_url=database_url))

    with pytest.raises(MigrationFailed, match="9999"):
        await older_program.prepare()

    await older_program.close()


@pytest.mark.parametrize("change", ["UPDATE log SET editor = 'iemand anders'", "DELETE FROM log"])
async def test_the_database_refuses_to_change_the_log(database: Database, change: str) -> None:
    await write_log(database, "chef", "gepauzeerd", "Markewijzer")

    with pytest.raises(DBAPIError, match="append-only"):
        await database.write(text(change))

    assert [row.editor for row in await database.read(select(log))] == ["chef"]


async def test_a_moment_comes_back_in_utc(database: Database) -> None:
    await write_log(database, "chef", "gepauzeerd", "Markewijzer")

    (row,) = await database.read(select(log.c.at))

    assert row.at.utcoffset() is not None
    assert row.at.utcoffset().total_seconds() == 0


async def test_what_fails_within_a_transaction_leaves_nothing_behind(database: Database) -> None:
    id = uuid4()
    row = {"id": id, "conversation": id, "position": 1, "created": func.now(), "question": "?", "search_text": ""}

    with pytest.raises(DBAPIError):
        await database.write(
            insert(turns).values(row | {"outcome": "answered", "sources": [], "answer": {}}),
            text("INSERT INTO turns (id) VALUES (NULL)"),
        )

    assert await database.read(select(turns.c.id)) == []
