"""The encoder of a peer: plain sentence-transformers, or our own engine at the other end of a pipe."""

from __future__ import annotations

import json
import subprocess
import time
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class Encoder(Protocol):
    """Turns one question into a unit vector, and counts the milliseconds that it took in all."""

    milliseconds: float

    def encode(self, text: str) -> Vector:
        """The vector of a question."""


class PlainEncoder:
    """A folder for sentence-transformers, on the processor, as `encode_query` runs it."""

    def __init__(self, folder: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(folder, device="cpu")
        self.milliseconds = 0.0

    def encode(self, text: str) -> Vector:
        """The vector of a question."""
        began = time.perf_counter()
        vector: Vector = np.asarray(self._model.encode_query(text, normalize_embeddings=True), dtype=np.float32)
        self.milliseconds += (time.perf_counter() - began) * 1000
        return vector


class PipedEncoder:
    """A process of `evals.bench.encoder_pipe`, in the environment of Markewijzer."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._size = int(self._process.stdout.readline())
        self.milliseconds = 0.0

    def encode(self, text: str) -> Vector:
        """The vector of a question."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        began = time.perf_counter()
        self._process.stdin.write(json.dumps(text).encode() + b"\n")
        self._process.stdin.flush()
        vector: Vector = np.frombuffer(self._process.stdout.read(self._size), dtype=np.float32)
        self.milliseconds += (time.perf_counter() - began) * 1000
        return vector

    def close(self) -> None:
        """Ends the process."""
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:
                end.close()
        self._process.wait(timeout=10)


class NoEncoder:
    """For a peer that compares words."""

    milliseconds = 0.0

    def encode(self, text: str) -> Vector:
        """Never called."""
        raise NotImplementedError("this peer was started without an encoder")
