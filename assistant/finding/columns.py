"""What a search in memory reads of a generation: the same for every start, so it is kept in a file beside the points.

Bringing ten thousand points over from Qdrant takes most of a second and 100 MB on the way; this file takes neither. A
file that is damaged, or was made by another version of this program, is made again.
"""

from __future__ import annotations

import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant import finding, index, language
from assistant.finding import DENSE_TYPES
from assistant.index import FILTER_FIELDS, Point
from assistant.kept import code
from assistant.language.analysis import rarity

logger = logging.getLogger(__name__)

Floats: TypeAlias = NDArray[np.float32]
Rows: TypeAlias = NDArray[np.int64]

FILE = "resident.npz"
DERIVED_BY = [Path(str(module.__file__)).parent for module in (finding, index, language)]
"""Where the code is of which the columns are made: this, that of the points, and that of their words."""


@dataclass(frozen=True, slots=True)
class Names:
    """The texts of a generation. What the columns hold are places in these lists."""

    ids: list[str]
    """Of each point, in the order of the rows."""
    sources: list[str]
    having: list[tuple[str, str]]
    """(key of a filter, value), for each group of `Columns.having`."""
    terms: list[int]
    """For each group of `Columns.held`."""
    chunks: list[str]
    """For each group of `Columns.sentences`."""
    examples: list[tuple[str, str]]
    """(text, subject) of each row of `Columns.example_vectors`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The points of a generation by column; a row is a point. `…_ends` is where each group of a column ends."""

    vectors: Floats
    source_of: Rows
    type_of: Rows
    """The place of its type in `DENSE_TYPES`."""
    having: Rows
    """The sources that have a value."""
    having_ends: Rows
    held: Rows
    """The rows that hold a term."""
    held_ends: Rows
    weights: Floats
    """For each of `held` the weight of the term there, times the idf that Qdrant gives it."""
    sentences: Rows
    """The rows of the sentences of a chunk, in their order."""
    sentences_ends: Rows
    example_vectors: Floats


def columns_of(points: Sequence[Point], examples: Sequence[Point]) -> tuple[Names, Columns]:
    """The columns of points that all have a dense vector. The rows of a type lie together."""
    points = sorted(points, key=lambda point: DENSE_TYPES.index(point.payload["type"]))
    sources, source_of = np.unique([str(point.payload["source"]) for point in points], return_inverse=True)
    having = sources_by_value(points, source_of, len(sources))
    held = weighted_rows(points)
    sentences = sentences_by_chunk(points)
    names = Names(
        ids=[point.id for point in points],
        sources=sources.tolist(),
        having=list(having),
        terms=list(held),
        chunks=list(sentences),
        examples=[(str(point.payload["text"]), str(point.payload["subject"])) for point in examples],
    )
    return names, Columns(
        vectors=stacked(points),
        source_of=source_of.astype(np.int64),
        type_of=whole([DENSE_TYPES.index(point.payload["type"]) for point in points]),
        having=joined(having.values()),
        having_ends=ends(having.values()),
        held=joined([row for row, _ in pairs] for pairs in held.values()),
        held_ends=ends(held.values()),
        weights=np.array([weight for pairs in held.values() for _, weight in pairs], np.float32),
        sentences=joined(sentences.values()),
        sentences_ends=ends(sentences.values()),
        example_vectors=stacked(examples),
    )


def read_columns(folder: Path) -> tuple[Names, Columns] | None:
    """What was kept in the folder of a generation; None when that cannot be used."""
    try:
        with (folder / FILE).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if kept["code"].tobytes() != code(*DERIVED_BY):
                return None
            names = Names(**json.loads(kept["names"].tobytes()))
            return names, Columns(**{field.name: kept[field.name] for field in fields(Columns)})
    except FileNotFoundError:
        return None
    except Exception as exc:  # whatever is wrong with it, it can be made again
        logger.warning("%s cannot be used and is made again: %s", folder / FILE, exc)
        return None


def keep_columns(folder: Path, names: Names, columns: Columns) -> None:
    """Keeps them for later starts; where that cannot be done, it is not."""
    temporary = folder / f".{FILE}.{os.getpid()}"
    try:
        texts = np.frombuffer(json.dumps(asdict(names)).encode(), np.uint8)
        arrays: dict[str, Any] = {field.name: getattr(columns, field.name) for field in fields(Columns)}
        with temporary.open("wb") as file:
            np.savez(file, code=np.frombuffer(code(*DERIVED_BY), np.uint8), names=texts, **arrays)
        os.replace(temporary, folder / FILE)
    except OSError as exc:
        logger.debug("%s is not kept: %s", folder / FILE, exc)
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def stacked(points: Sequence[Point]) -> Floats:
    """A row of numbers for each point."""
    return (
        np.stack([np.asarray(point.dense, np.float32) for point in points]) if points else np.zeros((0, 1), np.float32)
    )


def whole(numbers: Sequence[int]) -> Rows:
    """A column of whole numbers."""
    return np.array(numbers, np.int64)


def joined(groups: Iterable[Sequence[int]]) -> Rows:
    """All groups one after the other."""
    return whole([row for group in groups for row in group])


def ends(groups: Iterable[Sequence[object]]) -> Rows:
    """Where each group ends when they stand one after the other."""
    return np.cumsum([len(group) for group in groups], dtype=np.int64)


def sources_by_value(
    points: Sequence[Point], source_of: NDArray[Any], sources: int
) -> dict[tuple[str, str], list[int]]:
    """(key of a filter, value) → the sources that have it; every point says so of its source."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    first = np.unique(source_of, return_index=True)[1].tolist() if sources else []
    for source, row in enumerate(first):
        for key in FILTER_FIELDS.values():
            values: Any = points[row].payload.get(key, ())
            for value in [values] if isinstance(values, str) else values:
                having[key, value].append(source)
    return having


def sentences_by_chunk(points: Sequence[Point]) -> dict[str, list[int]]:
    """Chunk → the rows of its sentences, in their order."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = [row for row, point in enumerate(points) if point.payload["type"] == "sentence"]
    for row in sorted(rows, key=lambda row: points[row].payload["number"]):
        found[str(points[row].payload["chunk"])].append(row)
    return found


def weighted_rows(points: Sequence[Point]) -> Mapping[int, list[tuple[int, float]]]:
    """Term → the rows that hold it, and its weight there times the idf that Qdrant gives it."""
    held: dict[int, list[tuple[int, float]]] = defaultdict(list)
    texts = 0
    for row, point in enumerate(points):
        texts += bool(point.sparse)
        for term, weight in (point.sparse or {}).items():
            held[term].append((row, weight))
    return {term: weighted(pairs, rarity(len(pairs), texts)) for term, pairs in held.items()}


def weighted(pairs: Sequence[tuple[int, float]], idf: float) -> list[tuple[int, float]]:
    """The rows with their weights times the idf, in the precision in which they are kept."""
    weights = np.array([weight for _, weight in pairs], np.float32) * np.float32(idf)
    return [(row, weight) for (row, _), weight in zip(pairs, weights.tolist(), strict=True)]
