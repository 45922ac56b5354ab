"""A cache keeps what was committed, and a damaged file is made anew instead of stopping a refresh."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from ingest.cache_file import open_cache

COLUMNS = "key TEXT PRIMARY KEY"


def keys(path: Path) -> list[str]:
    with closing(open_cache(path, "kept", COLUMNS)) as db:
        return [row[0] for row in db.execute("SELECT key FROM kept")]


def written(folder: Path) -> Path:
    """A cache with one row, in a folder that did not exist."""
    path = folder / "new" / "cache.sqlite"
    with closing(open_cache(path, "kept", COLUMNS)) as db, db:
        db.execute("INSERT INTO kept VALUES ('a')")
    return path


def test_what_was_committed_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    assert keys(written(tmp_path)) == ["a"]


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(b"kapot" * 1000)

    assert keys(path) == []
