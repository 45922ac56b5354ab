"""Takes out of a question, before it goes to a model, every word that might tell who asks.

Personal data was redacted before; here names go too. Only words that a Dutch dictionary or the sources know remain.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.language.analysis import fold, words
from assistant.language.lexicon import is_dutch

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
HIDDEN = "…"
LONGEST_FIGURE = 3
"""Digits of an age or a number of children; more may be somebody's number."""


def nameless(text: str, known: Collection[str]) -> str:
    """The text with `…` for each word that is neither Dutch nor among the `known` (folded) ones, nor a small number.

    A capital within a sentence makes a name of a Dutch word too: “mevrouw Bakker”.
    """
    kept = frozenset(known)

    def shown(found: re.Match[str]) -> str:
        word, folded = found.group(), fold(found.group())
        if folded in kept or (word.isdigit() and len(word) <= LONGEST_FIGURE):
            return word
        starts = not re.search(r"\w", re.split(r"[.!?]", text[: found.start()])[-1])
        return word if is_dutch(folded) and (starts or word[0].islower()) else HIDDEN

    return WORD.sub(shown, text)


def words_of(texts: Collection[str]) -> frozenset[str]:
    """The folded words of texts."""
    return frozenset(word for text in texts for word in words(text))
