"""Answers in prose: help that a person can turn to, with cards, and information with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from assistant import replies
from assistant.domain import Draft, Kind, Passage, Source, Statement, Turn
from assistant.writing.choosing import (
    CARDS,
    fits,
    helping,
    meets_need,
    named_needs,
    near_best,
    with_first,
    without_doubles,
)
from assistant.writing.dating import dated
from assistant.writing.naming import door_step_to, places_of, step_to
from assistant.writing.selecting import best_sentences, easiest_sentence

PAPER_TO_SEE = frozenset({Kind.REGULATION, Kind.PROJECT})
"""What somebody who asks for help may also want to read."""


def write_help(turn: Turn) -> Draft:
    """One sentence that names the need and the place, the best sentences of the first sources, cards, a next step."""
    passages = helping(turn)
    sources = tuple(p.source for p in passages)
    opening = Statement(naming_need(turn, sources))
    step = next_step(turn, sources)
    return Draft(
        lead=(opening, *dated(_sentences_of_help(turn, passages))),
        closing=(*see_also(p.source for p in with_first(turn, [*passages, *_paper(turn)])[len(passages) :]), *step),
        cards=sources,
        short=shortened(turn, passages[0], opening, step),
    )


def write_information(turn: Turn) -> Draft:
    """At most three sentences of the best two sources, and the titles of further sources that bear on it."""
    near = without_doubles(near_best(turn.passages))
    passages = [near[0], *(p for p in near[1:] if fits(p))]
    first = best_sentences(turn, passages[0], 3 if len(passages) == 1 else 2)
    second = best_sentences(turn, passages[1], 1, [s.text for s in first]) if len(passages) > 1 else []
    lead = (*first, *second)
    used = {s.source.id for s in lead if s.source}
    further = [p for p in with_first(turn, passages) if p.source.id not in used]
    cards = tuple(p.source for p in passages[:CARDS] if p.source.is_help)
    step = next_step(turn, cards) if cards or turn.about_me else ()
    return Draft(
        lead=dated(lead),
        closing=(*see_also(p.source for p in further), *step),
        cards=cards,
        short=shortened(turn, passages[0], None, step),
    )


def naming_need(turn: Turn, sources: Sequence[Source]) -> str:
    """The opening: the needs that the visitor named and these sources meet, and the place."""
    needs = [replies.NEEDS[need] for need in named_needs(turn, sources)]
    if not needs:
        # The sources' own topic is no need of the visitor: who cannot cook did not ask for company.
        return replies.FOUND_FOR_PLACE.format(place=turn.municipality) if turn.municipality else replies.FOUND
    need = " en voor ".join(needs)
    if turn.municipality is None:
        return replies.HELP_ANYWHERE.format(need=need)
    local = any(turn.municipality in source.municipalities for source in sources)
    form = replies.HELP_IN_PLACE if local else replies.HELP_FOR_PLACE
    return form.format(need=need, place=turn.municipality)


def next_step(turn: Turn, sources: Sequence[Source]) -> tuple[Statement, ...]:
    """How to reach the first source, else another one by phone, else the desk, else another one by mail or its site.

    Who named no place, and sees help of several municipalities, is not sent to the number of one of them.
    """
    if turn.municipality is None and len({place for source in sources for place in places_of(source)}) > 1:
        sources = [source for source in sources if not places_of(source)]
        if not sources:
            return (Statement(replies.NEXT_DOOR_GENERAL),)
    ways = [step_to(source) for source in sources]
    reachable = [s for source in sources if source.contact.phone and (s := step_to(source))]
    step = next(filter(None, [*ways[:1], *reachable]), None)
    if step is None and turn.door is not None and turn.door.id not in {source.id for source in sources}:
        step = door_step_to(turn.door)
    step = step or next(filter(None, ways), None)
    return (step,) if step else ()


def shortened(
    turn: Turn, passage: Passage, opening: Statement | None, step: tuple[Statement, ...]
) -> tuple[Statement, ...]:
    """The need and the place, the one most useful sentence, and whom to call."""
    sentence = easiest_sentence(turn, passage)
    said = dated([sentence]) if sentence else ()
    return (*([opening] if opening else []), *said, *step)


def _sentences_of_help(turn: Turn, passages: Sequence[Passage]) -> list[Statement]:
    """Two of the first source; where a question has several needs, one each of the sources that meet them."""
    if len(named_needs(turn, [p.source for p in passages])) < 2:
        return best_sentences(turn, passages[0], 2)
    said: list[Statement] = []
    for passage in passages:
        said += best_sentences(turn, passage, 1, [s.text for s in said])
    return said


def _paper(turn: Turn) -> list[Passage]:
    """What fits best of all, where that is no help itself; else a regulation or project that is near and fits."""
    best = turn.passages[0]
    if not best.source.is_help:
        return [best] if fits(best) else []
    near = near_best(turn.passages)
    return [p for p in near if p.source.kind in PAPER_TO_SEE and fits(p) and meets_need(turn, p.source)][:1]


def see_also(sources: Iterable[Source]) -> tuple[Statement, ...]:
    """The titles of what bears on the question too, each with its source."""
    forms = chain([replies.SEE_ALSO], repeat(replies.SEE_ALSO_TOO))
    return tuple(
        Statement(form.format(title=source.title), source, source.summary)
        for form, source in zip(forms, sources, strict=False)
    )
