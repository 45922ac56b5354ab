"""Puts the passages in the order in which a neighbour would mention them: here before far, new before old."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.domain import COUNTRY, PROVINCE, Kind, Passage, Place, Source, Turn
from assistant.freshness import is_outdated
from assistant.language.analysis import fold
from assistant.language.places import display_name

LOCAL, WIDER = 0.033, 0.01
VILLAGE, NEED = 0.022, 0.02
OUTDATED = -0.006
OTHER_AUDIENCE = -0.007
NEWER_MAY_LIE_BELOW = 0.02
EDITORS_CHOICE = 0.03
"""What the editors put first passes what fits about as well, and not what fits better."""
OTHER_AGE = -0.02
"""What is for children, when old people are named, or the other way round."""
HELP_FOR_ME, PAPER_FOR_ME, FIGURE_FOR_FIGURES = 0.008, -0.02, 0.013
"""Somebody in need is helped by a service before a policy paper; who asks for figures, by figures."""

PAPER = frozenset({Kind.FIGURE, Kind.POLICY, Kind.NEWS, Kind.THEME})

ASKS_A_FIGURE = re.compile(r"\b(?:hoeveel|percentage|procent|cijfers?|aantal|hoe vaak|gemiddelde?)\b", re.IGNORECASE)


OLD = re.compile(
    r"\b(?:ouderen?|oudjes?|bejaard\w*|senior\w*|opa|oma|[6-9]\d ?(?:\+|plus\w*)|[6-9]5-?plus\w*|"
    r"alzheimer\w*|dement\w*)(?!\w)"
)
YOUNG = re.compile(r"\b(?:kind\w*|jeugd\w*|jongeren\w*|leerling\w*|school\w*|baby\w*|peuter\w*)\b")
"""Folded words that name an age; “ouders” are neither."""


class RankPassages:
    """Adds small terms to the fused score, sorts, and drops what says the same in the same words."""

    async def __call__(self, turn: Turn) -> Turn:
        adjusted = [replace(p, scores=replace(p.scores, fused=p.scores.fused + bonus(p, turn))) for p in turn.passages]
        ranked = sorted(adjusted, key=lambda p: -p.scores.fused)
        kept = ranked if turn.wants_list or turn.about else without_outdated(ranked)
        return replace(turn, passages=without_repeats(kept))


def bonus(passage: Passage, turn: Turn) -> float:
    """What place, age and audience add to the score."""
    source = passage.source
    total = 0.0
    if turn.municipality and turn.municipality in source.municipalities:
        total += LOCAL
    elif COUNTRY in source.municipalities or PROVINCE in source.municipalities:
        total += WIDER
    if names_the_village(source, turn.places):
        total += VILLAGE
    if set(turn.needs) & set(source.topics):
        total += NEED
    if ASKS_A_FIGURE.search(turn.text):
        total += FIGURE_FOR_FIGURES if source.kind is Kind.FIGURE else 0.0
    elif turn.about_me:
        total += HELP_FOR_ME if source.is_help else PAPER_FOR_ME if source.kind in PAPER else 0.0
    total += OUTDATED if is_outdated(source) else 0.0
    total += OTHER_AGE if is_for_another_age(source.title, turn.text) else 0.0
    total += EDITORS_CHOICE * source.boost
    if turn.audience and turn.audience not in source.audience:
        total += OTHER_AUDIENCE
    return total


def is_for_another_age(title: str, question: str) -> bool:
    """Whether a title names the young only and a question the old only, or the other way round."""
    of_title, of_question = fold(title), fold(question)
    told, asked = (YOUNG, OLD) if OLD.search(of_question) else (OLD, YOUNG)
    return bool(
        told.search(of_title)
        and asked.search(of_question)
        and not asked.search(of_title)
        and not told.search(of_question)
    )


def names_the_village(source: Source, places: tuple[Place, ...]) -> bool:
    """Whether a source speaks of the very village or neighbourhood that was asked, not only of its municipality."""
    text = fold(f"{source.title} {source.text}")
    names = {fold(display_name(place)) for place in places if place.municipality}
    return any(name in text for name in names - {fold(m) for m in source.municipalities})


def without_outdated(passages: list[Passage]) -> list[Passage]:
    """The passages, less those of more than five years old for which something newer bears on the same."""
    newer = [p for p in passages if p.source.date and not is_outdated(p.source)]
    return [p for p in passages if not (is_outdated(p.source) and any(_replaces(q, p) for q in newer))]


def _replaces(newer: Passage, old: Passage) -> bool:
    """About as near to the question, of the same sort, on a same topic, for the very same place."""
    a, b = newer.source, old.source
    return (
        newer.scores.fused >= old.scores.fused - NEWER_MAY_LIE_BELOW
        and (a.is_help, a.kind is Kind.FIGURE) == (b.is_help, b.kind is Kind.FIGURE)
        and bool(set(a.topics) & set(b.topics))
        and set(a.municipalities) == set(b.municipalities)
    )


def without_repeats(passages: list[Passage]) -> tuple[Passage, ...]:
    """The passages, less those whose sentences all stand in a better one."""
    kept: list[Passage] = []
    said: set[str] = set()
    for passage in passages:
        sentences = {sentence.text for sentence in passage.sentences}
        if not sentences or not sentences <= said:
            kept.append(passage)
            said |= sentences
    return tuple(kept)
