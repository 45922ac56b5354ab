"""Says what would change: which sources are new, changed or gone, and word by word what a changed one says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from assistant.domain import Manifest, Source
from assistant.index import Index
from assistant.index.points import point_id, read_source
from ingest.collecting import Entry
from ingest.shelf import Shelf

MOST_TOLD = 200
"""Sources of each kind of which a report tells the words; of the others it gives the id."""
CONTEXT = 8
"""Words that stay on either side of a change."""
LONGEST = 6000
"""Words of a source that are compared; what comes behind is told as one piece."""

Mark = Literal["same", "gone", "new", "cut"]
"""What became of some words; `cut` stands for words that stayed and are not repeated."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The ids of the sources that are new, changed and gone, between what is live and what is wanted."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a source, and what became of them."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One source that changed. `fields` has a word diff for each field that is not the same any more."""

    id: str
    title: str
    url: str
    fields: tuple[tuple[str, tuple[Piece, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a report tells of a difference: at most `MOST_TOLD` sources of each kind."""

    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()


def compare(live: Manifest | None, wanted: Mapping[str, str]) -> Difference:
    """The difference in digests; without a live generation everything is new."""
    before: Mapping[str, str] = live.digests if live else {}
    return Difference(
        tuple(id for id in wanted if id not in before),
        tuple(id for id in wanted if id in before and wanted[id] != before[id]),
        tuple(id for id in before if id not in wanted),
    )


async def tell_changes(difference: Difference, live: Index | None, entries: Sequence[Entry], shelf: Shelf) -> Changes:
    """The words of what changed, from the live generation and from the shelf."""
    told = {id for ids in (difference.new, difference.changed) for id in ids[:MOST_TOLD]}
    after = {entry.id: shelf.source(entry.digest) for entry in entries if entry.id in told}
    asked = (*difference.changed[:MOST_TOLD], *difference.gone[:MOST_TOLD])
    points = await live.retrieve([point_id("source", id) for id in asked]) if live else []
    before = {source.id: source for source in map(read_source, points)}
    return Changes(
        new=tuple(_named(after[id]) for id in difference.new[:MOST_TOLD]),
        changed=tuple(
            Change(id, after[id].title, after[id].url, tuple(changed_fields(before[id], after[id])))
            for id in difference.changed[:MOST_TOLD]
            if id in before
        ),
        gone=tuple(_named(before[id]) for id in difference.gone[:MOST_TOLD] if id in before),
    )


def _named(source: Source) -> Change:
    return Change(source.id, source.title, source.url)


def changed_fields(before: Source, after: Source) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The Dutch name of each field that an editor knows and that changed, with its words."""
    then, now = _fields(before), _fields(after)
    for name in now:
        if then[name] != now[name]:
            yield name, word_diff(then[name], now[name])


def _fields(source: Source) -> dict[str, str]:
    contact = source.contact
    reach = (contact.phone, contact.email, contact.address, contact.website, contact.opening_hours, contact.costs)
    return {
        "titel": source.title,
        "soort": source.kind.value,
        "organisatie": source.organisation or "",
        "gemeenten": ", ".join(source.municipalities),
        "thema's": ", ".join(source.themes),
        "onderwerpen": ", ".join(source.topics),
        "doelgroep": ", ".join(source.audience),
        "contact": " · ".join(filter(None, reach)),
        "bron": f"{source.url} ({source.url_title}, {source.publisher})",
        "datum van de bron": source.date or "",
        "loket": "ja" if source.desk else "",
        "plek": {1: "vooraan", -1: "achteraan"}.get(source.boost, ""),
        "vragen": " · ".join(source.questions),
        "gecontroleerd": source.checked,
        "tekst": source.text,
    }


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts, marked. Long stretches that stayed the same are cut down to what stands around."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old[:LONGEST], new[:LONGEST], autojunk=len(old) > 2000)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces += _shortened(old[a:b], is_first=a == 0, is_last=b == len(old))
        else:
            pieces += [Piece("gone", " ".join(old[a:b]))] if b > a else []
            pieces += [Piece("new", " ".join(new[c:d]))] if d > c else []
    if old[LONGEST:] != new[LONGEST:]:
        pieces += [Piece("gone", " ".join(old[LONGEST:])), Piece("new", " ".join(new[LONGEST:]))]
    return tuple(_joined(piece for piece in pieces if piece.text))


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> list[Piece]:
    head = 0 if is_first else CONTEXT
    tail = 0 if is_last else CONTEXT
    if len(words) <= head + tail + CONTEXT:
        return [Piece("same", " ".join(words))]
    middle = Piece("cut", "…")
    return [Piece("same", " ".join(words[:head])), middle, Piece("same", " ".join(words[len(words) - tail :]))]


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours with the same mark as one piece."""
    for mark, group in groupby(pieces, key=lambda piece: piece.mark):
        yield Piece(mark, " ".join(piece.text for piece in group))
