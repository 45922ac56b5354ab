"""txtai: an `Embeddings` index with its default Faiss backend."""

from __future__ import annotations

from typing import Any

import numpy as np
from txtai import Embeddings

from evals.bench.peers.encoders import Encoder
from evals.bench.peers.peer import NEAREST, Corpus


class TxtaiPeer:
    """`embeddings.search`, which calls the encoder itself."""

    def __init__(self, corpus: Corpus, encoder: Encoder) -> None:
        self._sources = corpus.sources

        def transform(texts: Any) -> Any:
            return np.stack([encoder.encode(text) for text in texts])

        self._embeddings = Embeddings({"method": "external", "transform": transform})
        self._embeddings.index((n, vector, None) for n, vector in enumerate(corpus.vectors))

    def find(self, question: str) -> list[str]:
        """The sources of the nearest passages."""
        return [self._sources[int(number)] for number, _ in self._embeddings.search(question, NEAREST)]
