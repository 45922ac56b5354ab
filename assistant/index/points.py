"""How sources, chunks and the manifest lie in the index: the one place that knows the payloads."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain import Beyond, Chunk, Manifest, Source
from assistant.errors import IndexUnavailable
from assistant.index import Point
from assistant.language.analysis import terms, text_weights
from assistant.language.sentences import split_sentences

NAMESPACE = uuid.UUID("6f0f0f5e-53a4-5d6c-9d4e-6d61726b6573")
MANIFEST_ID = str(uuid.uuid5(NAMESPACE, "manifest"))

_SOURCE = TypeAdapter(Source)
_CHUNK = TypeAdapter(Chunk)
_SENTENCES = TypeAdapter(tuple[str, ...])
_MANIFEST = TypeAdapter(Manifest)

Vectors = Mapping[tuple[str, str], Sequence[float]]
"""(`text` or `question`, the embedded text) → unit vector."""


@lru_cache(maxsize=16_384)
def point_id(kind: str, *parts: object) -> str:
    """The same UUID for the same thing in every generation. Qdrant only takes integers and UUIDs as ids."""
    return str(uuid.uuid5(NAMESPACE, "/".join([kind, *map(str, parts)])))


def embedded_text(source: Source, chunk: Chunk) -> str:
    """What is embedded of a chunk: its title and headings on lines of their own, then its text."""
    return "\n".join([source.title, *chunk.headings, chunk.text])


def texts_to_embed(source: Source, chunks: Sequence[Chunk]) -> list[tuple[str, str]]:
    """Every (role, text) that a source needs a vector for."""
    texts = [("text", source.title)] + [("question", question) for question in source.questions]
    for chunk in chunks:
        texts.append(("text", embedded_text(source, chunk)))
        texts += [("text", sentence) for sentence in split_sentences(chunk.text)]
    return list(dict.fromkeys(texts))


def searched_terms(source: Source, chunks: Sequence[Chunk]) -> list[list[str]]:
    """The terms of each text that the lexical search compares: the chunks, then the questions."""
    return [terms(embedded_text(source, c)) for c in chunks] + [terms(q) for q in source.questions]


def source_points(
    source: Source, chunks: Sequence[Chunk], vectors: Vectors, *, chunk_length: float, question_length: float
) -> list[Point]:
    """All points of one source. The lengths are the average number of terms of a chunk and of a question."""
    shared = {
        "source": source.id,
        "kind": source.kind.value,
        **{key: list(getattr(source, key)) for key in ("municipalities", "themes", "topics", "audience")},
    }
    record = {**asdict(source), **shared, "type": "source"}
    points = [
        Point(point_id("source", source.id), record),
        Point(point_id("title", source.id), {**shared, "type": "title"}, dense=vectors["text", source.title]),
    ]
    for n, question in enumerate(source.questions):
        sparse = text_weights(terms(question), average_length=question_length)
        payload = {**shared, "type": "question", "text": question}
        points.append(Point(point_id("question", source.id, n), payload, vectors["question", question], sparse))
    for chunk in chunks:
        points += _chunk_points(source, chunk, vectors, shared, chunk_length)
    return points


def _chunk_points(
    source: Source, chunk: Chunk, vectors: Vectors, shared: Mapping[str, Any], average_length: float
) -> list[Point]:
    text = embedded_text(source, chunk)
    sentences = split_sentences(chunk.text)
    payload = {**asdict(chunk), **shared, "type": "chunk", "chunk": chunk.id, "sentences": sentences}
    sparse = text_weights(terms(text), average_length=average_length)
    points = [Point(chunk.id, payload, vectors["text", text], sparse)]
    for n, sentence in enumerate(sentences):
        place = {**shared, "type": "sentence", "chunk": chunk.id, "number": n}
        points.append(Point(point_id("sentence", chunk.id, n), place, vectors["text", sentence]))
    return points


def beyond_points(examples: Sequence[Beyond], vectors: Vectors) -> list[Point]:
    """The examples of questions that no source answers; found by their own kind of lookup only."""
    return [
        Point(
            point_id("beyond", example.question),
            {"type": "beyond", "source": "", "text": example.question, "subject": example.subject},
            vectors["question", example.question],
        )
        for example in examples
    ]


def manifest_point(manifest: Manifest) -> Point:
    """The manifest as a point that no search finds."""
    return Point(MANIFEST_ID, {"type": "manifest", "manifest": asdict(manifest)})


def whole_point(record: Any) -> Point:
    """A record of Qdrant, in the process or on a server, as the point that it was made of."""
    vectors = record.vector or {}
    sparse = vectors.get("sparse")
    return Point(
        str(record.id),
        record.payload or {},
        vectors.get("dense"),
        dict(zip(sparse.indices, sparse.values, strict=True)) if sparse else None,
    )


def read_source(point: Point) -> Source:
    """The source in a stored payload. Raises `IndexUnavailable` when it is not one of ours."""
    source: Source = _read(_SOURCE, {**point.payload, "id": point.payload.get("source")})
    return source


def read_chunk(point: Point) -> tuple[Chunk, tuple[str, ...]]:
    """The chunk in a stored payload, and its sentences in order."""
    return _read(_CHUNK, {**point.payload, "id": point.id}), _read(_SENTENCES, point.payload.get("sentences"))


def read_manifest(point: Point) -> Manifest:
    """The manifest in a stored payload."""
    manifest: Manifest = _read(_MANIFEST, point.payload.get("manifest"))
    return manifest


def _read(adapter: TypeAdapter[Any], payload: object) -> Any:
    try:
        return adapter.validate_python(payload)
    except ValidationError as exc:
        raise IndexUnavailable(f"the index holds a payload that this version cannot read: {exc}") from exc


def without_questions(source: Source, left_out: frozenset[str]) -> Source:
    """The source with some of its questions removed, for checks that must not find their own question."""
    return replace(source, questions=tuple(q for q in source.questions if q not in left_out))
