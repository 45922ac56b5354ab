"""Grows a corpus with made-up sources and measures each refresh, in a process of its own.

The made-up sources and their vectors are those of `scripts/simulate.py`; the real sources among them keep their own.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from assistant.settings import read_settings
from evals.bench.children import serve
from evals.bench.memory import peak_mb
from ingest import Order, Publish, refresh, synchronise
from scripts.simulate import MadeUpEmbedder, write_source


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Adds the made-up sources from number `have` up to `want`, changes the first `change`, and refreshes.

    A job without made-up sources (`want` is 0) uses the real encoder for whatever is new.
    """
    corpus = Path(job["corpus"])
    for number in range(job["have"], job["want"]):
        write_source(corpus, number, 0)
    for number in range(job["change"]):
        write_source(corpus, number, job["version"])
    settings = read_settings(data_dir=Path(job["data"]))
    made_up = patch.object(synchronise, "build_embedder", lambda settings: MadeUpEmbedder())
    with made_up if job["want"] else nullcontext():
        began, worked = time.monotonic(), time.process_time()
        report = asyncio.run(refresh(settings, corpus, order=Order(Publish.ALWAYS)))
    return {
        "sources": report.sources,
        "changed": len(report.changed),
        "seconds": time.monotonic() - began,
        "processor": time.process_time() - worked,
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    serve(work)
