"""What the format alone cannot see: mistakes between files and inside texts. `python -m ingest check` prints them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from assistant.domain import Source
from assistant.errors import CorpusError
from assistant.language.analysis import terms
from ingest.beyond import read_beyond
from ingest.places import read_places
from ingest.reading import Reading, corpus_files, read_file

FEWEST_WORDS = 8
SAME = 0.8
"""Share of terms in common from which two bodies say the same (Jaccard)."""


def check_corpus(corpus: Path) -> tuple[list[Reading], list[str]]:
    """Every source that can be read, and every problem as `file:line: what is wrong and what would be right`."""
    readings: list[Reading] = []
    problems: list[str] = []
    for path in corpus_files(corpus):
        try:
            readings.append(read_file(path))
        except CorpusError as exc:
            problems += exc.problems
    for read in (read_places, read_beyond):
        try:
            read(corpus)
        except CorpusError as exc:
            problems += exc.problems
    for check in (duplicate_ids, dead_references, empty_bodies, copied_questions, same_bodies, double_desks):
        problems += check(readings)
    return readings, problems


def read_corpus(corpus: Path) -> list[Reading]:
    """The corpus, ready to index: without what the editors left out.

    Raises `CorpusError` when a file cannot be read or an id is used twice.
    """
    readings, problems = [], []
    for path in corpus_files(corpus):
        try:
            readings.append(read_file(path))
        except CorpusError as exc:
            problems += exc.problems
    problems += [*duplicate_ids(readings), *double_desks(readings)]
    if problems:
        raise CorpusError(problems)
    return [r for r in readings if not r.matter.uitgesloten]


def duplicate_ids(readings: Sequence[Reading]) -> list[str]:
    """An id names one source."""
    first: dict[str, Path] = {}
    found = []
    for r in readings:
        if r.source.id in first:
            found.append(
                f"{r.path}:2: id: {r.source.id!r} is used in {first[r.source.id]} too; give one of them another id"
            )
        first.setdefault(r.source.id, r.path)
    return found


def dead_references(readings: Sequence[Reading]) -> list[str]:
    """A reference leads to a source that exists."""
    ids = {r.source.id for r in readings}
    return [
        f"{r.path}:1: verwijst_naar: {id!r} does not exist; name the id of a source in the corpus"
        for r in readings
        for id in r.matter.verwijst_naar
        if id not in ids
    ]


def empty_bodies(readings: Sequence[Reading]) -> list[str]:
    """A body states something."""
    return [
        f"{r.path}:{r.body_line}: the body has no facts ({len(r.source.text.split())} words); "
        "write at least one full sentence about what it is, for whom and where"
        for r in readings
        if len(r.source.text.split()) < FEWEST_WORDS or not r.source.text.rstrip().endswith((".", "!", "?", ")"))
    ]


def copied_questions(readings: Sequence[Reading]) -> list[str]:
    """A question adds words of its own."""

    def bare(text: str) -> str:
        return re.sub(r"\W+", " ", text).strip().lower()

    return [
        f"{r.path}:1: vragen: {question!r} copies the title; ask it in a visitor's words"
        for r in readings
        for question in r.source.questions
        if bare(question) == bare(r.source.title)
    ]


def same_bodies(readings: Sequence[Reading]) -> list[str]:
    """Two sources do not say the same for the same place."""
    found = []
    for group in _by_place(readings):
        bags = [(r, set(terms(r.source.text))) for r in group]
        for (one, a), (other, b) in combinations(bags, 2):
            if a | b and len(a & b) / len(a | b) >= SAME and _numbers(one.source) == _numbers(other.source):
                found.append(f"{one.path}:{one.body_line}: says the same as {other.path}; keep one of them")
    return found


def double_desks(readings: Sequence[Reading]) -> list[str]:
    """A municipality has one desk to refer to."""
    desks: dict[str, Path] = {}
    found = []
    for r in (r for r in readings if r.source.desk):
        for where in r.source.municipalities:
            if where in desks:
                found.append(f"{r.path}:1: loket: {desks[where]} is the desk of {where} already; keep one")
            desks.setdefault(where, r.path)
    return found


def _by_place(readings: Iterable[Reading]) -> Iterable[list[Reading]]:
    groups: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for r in readings:
        groups[r.source.municipalities].append(r)
    return groups.values()


def _numbers(source: Source) -> set[str]:
    return set(re.findall(r"\d+", source.text))
