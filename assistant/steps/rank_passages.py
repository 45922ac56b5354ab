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
HELP_FOR_ME, PAPER_FOR_ME, FIGURE_FOR_FIGURES = 0.008, -0.02, 0.013
"""Somebody in need is helped by a service before a policy paper; who asks for figures, by figures."""

PAPER = frozenset({Kind.FIGURE, Kind.POLICY, Kind.NEWS, Kind.THEME})

ASKS_A_FIGURE = re.compile(r"\b(?:hoeveel|percentage|procent|cijfers?|aantal|hoe vaak|gemiddelde?)\b", re.IGNORECASE)


class RankPassages:
    """Adds small terms to the fused score, sorts, and drops what says the same in the same words."""

    async def __call__(self, turn: Turn) -> Turn:
        adjusted = [replace(p, scores=replace(p.scores, fused=p.scores.fused + bonus(p, turn))) for p in turn.passages]
        ranked = sorted(adjusted, key=lambda p: -p.scores.fused)
        return replace(turn, passages=without_repeats(ranked))


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
    if turn.audience and turn.audience not in source.audience:
        total += OTHER_AUDIENCE
    return total


def names_the_village(source: Source, places: tuple[Place, ...]) -> bool:
    """Whether a source speaks of the very village or neighbourhood that was asked, not only of its municipality."""
    text = fold(f"{source.title} {source.text}")
    names = {fold(display_name(place)) for place in places if place.municipality}
    return any(name in text for name in names - {fold(m) for m in source.municipalities})


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
