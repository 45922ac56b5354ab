"""Takes from an index what a peer needs to search the same corpus: passages, their sources, and ready-made vectors.

A peer gets what our own search compares: each chunk with its title and headings, and each question that an editor wrote
for a source. The vectors are those of our index, so that no peer is judged by how fast it reads a corpus in.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np

from assistant.build import build_embedder, build_home
from assistant.embedding import Embedder
from assistant.index import Index
from assistant.index.points import embedded_text, read_chunk, read_source
from assistant.settings import Settings, read_settings
from evals.bench.children import serve
from ingest.vectors import Text, VectorCache

PASSAGES, VECTORS = "passages.json", "vectors.npy"
EMBEDDED_AT_ONCE = 32
TEXTS = 160
"""Chunks that are handed out to time the encoder with."""


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Writes both files into `folder`; gives the questions of editors, some chunks, and the sizes of the index."""
    settings = read_settings(data_dir=Path(job["data"]))
    passages, points = asyncio.run(_passages(settings))
    folder = Path(job["folder"])
    rows = [{"source": source, "text": text} for source, (_, text) in passages]
    (folder / PASSAGES).write_text(json.dumps(rows), encoding="utf-8")
    np.save(folder / VECTORS, _vectors(settings, [text for _, text in passages]))
    questions = [text for _, (role, text) in passages if role == "question"]
    texts = [text for _, (role, text) in passages if role == "text"]
    return {
        "questions": questions,
        "texts": texts[:TEXTS],
        "passages": len(passages),
        "points": points,
        "engine": engine_of(build_embedder(settings)),
    }


def engine_of(embedder: Embedder) -> str:
    """What computes the vectors, in words."""
    return f"{embedder.name} ({getattr(embedder, 'engine', None) or type(embedder).__name__})"


async def _passages(settings: Settings) -> tuple[list[tuple[str, Text]], int]:
    """(source, (role, text)) of every passage, and the number of points that our own search compares."""
    home = build_home(settings)
    index = await home.open()
    try:
        return await _read(index)
    finally:
        await index.close()
        await home.close()


async def _read(index: Index) -> tuple[list[tuple[str, Text]], int]:
    sources = {source.id: source for source in map(read_source, await index.scroll("source"))}
    passages: list[tuple[str, Text]] = []
    points = 2 * len(sources)
    for chunk, sentences in map(read_chunk, await index.scroll("chunk")):
        passages.append((chunk.source, ("text", embedded_text(sources[chunk.source], chunk))))
        points += 1 + len(sentences)
    for source in sources.values():
        passages += [(source.id, ("question", question)) for question in source.questions]
        points += len(source.questions)
    return passages, points


def _vectors(settings: Settings, texts: list[Text]) -> Any:
    """Read from the cache of the last refresh; what it lacks is computed."""
    cache = VectorCache(settings.data_dir / "vectors.sqlite")
    try:
        embedder = build_embedder(settings)
        known = cache.get(embedder.name, texts)
    finally:
        cache.close()
    lacking = [text for text in dict.fromkeys(texts) if text not in known]
    for role, embed in (("text", embedder.embed_texts), ("question", embedder.embed_questions)):
        wanted = [text for text in lacking if text[0] == role]
        for start in range(0, len(wanted), EMBEDDED_AT_ONCE):
            batch = wanted[start : start + EMBEDDED_AT_ONCE]
            known |= dict(zip(batch, embed([text for _, text in batch]), strict=True))
    return np.array([known[text] for text in texts], dtype=np.float32)


if __name__ == "__main__":
    serve(work)
