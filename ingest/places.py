"""Reads `plaatsen.csv` and `plaatsen-buiten.csv`: which village belongs to which municipality."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from assistant.domain import MUNICIPALITIES, Place
from assistant.errors import CorpusError


def read_places(corpus: Path) -> tuple[Place, ...]:
    """All places, those of Drenthe first. A corpus without the files has none. Raises `CorpusError`."""
    problems: list[str] = []
    inside = [
        _inside(row, f"{path}:{line}", problems)
        for path, line, row in _rows(corpus / "plaatsen.csv", problems, "gemeente")
    ]
    outside = [
        Place(row["plaats"], None, "elders", (), row["provincie"])
        for _, _, row in _rows(corpus / "plaatsen-buiten.csv", problems, "provincie")
    ]
    if problems:
        raise CorpusError(problems)
    return (*inside, *outside)


def _rows(path: Path, problems: list[str], column: str) -> Iterator[tuple[Path, int, dict[str, str]]]:
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as exc:
        problems.append(f"{path}:1: cannot be read ({exc}); save the file as UTF-8 text")
        return
    reader = csv.DictReader(lines)
    if not {"plaats", column} <= set(reader.fieldnames or ()):
        problems.append(f"{path}:1: columns plaats and {column} are needed, found {reader.fieldnames}")
        return
    for row in reader:
        if row["plaats"] and row[column]:
            yield path, reader.line_num, {key: value or "" for key, value in row.items() if key}
        else:
            problems.append(f"{path}:{reader.line_num}: plaats or {column} is empty; fill in both")


def _inside(row: dict[str, str], where: str, problems: list[str]) -> Place:
    if row["gemeente"] not in MUNICIPALITIES:
        problems.append(f"{where}: gemeente {row['gemeente']!r} is unknown; write one of: {', '.join(MUNICIPALITIES)}")
    variants = tuple(variant.strip() for variant in row.get("varianten", "").split("|") if variant.strip())
    return Place(row["plaats"], row["gemeente"], row.get("soort", "dorp"), variants)
