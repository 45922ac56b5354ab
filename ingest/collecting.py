"""Collects what belongs in the index: the files of the corpus and what stands next to them.

A file is only parsed when its bytes are new; everything else comes from the shelf, one source at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Beyond, Place
from assistant.errors import CorpusError
from assistant.rules.examples import load_examples
from ingest.beyond import read_beyond
from ingest.crawl import Followed
from ingest.places import read_places
from ingest.reading import corpus_files, read_file
from ingest.shelf import Label, Shelf

READING = "Bronnen lezen"
COMMIT_EVERY = 200
"""Files after which what was read is made durable."""

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One source that belongs in the index; the shelf has it under `digest`, and `where` is its file or page."""

    label: Label
    digest: str
    where: str

    @property
    def id(self) -> str:
        """The id of the source."""
        return self.label.id


@dataclass(frozen=True, slots=True)
class Aside:
    """What belongs to a corpus next to its sources."""

    places: tuple[Place, ...]
    beyond: tuple[Beyond, ...]


def read_aside(corpus: Path) -> Aside:
    """Places, and examples of what our sources do not cover. Raises `CorpusError`."""
    return Aside(read_places(corpus), (*read_beyond(corpus), *load_examples()))


def collect_files(corpus: Path, shelf: Shelf, progress: Progress) -> list[Entry]:
    """All sources of a corpus folder, sorted by file. Raises `CorpusError` with every problem at once."""
    paths = list(corpus_files(corpus))
    entries, problems = [], []
    progress(READING, 0, len(paths))
    for done, path in enumerate(paths, 1):
        try:
            entries.append(_entry(path, shelf))
        except CorpusError as exc:
            problems += exc.problems
        if done % COMMIT_EVERY == 0 or done == len(paths):
            shelf.commit()
            progress(READING, done, len(paths))
    problems += clashes(entries)
    if problems:
        raise CorpusError(problems)
    return [entry for entry in entries if not entry.label.excluded]


def clashes(entries: Iterable[Entry]) -> list[str]:
    """An id names one source, and a municipality has one desk."""
    first: dict[str, str] = {}
    desks: dict[str, str] = {}
    found = []
    for entry in entries:
        if entry.id in first:
            found.append(
                f"{entry.where}:2: id: {entry.id!r} is used in {first[entry.id]} too; give one of them another id"
            )
        for place in entry.label.desks:
            if place in desks:
                found.append(f"{entry.where}:1: loket: {desks[place]} is the desk of {place} already; keep one")
            desks.setdefault(place, entry.where)
        first.setdefault(entry.id, entry.where)
    return found


def collect_pages(followed: Followed, shelf: Shelf, files: Sequence[Entry]) -> list[Entry]:
    """The pages of followed sites. What an editor wrote in a file goes before a page with the same id."""
    taken = {entry.id for entry in files}
    entries = []
    for page in followed.sources:
        if page.source.id not in taken and page.source.text:
            label = shelf.label(page.digest) or shelf.put(page.digest, page.source)
            entries.append(Entry(label, page.digest, page.url))
            taken.add(page.source.id)
    shelf.commit()
    return entries


def _entry(path: Path, shelf: Shelf) -> Entry:
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as exc:
        raise CorpusError([f"{path}:1: cannot be read ({exc})"]) from exc
    label = shelf.label(digest)
    if label is None:
        reading = read_file(path)
        label = shelf.put(digest, reading.source, excluded=bool(reading.matter.uitgesloten))
    return Entry(label, digest, str(path))
