"""LlamaIndex: a query engine over the default in-memory store, without a language model."""

from __future__ import annotations

from typing import Any

from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.schema import TextNode
from pydantic import PrivateAttr

from evals.bench.peers.encoders import Encoder
from evals.bench.peers.peer import NEAREST, Corpus


class LlamaPeer:
    """`index.as_query_engine(response_mode="no_text")`: it retrieves, and writes nothing."""

    def __init__(self, corpus: Corpus, encoder: Encoder) -> None:
        rows = zip(corpus.texts, corpus.sources, corpus.vectors.tolist(), strict=True)
        nodes = [TextNode(text=text, metadata={"source": s}, embedding=vector) for text, s, vector in rows]
        index = VectorStoreIndex(nodes, embed_model=_Embedding(encoder))
        Settings.llm = MockLLM()  # an engine that writes nothing wants a language model all the same
        self._engine = index.as_query_engine(response_mode="no_text", similarity_top_k=NEAREST)

    def find(self, question: str) -> list[str]:
        """The sources of the nearest nodes."""
        return [str(found.node.metadata["source"]) for found in self._engine.query(question).source_nodes]


class _Embedding(BaseEmbedding):
    """The encoder as LlamaIndex wants it."""

    _encoder: Any = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name="multilingual-e5-small")
        self._encoder = encoder

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._encoder.encode(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        raise NotImplementedError("the corpus comes with its vectors")
