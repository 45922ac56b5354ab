"""Keeps every vector that was ever computed for the live corpus, so that a refresh embeds only what changed.

The file is a cache: it may be deleted, and a crash halfway through a refresh keeps what was computed until then.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.cache_file import open_cache

COLUMNS = "key TEXT PRIMARY KEY, floats BLOB NOT NULL"

Text = tuple[str, str]
"""(role, text): role is `text` or `question`, which the encoder embeds with different prompts."""


class VectorCache:
    """Vectors by model, role and text, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._db = open_cache(path, "vector", COLUMNS)

    def get(self, model: str, texts: Iterable[Text]) -> dict[Text, list[float]]:
        """The vectors that are known."""
        found: dict[Text, list[float]] = {}
        for text in texts:
            row = self._db.execute("SELECT floats FROM vector WHERE key = ?", (_key(model, text),)).fetchone()
            if row is not None:
                found[text] = array("f", row[0]).tolist()
        return found

    def put(self, model: str, texts: Sequence[Text], vectors: Sequence[Sequence[float]]) -> None:
        """Keeps vectors, at once and durably."""
        rows = [(_key(model, text), array("f", vector).tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def missing(self, model: str, texts: Iterable[Text]) -> list[Text]:
        """The texts without a vector, each told once; `keep_wanted` keeps all that were ever asked for here."""
        found = []
        for text in dict.fromkeys(texts):
            key = (_key(model, text),)
            first = self._db.execute("INSERT OR IGNORE INTO wanted VALUES (?)", key).rowcount
            if first and self._db.execute("SELECT 1 FROM vector WHERE key = ?", key).fetchone() is None:
                found.append(text)
        return found

    def keep_wanted(self) -> None:
        """Forgets the vectors of texts that nobody asked `missing` for: they are no longer in the corpus."""
        with self._db:
            self._db.execute("DELETE FROM vector WHERE key NOT IN (SELECT key FROM wanted)")

    def close(self) -> None:
        """Closes the file."""
        self._db.close()


def _key(model: str, text: Text) -> str:
    return hashlib.sha256("\0".join([model, *text]).encode()).hexdigest()
