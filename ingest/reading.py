"""Readers: what turns a file of the corpus into a source. One small class for each kind of file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.domain import Source
from assistant.errors import CorpusError
from ingest.front_matter import FrontMatter, parse_front_matter

FENCE = re.compile(r"\A---[ \t]*\n(?P<block>.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
NOT_SOURCES = {"README.md"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as it was read; `digest` changes with any byte of the file, `body_line` is where its text starts."""

    path: Path
    digest: str
    source: Source
    matter: FrontMatter
    body_line: int


class Reader(Protocol):
    """Reads one kind of file."""

    def suffixes(self) -> tuple[str, ...]:
        """The endings of the files that it reads."""

    def read(self, path: Path) -> Reading:
        """The source in a file. Raises `CorpusError` with a line for each mistake."""


class MarkdownReader:
    """Reads Markdown with front matter, the format of our own corpus."""

    def suffixes(self) -> tuple[str, ...]:
        """Markdown only."""
        return (".md",)

    def read(self, path: Path) -> Reading:
        """Checks the front matter strictly: a mistake is better found here than in an answer."""
        try:
            raw = path.read_bytes()
            text = raw.decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as exc:
            raise CorpusError([f"{path}:1: cannot be read ({exc}); save the file as UTF-8 text"]) from exc
        fenced = FENCE.match(text)
        if fenced is None:
            raise CorpusError([f"{path}:1: no front matter; start the file with `---`, the keys, and `---`"])
        matter, problems = parse_front_matter(fenced["block"])
        if matter is None:
            raise CorpusError([f"{path}:{line}: {message}" for line, message in problems])
        body_line = text[: fenced.end()].count("\n") + 1
        source = matter.to_source(text[fenced.end() :].strip())
        return Reading(path, hashlib.sha256(raw).hexdigest(), source, matter, body_line)


READERS: tuple[Reader, ...] = (MarkdownReader(),)


def corpus_files(corpus: Path) -> Iterator[Path]:
    """The files of a corpus that hold a source, sorted. Raises `CorpusError` when the folder is not there."""
    if not corpus.is_dir():
        raise CorpusError([f"{corpus}:1: no such folder; name the corpus with --corpus"])
    suffixes = {suffix for reader in READERS for suffix in reader.suffixes()}
    for path in sorted(corpus.rglob("*")):
        if path.suffix in suffixes and path.name not in NOT_SOURCES and path.is_file():
            yield path


def read_file(path: Path) -> Reading:
    """The source in a file, by the reader for its ending. Raises `CorpusError`."""
    for reader in READERS:
        if path.suffix in reader.suffixes():
            return reader.read(path)
    known = ", ".join(suffix for reader in READERS for suffix in reader.suffixes())
    raise CorpusError([f"{path}:1: no reader for {path.suffix!r}, only for {known}"])
