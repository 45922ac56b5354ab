"""The language model that may help with words, never with facts: the `LanguageModel` that the rest of the house knows.

Without one, and whenever one fails, everything is answered from the sources alone.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Prompt:
    """What goes to a model: the fixed `system` part, the `user` part with the data, and the JSON that comes back.

    `tokens` is how much the model may write at most.
    """

    system: str
    user: str
    schema: Mapping[str, Any]
    tokens: int


class Writes(Protocol):
    """Writes to a prompt. What it writes is never trusted."""

    @property
    def name(self) -> str:
        """The model as the setting names it; the answer carries it."""

    def write(self, prompt: Prompt, visitor: str = "") -> AsyncGenerator[str]:
        """The reply in pieces as they come. Raises `ModelUnavailable` before the first or between two pieces."""

    async def close(self) -> None:
        """Gives up its connections; a later prompt opens them again."""


class LanguageModel(Writes, Protocol):
    """One that is kept within bounds, so that nobody waits for it in vain."""

    @property
    def patience(self) -> float:
        """Seconds to wait for something useful before doing without."""

    def gave_up(self) -> None:
        """The caller stopped waiting: it was too slow."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A model with the embedder that its sentences are checked by."""

    model: LanguageModel
    embedder: Embedder
