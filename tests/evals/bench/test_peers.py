"""Peers are asked through one door; what needs their libraries runs in their environment, LlamaIndex here too."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from evals.bench.peers.encoders import NoEncoder, PipedEncoder
from evals.bench.peers.llama import LlamaPeer
from evals.bench.peers.measuring import WARM_UP, _ask
from evals.bench.peers.peer import NEAREST, Corpus

ECHO = """
import json, sys
from array import array
print(12, flush=True)
for line in sys.stdin:
    sys.stdout.buffer.write(array("f", [len(json.loads(line)), 2, 3]).tobytes())
    sys.stdout.buffer.flush()
"""


@dataclass
class Pointing:
    """An encoder that points at one passage, and claims to take seven milliseconds."""

    vector: Any
    milliseconds: float = 0.0
    asked: list[str] = field(default_factory=list)

    def encode(self, text: str) -> Any:
        self.asked.append(text)
        self.milliseconds += 7.0
        return self.vector


def a_corpus(passages: int = 40) -> Corpus:
    """Passages that all point in another direction, two for each source."""
    sources = [f"bron-{n // 2}" for n in range(passages)]
    return Corpus([f"Tekst {n}" for n in range(passages)], sources, np.eye(passages, 64, dtype=np.float32))


def test_a_vector_comes_through_the_pipe_as_it_was_sent() -> None:
    encoder = PipedEncoder([sys.executable, "-c", ECHO])

    first, second = encoder.encode("één"), encoder.encode("Wie helpt mij?\nNu?")
    encoder.close()

    assert first.tolist() == [3.0, 2.0, 3.0]
    assert second.tolist() == [float(len("Wie helpt mij?\nNu?")), 2.0, 3.0]
    assert encoder.milliseconds > 0


def test_llama_index_finds_the_source_that_the_encoder_points_at() -> None:
    corpus = a_corpus()

    found = LlamaPeer(corpus, Pointing(corpus.vectors[7])).find("Wie helpt mij?")

    assert found[0] == "bron-3"
    assert len(found) == NEAREST


def test_the_encoder_is_timed_apart_and_the_warm_up_is_not_counted() -> None:
    encoder = Pointing(np.zeros(3))
    questions = [f"Vraag {n}?" for n in range(10)]

    def find(question: str) -> list[str]:
        encoder.encode(question)
        return ["a", "b", "a"]

    result = _ask(find, encoder, questions)

    assert result["encode"] == [7.0] * 10
    assert result["rankings"] == [["a", "b"]] * 10
    assert encoder.asked[WARM_UP:] == questions
    assert not set(encoder.asked[:WARM_UP]) & set(questions)


def test_a_peer_without_encoder_cannot_use_one_by_accident() -> None:
    with pytest.raises(NotImplementedError):
        NoEncoder().encode("Wie helpt mij?")
