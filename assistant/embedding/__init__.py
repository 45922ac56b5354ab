"""Turns text into vectors: the `Embedder` that the rest of the house knows, and which one a setting names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

BUNDLED = "bundled:e5-small"


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What an encoder makes of one question.

    `layers` says more than the vector that is compared with others: what several layers of the network made of the
    question, as unit vectors one after the other, the last layer last; None with an encoder that does not tell.
    """

    vector: tuple[float, ...]
    layers: Any = None


class Embedder(Protocol):
    """Unit vectors for questions and texts. Calls may block for tens of milliseconds: await them off the event loop."""

    @property
    def name(self) -> str:
        """The model as the setting names it; an index remembers it."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens beyond this are cut at the end of a text."""

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question, in the same order."""

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text, in the same order."""

    def count_tokens(self, text: str) -> int:
        """Tokens of a text as the model counts them, its prompt and marks included."""


@runtime_checkable
class LayeredEmbedder(Embedder, Protocol):
    """An embedder that can also tell what its layers made of a question."""

    def encode_questions(self, texts: Sequence[str]) -> list[Encoding]:
        """One encoding per question, in the same order; its vector is that of `embed_questions`."""


def encode_questions(embedder: Embedder, texts: Sequence[str]) -> list[Encoding]:
    """One encoding per question, in the same order, with layers where the embedder tells them."""
    if isinstance(embedder, LayeredEmbedder):
        return embedder.encode_questions(texts)
    return [Encoding(tuple(vector)) for vector in embedder.embed_questions(texts)]


def open_embedder(model: str) -> Embedder:
    """The embedder that a setting names: the bundled engine, or whatever sentence-transformers loads by that name."""
    if model == BUNDLED:
        from assistant.embedding.bundled import BundledEmbedder

        return BundledEmbedder()
    from assistant.embedding.transformer import TransformerEmbedder

    return TransformerEmbedder(model)
