"""The list of Dutch words is that of its package, folded."""

from __future__ import annotations

import pytest
from spellchecker import SpellChecker

from assistant.language.analysis import fold
from assistant.language.lexicon import dutch_words, is_dutch


@pytest.mark.parametrize("word", ["schulden", "eenzaamheid", "coordinatie", "zo'n"])
def test_an_ordinary_word_is_dutch(word: str) -> None:
    assert is_dutch(word)


@pytest.mark.parametrize("word", ["shculden", "coördinatie", "Schulden", ""])
def test_a_mistake_or_a_word_that_is_not_folded_is_not(word: str) -> None:
    assert not is_dutch(word)


def test_every_word_of_the_list_is_there() -> None:
    listed = {fold(word) for word in SpellChecker(language="nl").word_frequency}

    assert set(dutch_words()) == listed
