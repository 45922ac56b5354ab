"""Proxies for plain language: they count letters and words, and do not know whether a reader understands."""

from __future__ import annotations

import re

from assistant.language.sentences import split_sentences
from evals.fixed_replies import plain
from evals.intervals import Count
from evals.measures.measure import Measure
from evals.measures.outcomes import is_answered
from evals.running import Record

LONG = 12
"""A word of more letters than this counts as long."""


def words(text: str) -> list[str]:
    """The words that are read out: no marks, no numbers, no addresses of sites."""
    bare = re.sub(r"\[\d+\]|https?://\S+|www\.\S+|\S+@\S+", " ", text)
    return re.findall(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*", bare)


def sentences(text: str) -> list[str]:
    """The sentences of a text, without those that hold no word."""
    bare = re.sub(r"\s*\[\d+\]", "", text)
    return [s for line in bare.splitlines() for s in split_sentences(plain(line)) if words(s)]


def _words_before_cards(record: Record) -> Count | None:
    if not is_answered(record) or not record.answer.cards:
        return None
    return float(len(words(record.answer.text))), 1.0


def _sentence_length(record: Record) -> Count | None:
    text = record.answer.text
    return (float(len(words(text))), float(len(sentences(text)))) if is_answered(record) else None


def _long_words(record: Record) -> Count | None:
    """The parts of a word with a hyphen count apart: `mantelzorg-ondersteuning` is read in two."""
    parts = [part for word in words(record.answer.text) for part in word.split("-")]
    return (float(sum(len(p) > LONG for p in parts)), float(len(parts))) if is_answered(record) else None


_SECTION = "Plain language (proxies, of answers)"

WORDING: tuple[Measure, ...] = (
    Measure("words_before_cards", _SECTION, "Words before the cards", _words_before_cards, is_share=False),
    Measure("sentence_length", _SECTION, "Words in a sentence", _sentence_length, is_share=False),
    Measure("long_words", _SECTION, f"Words of more than {LONG} letters", _long_words, lower_is_better=True),
)
