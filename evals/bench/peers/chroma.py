"""Chroma: a collection in memory, searched by its HNSW graph."""

from __future__ import annotations

from typing import Any

import chromadb
from chromadb.config import Settings

from evals.bench.peers.encoders import Encoder
from evals.bench.peers.peer import NEAREST, Corpus

AT_ONCE = 5000
"""Chroma takes no more in one call."""


class ChromaPeer:
    """`collection.query` with the vector of the question."""

    def __init__(self, corpus: Corpus, encoder: Encoder) -> None:
        self._encoder = encoder
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        self._collection = client.create_collection(
            "markewijzer", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        for start in range(0, len(corpus.texts), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            metadatas: list[Any] = [{"source": source} for source in corpus.sources[rows]]
            self._collection.add(
                ids=[str(start + n) for n in range(len(metadatas))],
                embeddings=corpus.vectors[rows],
                documents=list(corpus.texts[rows]),
                metadatas=metadatas,
            )

    def find(self, question: str) -> list[str]:
        """The sources of the nearest passages."""
        vector = self._encoder.encode(question)
        found = self._collection.query(query_embeddings=vector[None], n_results=NEAREST)
        return [str(metadata["source"]) for metadata in (found["metadatas"] or [[]])[0]]
