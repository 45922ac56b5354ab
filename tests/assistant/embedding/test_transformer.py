"""The bundled engine for code that speaks sentence-transformers, and models that cannot be loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.embedding import Embedder, open_embedder
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUESTION = "Wie helpt mij met schulden in Assen?"
TEXT = "Het Loket Geldzaken van de gemeente Assen helpt inwoners met geldzorgen."


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    # Takes seconds to import: only the worker that runs these tests waits for it.
    from assistant.embedding.transformer import bundled_sentence_transformer

    return bundled_sentence_transformer()


def test_encode_query_equals_the_question_of_the_engine(model: SentenceTransformer, embedder: Embedder) -> None:
    assert model.encode_query(QUESTION).tolist() == pytest.approx(embedder.embed_questions([QUESTION])[0], abs=1e-5)


def test_encode_document_equals_the_text_of_the_engine(model: SentenceTransformer, embedder: Embedder) -> None:
    assert model.encode_document([TEXT])[0].tolist() == pytest.approx(embedder.embed_texts([TEXT])[0], abs=1e-5)


def test_plain_encode_reads_a_text(model: SentenceTransformer, embedder: Embedder) -> None:
    assert model.encode(TEXT).tolist() == pytest.approx(embedder.embed_texts([TEXT])[0], abs=1e-5)


def test_the_bundled_model_can_be_saved_and_loaded_by_who_trusts_our_code(
    model: SentenceTransformer, embedder: Embedder, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    model.save(str(tmp_path))

    loaded = SentenceTransformer(str(tmp_path), trust_remote_code=True)

    assert loaded.encode_query(QUESTION).tolist() == pytest.approx(embedder.embed_questions([QUESTION])[0], abs=1e-5)
    assert loaded.encode_document([TEXT])[0].tolist() == pytest.approx(embedder.embed_texts([TEXT])[0], abs=1e-5)


def test_a_model_that_brings_its_own_code_is_not_trusted(model: SentenceTransformer, tmp_path: Path) -> None:
    model.save(str(tmp_path))

    with pytest.raises(SettingsError, match="EMBEDDING_MODEL"):
        open_embedder(str(tmp_path))


def test_a_model_in_a_folder_is_named_as_the_setting_names_it(tiny_model: Path) -> None:
    assert open_embedder(str(tiny_model)).name == str(tiny_model)


def test_a_model_without_a_limit_of_its_own_is_read_up_to_ours(tiny_model: Path) -> None:
    assert open_embedder(str(tiny_model)).max_tokens == 512


def test_tokens_are_counted_with_the_tokenizer_of_the_model(tiny_model: Path) -> None:
    assert open_embedder(str(tiny_model)).count_tokens("Hulp bij schulden") == 3


@pytest.mark.parametrize("name", ["bestaat/niet", "bundled:e5-large", "/tmp/geen-map"])
def test_a_model_that_cannot_be_loaded_names_the_setting_and_what_would_be_right(name: str) -> None:
    with pytest.raises(SettingsError, match=rf"(?s)EMBEDDING_MODEL='{name}': .*local folder.*bundled:e5-small"):
        open_embedder(name)
