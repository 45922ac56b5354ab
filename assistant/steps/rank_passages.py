"""Puts the passages in the order in which a neighbour would mention them: here before far, new before old."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import COUNTRY, PROVINCE, Passage, Turn
from assistant.freshness import is_outdated, is_stale

LOCAL, PROVINCIAL, NATIONAL = 0.015, 0.005, 0.0
OUTDATED, STALE = -0.01, -0.003
OTHER_AUDIENCE = -0.01


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
    if turn.municipality:
        where = source.municipalities
        total += LOCAL if turn.municipality in where else PROVINCIAL if PROVINCE in where else NATIONAL
    elif COUNTRY in source.municipalities or PROVINCE in source.municipalities:
        total += PROVINCIAL
    total += OUTDATED if is_outdated(source) else STALE if is_stale(source) else 0.0
    if turn.audience and turn.audience not in source.audience:
        total += OTHER_AUDIENCE
    return total


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
