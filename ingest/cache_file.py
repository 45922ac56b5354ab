"""Opens an SQLite file that is only a cache: it may be deleted, so a damaged one is made anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def open_cache(path: Path, table: str, columns: str) -> sqlite3.Connection:
    """The file with its table, and a temporary table `wanted` of keys, in a file of its own so that it takes no memory.

    The folder is made when it is not there. What was committed survives a crash of this process; a damaged file costs
    time, not answers.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=30)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        db.execute(f"SELECT count(*) FROM {table}").fetchone()
    except sqlite3.DatabaseError as exc:
        db.close()
        if exc.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise  # in use is not damaged
        for damaged in path.parent.glob(f"{path.name}*"):
            damaged.unlink()
        return open_cache(path, table, columns)
    db.execute("CREATE TEMP TABLE wanted (key TEXT PRIMARY KEY)")
    return db
