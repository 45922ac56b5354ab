"""Measures how many texts of the corpus the encoder takes in a second, as a refresh hands them over."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from assistant.build import build_embedder
from assistant.settings import read_settings
from evals.bench.children import serve
from evals.bench.material import engine_of

AT_ONCE = 32


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Texts a second over `texts`, shortest first, because a batch is as slow as its longest text."""
    embedder = build_embedder(read_settings(data_dir=Path(job["data"])))
    texts = sorted(job["texts"], key=len)
    embedder.embed_texts(texts[:AT_ONCE])  # what must be made ready first is no part of the pace
    began = time.perf_counter()
    for start in range(0, len(texts), AT_ONCE):
        embedder.embed_texts(texts[start : start + AT_ONCE])
    return {"texts_per_second": len(texts) / (time.perf_counter() - began), "engine": engine_of(embedder)}


if __name__ == "__main__":
    serve(work)
