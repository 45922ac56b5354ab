"""Which words are Dutch: guards the repairs, so that a word that is right is never changed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from marisa_trie import Trie

from assistant.kept import kept
from assistant.language.analysis import fold


def is_dutch(word: str) -> bool:
    """Whether a folded word is an ordinary Dutch word."""
    return word in dutch_words()


def _list() -> list[Path]:
    spec = find_spec("spellchecker")
    return [Path(str(spec.origin)).parent / "resources" / "nl.json.gz"] if spec is not None else []


@cache
@kept(_list)
def dutch_words() -> Trie:
    """344 000 folded Dutch word forms, from the list that pyspellchecker carries. In a trie they take 1 MB, not 37."""
    from spellchecker import SpellChecker

    listed = SpellChecker(language="nl").word_frequency  # in lower case
    return Trie(word if word.isascii() else fold(word) for word in listed)
