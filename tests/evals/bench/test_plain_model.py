"""The encoder written out for sentence-transformers holds every weight of the packed file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.embedding import Embedder
from assistant.embedding.weights import Shape
from evals.bench.plain_model import _bert, _matrix, _tokenizer, packed_weights, write_plain_model

SHAPE = Shape(width=32, layers=1, heads=2, inner=64, words=20, positions=16, types=2)


class TinyWeights:
    """A packed file of a few weights: each tensor holds the length of its name."""

    shape = SHAPE
    epsilon = 1e-12

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def floats(self, name: str) -> Any:
        self.asked.add(name)
        rows = {"emb.pos": SHAPE.positions, "emb.type": 1}.get(name, 1)
        width = SHAPE.inner if name == "l0.fi.b" else SHAPE.width
        return np.full(rows * width, len(name), np.float32)

    def quantised(self, name: str, inputs: int) -> Any:
        self.asked.add(name)
        outputs = {"emb.word": SHAPE.words, "l0.fi.w": SHAPE.inner}.get(name, SHAPE.width)
        blocks = inputs // 32
        return np.full((outputs, blocks, 1), 0.5, np.float16), np.full((outputs, blocks, 32), 10, np.uint8)


def test_a_number_stands_for_its_distance_to_eight_times_the_scale() -> None:
    weights: Any = TinyWeights()

    matrix = _matrix(weights, "emb.word", SHAPE.width)

    assert matrix.shape == (SHAPE.words, SHAPE.width)
    assert np.all(matrix == 1.0)


def test_every_weight_of_the_model_comes_from_the_file() -> None:
    weights: Any = TinyWeights()

    state = {name: value.numpy() for name, value in _bert(weights).state_dict().items()}

    assert np.all(state["encoder.layer.0.attention.self.key.weight"] == 1.0)
    assert np.all(state["encoder.layer.0.output.LayerNorm.weight"] == len("l0.oln.w"))
    assert np.all(state["embeddings.position_embeddings.weight"] == len("emb.pos"))
    assert len(weights.asked) == 5 + 2 * 8


def test_its_tokenizer_cuts_a_text_into_as_many_pieces_as_ours(embedder: Embedder) -> None:
    tokenizer = _tokenizer(packed_weights())
    texts = [
        "Wie helpt mij met schulden in Exloërmond?",
        "café  'e huus: € 83,-",
        "\u00adŁódź ①½",
        "aaaaaaaaaaaaaaaaaaaaaa",
    ]

    assert [len(tokenizer.encode(f"passage: {text}")) for text in texts] == list(map(embedder.count_tokens, texts))


def test_a_folder_that_is_there_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")

    assert write_plain_model(tmp_path) == tmp_path
    assert [path.name for path in tmp_path.iterdir()] == ["modules.json"]


@pytest.mark.parametrize("name", ["q", "oln"])
def test_a_missing_part_is_not_passed_over(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from evals.bench import plain_model

    monkeypatch.delitem(plain_model.LAYER, name)

    weights: Any = TinyWeights()
    with pytest.raises(ValueError, match="lacks"):
        _bert(weights)
