"""What every peer is: passages go in once, then each question gives the sources of the nearest passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from evals.bench.peers.encoders import Encoder

NEAREST = 30
"""Passages that a peer gives for a question: enough for ten different sources."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Passages with their sources; row n of `vectors` belongs to passage n."""

    texts: Sequence[str]
    sources: Sequence[str]
    vectors: Any


class Peer(Protocol):
    """One way to search."""

    def find(self, question: str) -> list[str]:
        """The sources of the nearest passages, best first; one source may come more than once."""


class MakesPeer(Protocol):
    """Reads a corpus in, as the library's documentation shows."""

    def __call__(self, corpus: Corpus, encoder: Encoder) -> Peer:
        """A peer that can be asked."""
