"""Answers for a professional: contact persons, partners, years and figures first, in lines that can be quoted."""

from __future__ import annotations

from assistant import replies
from assistant.domain import Draft, Passage, Statement, Turn
from assistant.writing.choosing import CARDS, fits, helping, named_needs, near_best, with_first, without_doubles
from assistant.writing.dating import dated
from assistant.writing.naming import fields_of, stated
from assistant.writing.prose import see_also, shortened
from assistant.writing.selecting import best_sentences

FURTHER_SOURCES = 2


def write_compact(turn: Turn) -> Draft:
    """A line for each sentence, with how old it is and how to reach the source; no warm words, no terms explained."""
    passages = bearing(turn)
    lead = _heading(turn, passages)
    lines = _lines(turn, passages)
    used = {line.source.id for line in lines if line.source}
    cards = tuple(
        p.source for p in passages[:CARDS] if p.source.is_help and (p is passages[0] or p.source.id in used or fits(p))
    )
    shown = used | {source.id for source in cards}
    further = [p.source for p in with_first(turn, passages) if p.source.id not in shown]
    return Draft(
        lead=lead,
        items=tuple(lines),
        closing=see_also(further),
        cards=cards,
        short=shortened(turn, passages[0], None, _contact(passages[0])),
    )


def bearing(turn: Turn) -> list[Passage]:
    """Help where help fits best; else whatever is near the best and fits, papers and projects too."""
    if turn.passages[0].source.is_help and (helps := helping(turn)):
        return helps
    near = without_doubles(near_best(turn.passages))
    return [near[0], *(p for p in near[1:] if fits(p))][: 2 + FURTHER_SOURCES]


def _heading(turn: Turn, passages: list[Passage]) -> tuple[Statement, ...]:
    needs = [replies.TOPIC_NAMES.get(need, need) for need in named_needs(turn, [p.source for p in passages])]
    if not needs:
        return (Statement(replies.FOUND_FOR_PLACE.format(place=turn.municipality)),) if turn.municipality else ()
    form = replies.PROFESSIONAL_PLACE if turn.municipality else replies.PROFESSIONAL
    return (Statement(form.format(need=replies.spoken_list(needs), place=turn.municipality)),)


def _lines(turn: Turn, passages: list[Passage]) -> list[Statement]:
    lines: list[Statement] = []
    for passage, count in zip(passages, (3 if len(passages) == 1 else 2, 1), strict=False):
        said = best_sentences(turn, passage, count, [line.text for line in lines])
        lines += [*dated(said), *_contact(passage)]
    return lines


def _contact(passage: Passage) -> tuple[Statement, ...]:
    return (stated(passage.source, replies.CONTACT),) if fields_of(passage.source)["reach"] else ()
