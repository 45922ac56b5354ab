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
from assistant.language.analysis import fold, terms, words
from assistant.language.details import missing_details
from assistant.language.lexicon import is_dutch
from assistant.language.names import names_in, unknown_names
from assistant.library import Library
from assistant.writing.selecting import near_best

COUNTS_PEOPLE = re.compile(
    r"\b(?:hoe ?veel|percentage|procent|aantal)\b.{0,40}\b(?:inwoners|mensen|ouderen|jongeren|kinderen|huishoudens|"
    r"mantelzorgers|gezinnen|volwassenen|65-?plussers|cliënten|vrijwilligers)\b",
    re.IGNORECASE,
)
"""A figure about the people of a place, which another place's figure does not answer."""

NEAR_PASSAGES = 4
COVERING = 5


def weigh(turn: Turn, library: Library) -> Evidence:
    """The evidence for a turn whose passages are ranked; the probability is 0 when nothing was found."""
    if not turn.passages:
        return Evidence(0.0)
    near = near_best(turn.passages)[:NEAR_PASSAGES]
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
    """Whether a passage is about the very municipality that was asked; true when none was."""
    where, source = turn.municipality, passage.source
    return where is None or where in source.municipalities or where in f"{source.title} {source.text}"


def _features(turn: Turn, library: Library) -> dict[str, float]:
    asked = library.places.without_names(turn.search_text)
    best = turn.passages[0]
    return {
        "fused": best.scores.fused,
        "covered": library.search.coverage(asked, _all_text(best)),
        "covered_together": library.search.coverage(asked, " ".join(map(_all_text, turn.passages[:COVERING]))),
        "beyond": (turn.beyond.score - turn.best_question) if turn.beyond else -0.1,
        "beyond_words": turn.beyond.coverage if turn.beyond else 0.0,
        "length": min(len(set(terms(asked))), 12) / 12,
        "foreign": float(turn.language != "nl"),
        "need": float(bool(set(turn.needs) & set(best.source.topics))),
    }


def _unknown_names(turn: Turn, library: Library) -> tuple[str, ...]:
    if turn.language != "nl":
        return ()
    places = {word for m in library.places.mentions(turn.text) for word in words(turn.text[m.start : m.end])}
    known = library.manifest.words

    def is_word(word: str) -> bool:
        return fold(word) in places or word in known or is_dutch(word)

    return unknown_names(names_in(turn.text, is_word), turn.passages)


def _all_text(passage: Passage) -> str:
    return " ".join([passage.source.title, passage.chunk.text, *passage.source.questions])
