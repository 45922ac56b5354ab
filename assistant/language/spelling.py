"""Repairs typing mistakes towards the words of the corpus, and never touches a word that is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language.analysis import WORD, fold
from assistant.language.dialect import DIALECT
from assistant.language.lexicon import is_dutch
from assistant.language.sound import sound_of

SHORTEST = 4
LONG = 9
"""Words of so many letters may have two mistakes, shorter ones one."""

SEEN_OFTEN = 2
PLACEHOLDER = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Repair:
    """A text with its mistakes repaired, and which words were changed (old, new)."""

    text: str
    changes: tuple[tuple[str, str], ...]


class Speller:
    """Knows the words of one generation with their counts."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._candidates = [
            word
            for word, count in vocabulary.items()
            if len(word) >= SHORTEST and (count >= SEEN_OFTEN or is_dutch(word))
        ]

        by_count = sorted(self._candidates, key=lambda word: vocabulary[word])
        self._by_sound = {sound_of(word): word for word in by_count if len(word) > SHORTEST}

    def repair(self, text: str, keep: frozenset[str] = frozenset()) -> Repair:
        """Replaces each misspelt word; `keep` are folded words, such as place names, that stay as they are."""
        changes: list[tuple[str, str]] = []

        def fix(match: re.Match[str]) -> str:
            word = match.group()
            better = None if fold(word) in keep else self._better(fold(word))
            if better is None:
                return word
            changes.append((word, better))
            return better

        masked = PLACEHOLDER.sub(lambda m: " " * len(m.group()), text)
        return Repair(WORD.sub(fix, masked), tuple(changes)) if masked.strip() else Repair(text, ())

    def _better(self, word: str) -> str | None:
        if word in DIALECT:
            return DIALECT[word]
        if len(word) < SHORTEST or any(c.isdigit() for c in word) or word in self._vocabulary or is_dutch(word):
            return None
        if (heard := self._by_sound.get(sound_of(word))) is not None:
            return heard
        allowed = 2 if len(word) >= LONG else 1
        found = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        same_start = [(w, d) for w, d, _ in found if w[0] == word[0] or d == 1]
        return min(same_start, key=lambda pair: (pair[1], -self._vocabulary.get(pair[0], 0)), default=(None, 0))[0]
