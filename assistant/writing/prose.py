"""Answers in prose: help that a person can turn to, with cards, and information with its figures."""

from __future__ import annotations

from assistant import replies
from assistant.domain import Draft, Passage, Source, Statement, Turn
from assistant.freshness import is_stale
from assistant.writing.selecting import best_sentences, helping, near_best, shared_topic

CARDS = 4
FURTHER_SOURCES = 2


def write_help(turn: Turn) -> Draft:
    """One sentence that names the need and the place, the best sentences of the first source, cards, a next step."""
    passages = helping(turn)[:CARDS]
    sources = tuple(p.source for p in passages)
    sentences = best_sentences(turn, passages[0], 2)
    paper = [p for p in near_best(turn.passages) if not p.source.is_help][:1]
    lead = (Statement(_naming_need(turn, sources)), *sentences)
    closing = (*_aging(sources[:1], sentences), *_see_also(paper), *_next_step(turn, sources))
    return Draft(lead=lead, closing=closing, cards=sources)


def write_information(turn: Turn) -> Draft:
    """At most three sentences of the best two sources, and the titles of further sources that bear on it."""
    passages = near_best(turn.passages)
    first = best_sentences(turn, passages[0], 3 if len(passages) == 1 else 2)
    second = best_sentences(turn, passages[1], 1, [s.text for s in first]) if len(passages) > 1 else []
    lead = (*first, *second)
    used = {s.source.id for s in lead if s.source}
    further = [p for p in passages if p.source.id not in used][:FURTHER_SOURCES]
    main = tuple(s.source for s in lead if s.source)
    return Draft(
        lead=lead,
        closing=(*_aging(main[:1], lead), *_see_also(further)),
        cards=tuple(p.source for p in passages[:3] if p.source.is_help),
    )


def _naming_need(turn: Turn, sources: tuple[Source, ...]) -> str:
    topic = shared_topic(sources)
    if topic is None or topic not in turn.needs:
        # The sources' own topic is no need of the visitor: who cannot cook did not ask for company.
        return replies.FOUND_FOR_PLACE.format(place=turn.municipality) if turn.municipality else replies.FOUND
    need = replies.NEEDS[topic]
    if turn.municipality is None:
        return replies.HELP_ANYWHERE.format(need=need)
    local = any(turn.municipality in source.municipalities for source in sources)
    form = replies.HELP_IN_PLACE if local else replies.HELP_FOR_PLACE
    return form.format(need=need, place=turn.municipality)


def _next_step(turn: Turn, sources: tuple[Source, ...]) -> tuple[Statement, ...]:
    if sources[0].contact.phone:
        return (Statement(replies.STEP_CALL.format(title=sources[0].organisation or sources[0].title)),)
    reachable = next((s for s in sources if s.contact.phone or s.contact.email or s.contact.website), None)
    if reachable:
        return (Statement(replies.STEP_CARD),)
    door = turn.door
    if door is None or door in sources:
        return ()
    return (
        Statement(
            replies.STEP_DOOR.format(title=door.organisation or door.title, reach=reach(door)), door, door.summary
        ),
    )


def _aging(sources: tuple[Source, ...], used: object) -> tuple[Statement, ...]:
    stale = [source for source in sources if is_stale(source)]
    if not stale or not used:
        return ()
    form = replies.STALE if stale[0].is_help else replies.STALE_INFORMATION
    date = replies.spoken_date(str(stale[0].date))
    return (Statement(form.format(date=date), stale[0], stale[0].summary),)


def _see_also(passages: list[Passage]) -> tuple[Statement, ...]:
    return tuple(Statement(replies.SEE_ALSO.format(title=p.source.title), p.source, p.source.summary) for p in passages)


def reach(source: Source) -> str:
    """How a desk is reached, as the end of a sentence."""
    contact = source.contact
    if contact.phone:
        return f", telefoon {contact.phone}."
    return f", {contact.website}." if contact.website else "."
