"""The dictionary forms are those of simplemma, however its dictionary is kept."""

from __future__ import annotations

import simplemma

from assistant.language.analysis import words
from assistant.language.lemmas import lemma_of
from assistant.language.lexicon import dutch_words
from tests.conftest import REPOSITORY


def test_the_words_of_the_corpus_and_of_the_dictionary_get_the_forms_of_simplemma() -> None:
    written = {word for path in REPOSITORY.glob("corpus/hulp/**/*.md") for word in words(path.read_text("utf-8"))}
    asked = [*sorted(written), *sorted(dutch_words())[::50]]

    assert len(written) > 2000
    assert [lemma_of(word) for word in asked] == [simplemma.lemmatize(word, lang="nl") for word in asked]


def test_capitals_and_unknown_words_are_as_simplemma_has_them() -> None:
    asked = ["Kinderen", "hielp", "WMO-loket", "xyzzy", "buurtmaaltijden", "'s-avonds", "é"]

    assert [lemma_of(word) for word in asked] == [simplemma.lemmatize(word, lang="nl") for word in asked]
