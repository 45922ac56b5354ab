"""One file with all that cannot be made again: the tables and the corpus. The index follows from those.

The file is the same for every kind of database, so it also moves SQLite to PostgreSQL. Sessions stay out of it:
after a restore everybody signs in again.
"""

from __future__ import annotations

import base64
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, Table, Uuid, func, insert, inspect, select, text

from web.database import Database
from web.migrations import MigrationFailed, lock, revision_of, upgrade
from web.tables import Moment, metadata, rate_windows, sessions, sign_in_failures

FORMAT = 1
LEFT_OUT = (sessions, sign_in_failures, rate_windows)
TABLES: Sequence[Table] = [table for table in metadata.sorted_tables if table not in LEFT_OUT]
MANIFEST = "manifest.json"
IN_CORPUS = frozenset({".md", ".csv", ".yaml"})


class BackupFailed(Exception):
    """The file is no backup of ours, is damaged, or would overwrite what is there; the message says which."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, or what was restored from it."""

    rows: int
    files: int


async def back_up(database: Database, corpus: Path, file: Path) -> Contents:
    """Writes the file, which only its owner can read; a file that was there is replaced in one step."""
    await database.prepare()
    async with database.patient.connect() as connection:
        revision, tables = await connection.run_sync(read_tables)
    members = {f"tables/{name}.jsonl": content for name, (content, _) in tables.items()}
    members |= {f"corpus/{path.relative_to(corpus).as_posix()}": path.read_bytes() for path in files_of(corpus)}
    digests = {name: sha256(content).hexdigest() for name, content in members.items()}
    manifest = {"format": FORMAT, "created": datetime.now(UTC).isoformat(), "revision": revision, "sha256": digests}
    write_archive(file, {MANIFEST: json.dumps(manifest, indent=1).encode()} | members)
    rows = sum(count for _, count in tables.values())
    return Contents(rows, sum(name.startswith("corpus/") for name in members))


async def restore(database: Database, corpus: Path, file: Path, *, replace: bool = False) -> Contents:
    """Puts back what a backup holds. All is read and checked first; the tables change in one transaction.

    Raises `BackupFailed`; without `replace` also when the database is in use already.
    """
    revision, members = read_archive(file)
    async with database.patient.connect() as connection:
        rows = await connection.run_sync(fill, revision, members, replace)
    files = {name.removeprefix("corpus/"): content for name, content in members.items() if name.startswith("corpus/")}
    for name, content in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for path in files_of(corpus):
        if path.relative_to(corpus).as_posix() not in files:
            path.unlink()
    return Contents(rows, len(files))


def read_tables(connection: Connection) -> tuple[str, dict[str, tuple[bytes, int]]]:
    """The revision, and each table as lines of JSON with their number; all as of one moment."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")
    tables = {}
    for table in TABLES:
        rows = [as_json(dict(row)) for row in connection.execute(select(table)).mappings()]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        tables[table.name] = ("".join(f"{line}\n" for line in lines).encode(), len(lines))
    revision = revision_of(connection)
    connection.rollback()
    return revision, tables


def fill(connection: Connection, revision: str, members: Mapping[str, bytes], replace: bool) -> int:
    """Makes the tables anew as they were, fills them and brings them up to date; how many rows. In one transaction."""
    lock(connection)
    if not replace and is_used(connection):
        connection.rollback()
        raise BackupFailed("the database is in use already; say --replace to put the backup in its place")
    metadata.drop_all(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    try:
        upgrade(connection, revision)
        rows = sum(fill_table(connection, table, members.get(f"tables/{table.name}.jsonl", b"")) for table in TABLES)
        upgrade(connection)
    except (MigrationFailed, KeyError, ValueError) as exc:
        connection.rollback()
        raise BackupFailed(f"the backup is of another version ({revision}): {exc}") from exc
    connection.commit()
    return rows


def fill_table(connection: Connection, table: Table, content: bytes) -> int:
    """Inserts the rows of one table; how many."""
    rows = [as_values(table, json.loads(line)) for line in content.decode().splitlines()]
    if rows:
        connection.execute(insert(table), rows)
        if table.autoincrement_column is not None and connection.dialect.name == "postgresql":
            name = table.autoincrement_column.name
            sequence = f"pg_get_serial_sequence('{table.name}', '{name}')"
            connection.execute(text(f"SELECT setval({sequence}, (SELECT max({name}) FROM {table.name}))"))
    return len(rows)


def is_used(connection: Connection) -> bool:
    """Whether somebody has asked or edited something here."""
    present = set(inspect(connection).get_table_names())
    return any(connection.execute(select(func.count()).select_from(t)).scalar() for t in TABLES if t.name in present)


def as_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in the types that JSON has."""

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            return base64.b64encode(value).decode()
        return value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, UUID) else value

    return {name: plain(value) for name, value in row.items()}


def as_values(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row again in the types of its columns. Raises `KeyError` or `ValueError`."""

    def typed(name: str, value: Any) -> Any:
        kind = table.c[name].type
        if value is None:
            return None
        if isinstance(kind, Uuid):
            return UUID(value)
        if isinstance(kind, Moment):
            return datetime.fromisoformat(value)
        return base64.b64decode(value) if isinstance(kind, LargeBinary) else value

    return {name: typed(name, value) for name, value in row.items()}


def files_of(corpus: Path) -> Iterator[Path]:
    """The files of the corpus, sorted; none when the folder is not there."""
    found = sorted(corpus.rglob("*")) if corpus.is_dir() else []
    return (path for path in found if path.is_file() and path.suffix in IN_CORPUS)


def write_archive(file: Path, members: Mapping[str, bytes]) -> None:
    """Writes a gzipped tar beside the file and then in its place."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz") as archive:
            for name, content in members.items():
                member = tarfile.TarInfo(name)
                member.size, member.mode, member.mtime = len(content), 0o600, int(datetime.now(UTC).timestamp())
                archive.addfile(member, io.BytesIO(content))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(unfinished, file)


def read_archive(file: Path) -> tuple[str, dict[str, bytes]]:
    """The revision and the checked members. Nothing is unpacked to a name that the archive chooses freely."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = {m.name: archive.extractfile(m).read() for m in archive if m.isfile()}  # type: ignore[union-attr]
        manifest = json.loads(members.pop(MANIFEST))
        digests, revision = manifest["sha256"], str(manifest["revision"])
    except (OSError, EOFError, tarfile.TarError, KeyError, ValueError, TypeError) as exc:
        raise BackupFailed(f"{file}: no backup of ours, or damaged ({type(exc).__name__}: {exc})") from exc
    if manifest.get("format") != FORMAT:
        raise BackupFailed(f"{file}: has format {manifest.get('format')}, and this program reads format {FORMAT}")
    if {name: sha256(content).hexdigest() for name, content in members.items()} != digests:
        raise BackupFailed(f"{file}: is damaged: what it holds is not what was put in it")
    if wrong := [name for name in members if not is_safe(name)]:
        raise BackupFailed(f"{file}: holds {wrong[0]!r}, which belongs to no backup")
    return revision, members


def is_safe(name: str) -> bool:
    """Whether a member is a table or stays within the corpus."""
    path = PurePosixPath(name)
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in name and len(path.parts) > 1
    return inside and path.parts[0] in {"tables", "corpus"}
