"""The cache of vectors saves time, and its loss costs nothing but time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.vectors import Text, VectorCache

MODEL = "bundled:e5-small"
TEXTS: list[Text] = [("text", "Kom gerust binnen."), ("question", "Kom gerust binnen.")]
VECTORS = [[0.5, -0.5, 0.25], [1.0, 0.0, 0.125]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cache with two vectors."""
    path = tmp_path / "vectors.sqlite"
    cache = VectorCache(path)
    cache.put(MODEL, TEXTS, VECTORS)
    cache.close()
    return path


@pytest.fixture
def cache(path: Path) -> Iterator[VectorCache]:
    cache = VectorCache(path)
    yield cache
    cache.close()


def test_what_was_put_is_there_after_opening_again(cache: VectorCache) -> None:
    assert cache.get(MODEL, TEXTS) == dict(zip(TEXTS, VECTORS, strict=True))


def test_a_text_as_question_and_as_text_has_two_vectors(cache: VectorCache) -> None:
    found = cache.get(MODEL, TEXTS)

    assert found[TEXTS[0]] != found[TEXTS[1]]


@pytest.mark.parametrize(
    ("model", "text"), [("ander-model", TEXTS[0]), (MODEL, ("text", "iets anders"))], ids=["model", "text"]
)
def test_another_model_or_text_is_not_known(cache: VectorCache, model: str, text: Text) -> None:
    assert cache.get(model, [text]) == {}


def test_a_vector_that_is_put_again_replaces_the_old_one(cache: VectorCache) -> None:
    cache.put(MODEL, [TEXTS[0]], [[0.0, 0.0, 1.0]])

    assert cache.get(MODEL, [TEXTS[0]]) == {TEXTS[0]: [0.0, 0.0, 1.0]}


def test_texts_that_nobody_asks_for_any_more_are_forgotten(cache: VectorCache) -> None:
    cache.missing(MODEL, [TEXTS[1]])
    cache.keep_wanted()

    assert list(cache.get(MODEL, TEXTS)) == [TEXTS[1]]


def test_a_text_that_is_missing_is_told_once(cache: VectorCache) -> None:
    new: Text = ("text", "Iets nieuws.")

    assert cache.missing(MODEL, [TEXTS[0], new, new]) == [new]
    assert cache.missing(MODEL, [new]) == []


def test_every_text_needs_its_vector(cache: VectorCache) -> None:
    with pytest.raises(ValueError, match="zip"):
        cache.put(MODEL, TEXTS, [[1.0]])


def damage_all(path: Path) -> None:
    path.write_bytes(b"dit is geen database" * 500)


def damage_the_rows(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [damage_all, damage_the_rows, cut_in_half, empty])
def test_a_damaged_cache_starts_empty_and_works(path: Path, damage: object) -> None:
    assert callable(damage)
    damage(path)

    cache = VectorCache(path)

    assert cache.get(MODEL, TEXTS) == {}
    cache.put(MODEL, TEXTS, VECTORS)
    assert len(cache.get(MODEL, TEXTS)) == 2
    cache.close()
