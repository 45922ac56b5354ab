"""Repairs typing mistakes towards the words of the corpus, and never touches a word that is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language.analysis import STOP_WORDS, WORD, fold
from assistant.language.dialect import in_dutch, is_drents
from assistant.language.lexicon import is_dutch
from assistant.language.sound import sound_of

SHORTEST, SHORTEST_TO_CHANGE = 4, 5
"""Words of fewer letters are not repaired at all, and not towards another sound."""

LONG = 9
"""Words of so many letters may have two mistakes, shorter ones one."""

SEEN_OFTEN = 2
PART, ADJECTIVE = 4, 6
"""Letters that each part of a compound has at least, and an adjective that was written together with its noun."""

JOINED_OFTEN = 4
"""How often the corpus must write two words as one before we do so too."""

ABBREVIATED = re.compile(r"[A-Z][^A-Z]*[A-Z][^a-z]*[a-z]|[a-z][^A-Z]*[A-Z]")
"""Capitals among small letters: a name (“WIJ-team”, “FlexDrenthe”), and no mistake."""

ENDINGS = frozenset({"s", "'s", "en", "jes", "tjes"})
"""A word that has one more ending than a word that we know is another form of it, and no mistake."""

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
        self._by_sound = {sound_of(word): word for word in by_count}

    def repair(self, text: str, keep: frozenset[str] = frozenset()) -> Repair:
        """Replaces each misspelt word; `keep` are folded words, such as place names, that stay as they are."""
        changes: list[tuple[str, str]] = []
        among_drents = any(is_drents(word) for word in WORD.findall(text) if fold(word) not in keep)

        def fix(match: re.Match[str]) -> str:
            word = match.group()
            better = None if fold(word) in keep else self._better(word, among_drents=among_drents)
            if better is None or better == fold(word) == word:
                return word
            changes.append((word, better))
            return better

        masked = PLACEHOLDER.sub(lambda m: " " * len(m.group()), text)
        if not masked.strip():
            return Repair(text, ())
        return Repair(self._joined(WORD.sub(fix, masked), changes, keep), tuple(changes))

    def _better(self, word: str, *, among_drents: bool) -> str | None:
        if (dutch := in_dutch(word, self._exists, among_drents=among_drents)) is not None:
            return dutch
        if ABBREVIATED.search(word):
            return None
        word = fold(word)
        if len(word) < SHORTEST or any(c.isdigit() for c in word) or self._exists(word):
            return None
        heard = self._by_sound.get(sound_of(word))
        if heard is not None and max(len(heard), len(word)) > SHORTEST:
            return heard
        return self._nearest(word) or self._split(word)

    def _exists(self, word: str) -> bool:
        return word in self._vocabulary or is_dutch(word)

    def _nearest(self, word: str) -> str | None:
        if len(word) < SHORTEST_TO_CHANGE:
            return None
        allowed = 2 if len(word) >= LONG else 1
        found = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        same_start = [(w, d) for w, d, _ in found if w[0] == word[0] or d == 1]
        best, _ = min(same_start, key=lambda pair: (pair[1], -self._vocabulary.get(pair[0], 0)), default=("", 0))
        return best if best and word.removeprefix(best) not in ENDINGS else None

    def _split(self, word: str) -> str | None:
        """Two words that were written as one: of a compound the second is misspelt, or the first is an adjective."""
        for at in range(len(word) - PART, PART - 1, -1):
            first, second = word[:at], word[at:]
            if self._vocabulary.get(first, 0) < SEEN_OFTEN:
                continue
            if second in self._vocabulary:
                # A compound that is only new to us (“buurtmaaltijd”) is right as it is.
                return f"{first} {second}" if first.endswith("e") and len(first) >= ADJECTIVE else None
            heard = self._by_sound.get(sound_of(second))
            if heard is not None and self._vocabulary[heard] >= SEEN_OFTEN:
                return first + heard if first + heard in self._vocabulary else f"{first} {heard}"
        return None

    def _joined(self, text: str, changes: list[tuple[str, str]], keep: frozenset[str]) -> str:
        """Two words that the corpus writes as one (“mantel zorg”, “kinder bijslach”) are joined."""
        tokens = list(WORD.finditer(text))
        for left, right in reversed(list(pairwise(tokens))):
            pair = fold(left.group()), fold(right.group())
            apart = text[left.end() : right.start()]
            if apart == " " and not keep.intersection(pair) and (whole := self._together(*pair)):
                text = f"{text[: left.start()]}{whole}{text[right.end() :]}"
                changes.append((" ".join(pair), whole))
        return text

    def _together(self, first: str, second: str) -> str | None:
        """The word that two words are in the corpus, when they are one there; a part of it may be misspelt."""
        if first in STOP_WORDS or second in STOP_WORDS or min(len(first), len(second)) < PART:
            return None
        whole: str | None = first + second
        if not (self._exists(first) and self._exists(second)):
            whole = self._by_sound.get(sound_of(first + second))
        return whole if whole and self._vocabulary.get(whole, 0) >= JOINED_OFTEN else None
