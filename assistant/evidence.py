"""Weighs what speaks for and against the passages answering a question, as one calibrated probability.

A cosine alone cannot tell: on Dutch questions the scores of what can and cannot be answered overlap. So evidence of
different kinds is combined by a logistic regression with a handful of readable weights (`calibration.json`, made by
`python -m evals calibrate` on the tuning set).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain import Evidence, Passage, Turn
from assistant.language.analysis import terms, words
from assistant.language.details import NUMBER, missing_details
from assistant.language.lexicon import is_dutch
from assistant.language.names import names_in, unknown_names
from assistant.library import Library
from assistant.rules.meaning import BEYOND, OURS
from assistant.writing.choosing import near_best

COUNTS_PEOPLE = re.compile(
    r"\b(?:hoe ?veel|percentage|procent|aantal)\b.{0,40}\b(?:inwoners|mensen|ouderen|jongeren|kinderen|huishoudens|"
    r"mantelzorgers|gezinnen|volwassenen|65-?plussers|cliënten|vrijwilligers)\b",
    re.IGNORECASE,
)
"""A figure about the people of a place, which another place's figure does not answer."""

CHANGES = re.compile(
    r"\b(?:(?:volgend|komend|afgelopen|vorig|laatste|dit) (?:jaar|maand|week|weekend|seizoen)e?|"
    r"(?:vorige|komende|volgende|afgelopen|deze) (?:week|maand|keer)|op dit moment|momenteel|vandaag|gisteren|morgen|"
    r"vanavond|straks|binnenkort|20(?:2[7-9]|[3-9]\d))\b",
    re.IGNORECASE,
)
"""Words that ask for what was, or will be, at one moment: our sources seldom know."""

SMALLEST_SHARE = 0.01
"""A share of a meaning below this is as good as none."""

NEAR_PASSAGES = 4
COVERING = 5


def weigh(turn: Turn, library: Library) -> Evidence:
    """The evidence for a turn whose passages are ranked; the probability is 0 when nothing was found."""
    if not turn.passages:
        return Evidence(0.0)
    near = turn.passages if turn.about else near_best(turn.passages)[:NEAR_PASSAGES]
    missing = min((_missing(turn, passage) for passage in near), key=len)
    strangers = _unknown_names(turn, library)
    features = _features(turn, library) | {"missing": float(bool(missing)), "names": float(bool(strangers))}
    return Evidence(probability(features), features, missing, strangers)


def probability(features: Mapping[str, float]) -> float:
    """The calibrated chance (0 to 1) that the passages answer the question."""
    model = calibration()
    z = model["intercept"] + sum(weight * features[name] for name, weight in model["weights"].items())
    return 1 / (1 + math.exp(-z))


@cache
def calibration() -> dict[str, Any]:
    """The weights, the intercept, and the limits of the bands."""
    text = (files("assistant") / "calibration.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _missing(turn: Turn, passage: Passage) -> tuple[str, ...]:
    missing = missing_details(turn.text, passage.source)
    elsewhere = COUNTS_PEOPLE.search(turn.text) and not _speaks_of_place(passage, turn)
    return missing or (("count",) if elsewhere else ())


def _speaks_of_place(passage: Passage, turn: Turn) -> bool:
    """Whether a passage gives a figure of the very municipality that was asked; true when none was."""
    where, source = turn.municipality, passage.source
    if where is None or where in source.municipalities or where in source.title:
        return True
    return any(where in sentence and NUMBER.search(sentence) for sentence in source.sentences)


def _features(turn: Turn, library: Library) -> dict[str, float]:
    asked, search = library.places.without_names(turn.search_text), library.search
    best = turn.passages[0]
    together = [text for p in turn.passages[:COVERING] for text in _texts(p)]
    return {
        "fused": best.scores.fused,
        "covered": max(search.coverage(words, *_texts(best)) for words in (asked, *turn.plain)),
        "covered_together": max(search.coverage(words, *together) for words in (asked, *turn.plain)),
        "lexical": max(passage.scores.coverage for passage in turn.passages),
        "beyond": (turn.beyond.score - turn.best_question) if turn.beyond else -0.1,
        "beyond_words": turn.beyond.coverage if turn.beyond else 0.0,
        "ours": _likeness_to_ours(turn),
        "length": min(len(set(terms(asked))), 12) / 12,
        "foreign": float(turn.language != "nl"),
        "about_me": float(turn.about_me),
        "changes": float(bool(CHANGES.search(turn.text))),
    }


def _likeness_to_ours(turn: Turn) -> float:
    """How much more the whole question is like those that sources answer than like those that none does (log odds).

    0 says nothing: a follow-up is read with what it leans on, and with some encoders no meaning was learned.
    """
    if not turn.meaning or turn.leans_back:
        return 0.0
    ours, beyond = (turn.meaning.get(subject, 0.0) + SMALLEST_SHARE for subject in (OURS, BEYOND))
    return math.log(ours / beyond)


def _unknown_names(turn: Turn, library: Library) -> tuple[str, ...]:
    if turn.language != "nl":
        return ()
    places = {word for m in library.places.mentions(turn.text) for word in words(turn.text[m.start : m.end])}
    known = library.manifest.words

    def is_word(word: str) -> bool:
        return word in places or word in known or is_dutch(word) or bool(library.speller.repair(word).changes)

    names = [name for name in names_in(turn.text, is_word) if not places.issuperset(words(name))]
    return unknown_names(names, turn.passages)


def _texts(passage: Passage) -> tuple[str, ...]:
    return passage.source.title, passage.chunk.text, *passage.source.questions
