"""Keeps every source as it was last read and split, so that a refresh reads only what changed and holds one at a time.

The file is a cache, as that of the vectors is: it may be deleted, and a damaged one is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from assistant import domain
from assistant.domain import Chunk, Source
from assistant.language import sentences
from ingest import chunking, front_matter, reading
from ingest.cache_file import open_cache

_SOURCE = TypeAdapter(Source)
_CHUNKS = TypeAdapter(tuple[Chunk, ...])
COLUMNS = """key TEXT PRIMARY KEY, id TEXT NOT NULL, desks TEXT NOT NULL,
    excluded INTEGER NOT NULL, source BLOB NOT NULL, chunks BLOB"""


@dataclass(frozen=True, slots=True)
class Label:
    """What can be known of a source without taking it from the shelf."""

    id: str
    desks: tuple[str, ...] = ()
    """The municipalities that it is the desk of."""
    excluded: bool = False
    """Kept in the corpus, but left out of the index by an editor."""


class Shelf:
    """Sources and their chunks in one SQLite file, by the digest of what they were read from."""

    def __init__(self, path: Path, model: str) -> None:
        """`model` is the encoder that counts the tokens of a chunk; another one splits anew."""
        self._prefix = f"{model}\0{program_digest()}\0"
        self._db = open_cache(path, "kept", COLUMNS)

    def label(self, digest: str) -> Label | None:
        """The label of a source; None when it was not read yet."""
        row = self._db.execute("SELECT id, desks, excluded FROM kept WHERE key = ?", (self._key(digest),)).fetchone()
        return Label(row[0], tuple(filter(None, row[1].split("|"))), bool(row[2])) if row else None

    def put(self, digest: str, source: Source, *, excluded: bool = False) -> Label:
        """Keeps a source and gives its label; `commit` makes it durable."""
        label = Label(source.id, source.municipalities if source.desk else (), excluded)
        row = (self._key(digest), source.id, "|".join(label.desks), excluded, _SOURCE.dump_json(source))
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, NULL)", row)
        return label

    def source(self, digest: str) -> Source:
        """A source that was put. Raises `KeyError`."""
        row = self._db.execute("SELECT source FROM kept WHERE key = ?", (self._key(digest),)).fetchone()
        if row is None:
            raise KeyError(digest)
        return _SOURCE.validate_json(row[0])

    def chunks(self, digest: str) -> tuple[Chunk, ...] | None:
        """The chunks of a source; None when it was not split yet."""
        row = self._db.execute("SELECT chunks FROM kept WHERE key = ?", (self._key(digest),)).fetchone()
        return None if row is None or row[0] is None else _CHUNKS.validate_json(row[0])

    def put_chunks(self, digest: str, chunks: tuple[Chunk, ...]) -> None:
        """Keeps the chunks of a source that was put."""
        self._db.execute("UPDATE kept SET chunks = ? WHERE key = ?", (_CHUNKS.dump_json(chunks), self._key(digest)))

    def commit(self) -> None:
        """Makes what was put durable."""
        self._db.commit()

    def keep_only(self, digests: Iterable[str]) -> None:
        """Forgets every other source."""
        with self._db:
            self._db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", self._keys(digests))
            self._db.execute("DELETE FROM kept WHERE key NOT IN (SELECT key FROM wanted)")

    def close(self) -> None:
        """Closes the file; what was put stays."""
        self._db.commit()
        self._db.close()

    def _keys(self, digests: Iterable[str]) -> Iterator[tuple[str]]:
        return ((self._key(digest),) for digest in digests)

    def _key(self, digest: str) -> str:
        return hashlib.sha256((self._prefix + digest).encode()).hexdigest()


@cache
def program_digest() -> str:
    """Changes with the code that reads and splits: what an older program made of a file is not used again."""
    shapers = (domain, sentences, front_matter, reading, chunking)
    code = b"\0".join(Path(str(module.__file__)).read_bytes() for module in shapers)
    return hashlib.sha256(code).hexdigest()
