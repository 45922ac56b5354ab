"""Haystack: pipelines over the in-memory document store, by words, by vectors, and by both joined."""

from __future__ import annotations

from typing import Any

from haystack import Document, Pipeline, component
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from evals.bench.peers.encoders import Encoder
from evals.bench.peers.peer import NEAREST, Corpus


class HaystackPeer:
    """One pipeline; `last` is the component whose documents count."""

    def __init__(self, pipeline: Pipeline, inputs: tuple[str, ...], last: str) -> None:
        self._pipeline, self._inputs, self._last = pipeline, inputs, last

    def find(self, question: str) -> list[str]:
        """The sources of the documents that come out last."""
        answer = self._pipeline.run({name: {_FIELD[name]: question} for name in self._inputs})
        return [str(document.meta["source"]) for document in answer[self._last]["documents"]]


_FIELD = {"bm25": "query", "encoder": "text"}


@component
class _QueryEncoder:
    """The encoder as a component."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @component.output_types(embedding=list[float])  # type: ignore[untyped-decorator]
    def run(self, text: str) -> dict[str, Any]:
        return {"embedding": self._encoder.encode(text).tolist()}


def by_words(corpus: Corpus, encoder: Encoder) -> HaystackPeer:
    """`InMemoryBM25Retriever`; the encoder is not used."""
    pipeline = Pipeline()
    pipeline.add_component("bm25", InMemoryBM25Retriever(_store(corpus), top_k=NEAREST))
    return HaystackPeer(pipeline, ("bm25",), "bm25")


def by_vectors(corpus: Corpus, encoder: Encoder) -> HaystackPeer:
    """`InMemoryEmbeddingRetriever` behind the encoder."""
    pipeline = Pipeline()
    pipeline.add_component("encoder", _QueryEncoder(encoder))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(_store(corpus), top_k=NEAREST))
    pipeline.connect("encoder.embedding", "dense.query_embedding")
    return HaystackPeer(pipeline, ("encoder",), "dense")


def by_both(corpus: Corpus, encoder: Encoder) -> HaystackPeer:
    """Both retrievers, joined by reciprocal rank fusion."""
    store = _store(corpus)
    pipeline = Pipeline()
    pipeline.add_component("encoder", _QueryEncoder(encoder))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store, top_k=NEAREST))
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=NEAREST))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=NEAREST))
    pipeline.connect("encoder.embedding", "dense.query_embedding")
    pipeline.connect("bm25", "joiner")
    pipeline.connect("dense", "joiner")
    return HaystackPeer(pipeline, ("encoder", "bm25"), "joiner")


def _store(corpus: Corpus) -> InMemoryDocumentStore:
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    rows = enumerate(zip(corpus.texts, corpus.sources, corpus.vectors.tolist(), strict=True))
    store.write_documents(
        [Document(id=str(n), content=text, meta={"source": s}, embedding=vector) for n, (text, s, vector) in rows]
    )
    return store
