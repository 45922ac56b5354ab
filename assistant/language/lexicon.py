"""Which words are Dutch: guards the repairs, so that a word that is right is never changed."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker

from assistant.language.analysis import fold


@cache
def dutch_words() -> frozenset[str]:
    """344 000 folded Dutch word forms, from the list that pyspellchecker carries."""
    listed = SpellChecker(language="nl").word_frequency  # in lower case
    return frozenset(word if word.isascii() else fold(word) for word in listed)


def is_dutch(word: str) -> bool:
    """Whether a folded word is an ordinary Dutch word."""
    return word in dutch_words()
