"""Reads a misspelt word, or words typed without spaces, as the words that the rules know.

Who is in need types in a hurry. Any word that is no Dutch word may be one letter away from a word of the rules; the key
words of a table (`spelling:`) may be further away, also when the mistake happens to make another Dutch word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language.lexicon import is_dutch
from assistant.rules.folding import variants

SHORTEST, LONGEST = 4, 40
"""Letters of a word that a spelling mistake is looked for in."""

SHORTEST_UNKNOWN = 6
"""The same in a script whose ordinary words we do not know: in Arabic one letter tells a road from a fire."""

KEY_WORD = 6
GLUED = range(7, 200)
"""Letters of a word that may hide several."""

MOST_GLUED = 20
"""Glued words that are taken apart in one text; enough for a text without any spaces."""

LONGEST_PIECE = 20


class Spelling:
    """The words of a rule table, found back from a misspelling.

    `words` counts in how many phrases a word stands: of two that are as near, the commoner is meant. `key_words` gives
    for each key word how many letters may be wrong (a swap of neighbours counts as one).
    """

    def __init__(self, words: Mapping[str, int], key_words: Mapping[str, int]) -> None:
        self.words = words
        self._key_words = key_words
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for word in words:
            if SHORTEST <= len(word) <= LONGEST:
                for short in _shortened(word):
                    self._shortened[short].add(word)

    def read(self, token: str) -> str:
        """The word of the rules that this token is a spelling of, else the token itself."""
        if token in self.words or len(token) > LONGEST:
            return token
        for variant in variants(token):
            if variant in self.words:
                return variant
        plain = next(variants(token))
        return self._key_word(plain) or self._near(plain) or token

    def _key_word(self, token: str) -> str | None:
        """The key word that differs by no more letters than it allows, and starts with the same letter."""
        if len(token) < KEY_WORD or not self._key_words:
            return None
        most = max(self._key_words.values())
        near = process.extract(token, self._key_words.keys(), scorer=OSA.distance, score_cutoff=most, limit=5)
        fitting = (word for word, distance, _ in near if distance <= self._key_words[word] and word[0] == token[0])
        return next(fitting, None)

    def _near(self, token: str) -> str | None:
        """The commonest word one letter away, when the token itself is no Dutch word."""
        shortest = SHORTEST if token.isascii() else SHORTEST_UNKNOWN
        if len(token) < shortest or not token.isalpha() or is_dutch(token):
            return None
        near = {word for short in _shortened(token) for word in self._shortened.get(short, ())}
        fitting = [word for word in near if OSA.distance(word, token, score_cutoff=1) <= 1]
        return max(fitting, key=lambda word: (word[0] == token[0], self.words[word], word), default=None)


def unglue(tokens: Sequence[str], spelling: Spelling) -> list[str]:
    """The tokens, with those that are several words of the rules typed without a space between them set apart."""
    apart: list[str] = []
    left = MOST_GLUED
    for token in tokens:
        pieces = None
        if left and len(token) in GLUED and token not in spelling.words and not is_dutch(token):
            pieces, left = _pieces(token, spelling.words), left - 1
        apart.extend(pieces or [token])
    return apart


def _pieces(token: str, words: Mapping[str, int]) -> list[str] | None:
    """The likeliest words that together are the token, None when there are none."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(token) + 1):
        ways = [
            [*before, token[start:end]]
            for start in range(max(0, end - LONGEST_PIECE), end)
            if (before := best[start]) is not None and token[start:end] in words
        ]
        best.append(min(ways, key=_unlikeliness, default=None))
    return best[-1]


def _unlikeliness(pieces: Sequence[str]) -> tuple[int, int]:
    """Few words are likelier than many, but two Dutch words are likelier than one that is none (`nietmeer`)."""
    foreign = sum(not is_dutch(piece) for piece in pieces)
    return len(pieces) + foreign, foreign


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without one of its letters: two words one mistake apart have one of these in common."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
