"""Which sources match search words: by their words, so that a name is always found; the index adds those by meaning."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.domain import Source
from assistant.language.analysis import terms

ENOUGH = 0.6
"""Share of the weight of the words that a source must hold: of two words of equal weight, both."""
WITHIN_WORD = 5
"""A search word of this length is also found inside a longer one: `mantelzorg` in `mantelzorgwinkel`."""


class WordIndex:
    """The words of every source, in memory."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._held: Mapping[str, frozenset[str]] = {source.id: frozenset(terms(text_of(source))) for source in sources}

    def matches(self, words: str) -> dict[str, float]:
        """The ids of the sources that hold enough of the words, with the share (0 to 1) of their weight that they hold.

        A word weighs more when fewer sources hold it, and most when none does.
        """
        holders = {term: {id for id, held in self._held.items() if is_in(term, held)} for term in set(terms(words))}
        weights = {term: math.log(1 + len(self._held) / (1 + len(ids))) for term, ids in holders.items()}
        total = sum(weights.values())
        shares = {id: sum(weights[t] for t, ids in holders.items() if id in ids) / total for id in any_of(holders)}
        return {id: share for id, share in shares.items() if share >= ENOUGH}


def any_of(holders: Mapping[str, set[str]]) -> set[str]:
    """The ids of all holders."""
    return set().union(*holders.values())


def is_in(term: str, held: frozenset[str]) -> bool:
    """Whether the term, or a longer word with it inside, is among the held ones."""
    return term in held or (len(term) >= WITHIN_WORD and any(term in word for word in held))


def text_of(source: Source) -> str:
    """All that a visitor may search a source by."""
    labels = (*source.municipalities, *source.themes, *source.topics, source.kind.value)
    return " ".join((source.title, source.organisation or "", source.publisher, *labels, source.text))
