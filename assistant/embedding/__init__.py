"""Turns text into vectors: the `Embedder` that the rest of the house knows, and which one a setting names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

BUNDLED = "bundled:e5-small"


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


def open_embedder(model: str) -> Embedder:
    """The embedder that a setting names: the bundled engine, or whatever sentence-transformers loads by that name."""
    if model == BUNDLED:
        from assistant.embedding.bundled import BundledEmbedder

        return BundledEmbedder()
    from assistant.embedding.transformer import TransformerEmbedder

    return TransformerEmbedder(model)
