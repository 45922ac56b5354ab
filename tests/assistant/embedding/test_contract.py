"""What every embedder promises: the one that we ship, one that sentence-transformers loads, and our own fake."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.embedding import Embedder, encode_questions, open_embedder
from tests.fakes import HashingEmbedder

QUESTION = "Waar kan ik in Borger-Odoorn een kop koffie drinken?"
TEXTS = [
    "Buurthuis De Marke heeft elke dinsdag een inloop.",
    "€ 83,- per maand",
    "Exloërmond",
    "De mantelzorgondersteuningsregeling, bijv. voor wie ’s avonds zorgt. " * 4,
]


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


@pytest.fixture(params=["bundled", "sentence-transformers", "fake"], scope="module")
def any_embedder(request: pytest.FixtureRequest, embedder: Embedder) -> Embedder:
    match request.param:
        case "bundled":
            return embedder
        case "sentence-transformers":
            folder: Path = request.getfixturevalue("tiny_model")
            return open_embedder(str(folder))
        case _:
            return HashingEmbedder()


def test_every_vector_has_the_dimension_and_length_one(any_embedder: Embedder) -> None:
    vectors = [*any_embedder.embed_texts(TEXTS), *any_embedder.embed_questions([QUESTION])]

    assert {len(vector) for vector in vectors} == {any_embedder.dimension}
    assert [math.hypot(*vector) for vector in vectors] == pytest.approx([1.0] * 5, abs=1e-3)


def test_a_batch_gives_what_each_text_gives_by_itself_in_the_same_order(any_embedder: Embedder) -> None:
    together = any_embedder.embed_texts(TEXTS)

    for text, vector in zip(TEXTS, together, strict=True):
        assert cosine(any_embedder.embed_texts([text])[0], vector) > 0.9998


def test_the_same_text_always_gives_the_same_vector(any_embedder: Embedder) -> None:
    assert any_embedder.embed_questions([QUESTION]) == any_embedder.embed_questions([QUESTION])


def test_a_question_and_a_text_of_the_same_words_differ(any_embedder: Embedder) -> None:
    [question], [text] = any_embedder.embed_questions([QUESTION]), any_embedder.embed_texts([QUESTION])

    assert question != pytest.approx(text, abs=1e-3)


def test_an_encoding_has_the_vector_of_its_question(any_embedder: Embedder) -> None:
    for text, encoding in zip(TEXTS, encode_questions(any_embedder, TEXTS), strict=True):
        assert list(encoding.vector) == pytest.approx(any_embedder.embed_questions([text])[0], abs=1e-3)


def test_no_texts_give_no_vectors(any_embedder: Embedder) -> None:
    assert any_embedder.embed_texts([]) == []
    assert any_embedder.embed_questions([]) == []
    assert encode_questions(any_embedder, []) == []


def test_combining_accents_count_as_the_letters_that_they_make(any_embedder: Embedder) -> None:
    composed, combining = any_embedder.embed_texts(["café in Exloërmond", "cafe\u0301 in Exloe\u0308rmond"])

    assert composed == pytest.approx(combining, abs=1e-4)


def test_what_stands_after_a_nul_is_read_too(any_embedder: Embedder) -> None:
    with_nul, without, cut = any_embedder.embed_texts(["hulp\0 bij schulden", "hulp  bij schulden", "hulp"])

    assert with_nul == pytest.approx(without, abs=1e-4)
    assert with_nul != pytest.approx(cut, abs=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\0", "🙂", "ا ب"], ids=["empty", "space", "NUL", "emoji", "Arabic"])
def test_a_text_without_dutch_words_has_a_vector_too(any_embedder: Embedder, text: str) -> None:
    [vector] = any_embedder.embed_texts([text])

    assert all(math.isfinite(x) for x in vector)


def test_a_longer_text_has_more_tokens_and_every_text_has_some(any_embedder: Embedder) -> None:
    short, longer = (
        any_embedder.count_tokens("hulp"),
        any_embedder.count_tokens("hulp bij het invullen van formulieren"),
    )

    assert 0 < short < longer


def test_a_text_beyond_the_limit_still_gives_one_vector(any_embedder: Embedder) -> None:
    text = "mantelzorg " * (any_embedder.max_tokens + 10)

    assert any_embedder.count_tokens(text) > any_embedder.max_tokens
    assert len(any_embedder.embed_texts([text])) == 1


def test_texts_on_one_subject_lie_closer_than_texts_on_another(any_embedder: Embedder) -> None:
    [question] = any_embedder.embed_questions(["hulp bij schulden"])
    near, far = any_embedder.embed_texts(["Hulp bij schulden is gratis.", "De bus naar Emmen rijdt elk uur."])

    assert cosine(question, near) > cosine(question, far)
