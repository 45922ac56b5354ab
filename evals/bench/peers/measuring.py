"""Measures one peer in this process: `python -m evals.bench.peers.measuring JOB RESULT`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.memory import resident_mb
from evals.bench.peers.encoders import Encoder, NoEncoder, PipedEncoder, PlainEncoder
from evals.bench.peers.peer import Corpus, MakesPeer

WARM_UP = 5

PEERS = {
    "LlamaIndex query engine": ("llama-index-core", "llama", "LlamaPeer"),
    "Haystack BM25": ("haystack-ai", "haystack", "by_words"),
    "Haystack embedding": ("haystack-ai", "haystack", "by_vectors"),
    "Haystack both, joined": ("haystack-ai", "haystack", "by_both"),
    "Chroma": ("chromadb", "chroma", "ChromaPeer"),
    "txtai": ("txtai", "txtai_index", "TxtaiPeer"),
}
"""Name → package, module here, and what makes the peer."""


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Asks all `questions`; gives for each the sources found, and the milliseconds of the whole and of the encoder."""
    package, module, maker = PEERS[job["peer"]]
    make: MakesPeer = getattr(import_module(f"evals.bench.peers.{module}"), maker)
    corpus = read_corpus(Path(job["folder"]))
    encoder = _encoder(job)
    peer = make(corpus, encoder)
    peer.find(f"Even vooraf: {job['questions'][0]}")
    ready = time.time() - job["started"]
    try:
        return {"version": version(package), "ready": ready} | _ask(peer.find, encoder, job["questions"])
    finally:
        if isinstance(encoder, PipedEncoder):
            encoder.close()


def read_corpus(folder: Path) -> Corpus:
    """What `evals.bench.material` wrote."""
    rows = json.loads((folder / "passages.json").read_text("utf-8"))
    vectors = np.load(folder / "vectors.npy")
    return Corpus([row["text"] for row in rows], [row["source"] for row in rows], vectors)


def _encoder(job: dict[str, Any]) -> Encoder:
    if job.get("plain"):
        return PlainEncoder(job["plain"])
    return PipedEncoder(job["pipe"]) if job.get("pipe") else NoEncoder()


def _ask(find: Callable[[str], list[str]], encoder: Encoder, questions: list[str]) -> dict[str, Any]:
    for question in questions[:WARM_UP]:
        find(f"Even vooraf: {question}")
    whole, encode, rankings = [], [], []
    for question in questions:
        encoder.milliseconds = 0.0
        began = time.perf_counter()
        found = find(question)
        whole.append((time.perf_counter() - began) * 1000)
        encode.append(encoder.milliseconds)
        rankings.append(list(dict.fromkeys(found)))
    return {"whole": whole, "encode": encode, "rankings": rankings, "memory_mb": resident_mb()}


def main() -> None:
    """Reads the job, does it, and writes the result."""
    asked, told = map(Path, sys.argv[1:3])
    told.write_text(json.dumps(work(json.loads(asked.read_text("utf-8")))), encoding="utf-8")


if __name__ == "__main__":
    main()
