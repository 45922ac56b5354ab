"""What is said when we do not know: the nearest sources as just that, or the next door to knock on."""

from __future__ import annotations

from assistant import replies
from assistant.domain import MUNICIPALITIES, Draft, Statement, Turn
from assistant.language.places import display_name
from assistant.writing.choosing import without_doubles
from assistant.writing.naming import next_door_to

SUGGESTED = 3
SUGGESTED_IN_SHORT = 1


def write_suggestions(turn: Turn) -> Draft:
    """What is missing, the titles of the nearest sources without a claim that they answer, and the next door."""
    lead = (*_outside(turn), Statement(_what_is_missing(turn)))
    nearest = without_doubles(turn.passages)[:SUGGESTED]
    items = tuple(
        Statement(replies.LIST_LINE.format(title=p.source.title), p.source, p.source.summary) for p in nearest
    )
    closing = next_door(turn)
    return Draft(lead=lead, items=items, closing=closing, short=(*lead, *items[:SUGGESTED_IN_SHORT], *closing[:1]))


def write_clarification(turn: Turn) -> Draft:
    """One question back, with the municipalities to choose from."""
    if turn.choices:
        name = next(display_name(place) for place in turn.places if place.municipality in turn.choices)
        return Draft(lead=(Statement(replies.CLARIFY_NAMESAKES.format(place=name)),), suggestions=turn.choices)
    return Draft(lead=(Statement(replies.CLARIFY),), suggestions=MUNICIPALITIES)


def write_unanswerable(turn: Turn) -> Draft:
    """That we do not know, and who may."""
    return Draft(lead=(*_outside(turn), Statement(replies.UNANSWERABLE)), closing=next_door(turn))


def next_door(turn: Turn) -> tuple[Statement, ...]:
    """The desk of the municipality or the province, with how to reach it."""
    again = Statement(replies.ASK_AGAIN)
    if turn.door is None:
        return (Statement(replies.NEXT_DOOR_GENERAL), again)
    return (next_door_to(turn.door), again)


def _what_is_missing(turn: Turn) -> str:
    evidence = turn.evidence
    if evidence and evidence.unknown_names:
        return replies.UNKNOWN_NAME.format(name=evidence.unknown_names[0])
    if evidence and evidence.missing[:1] == ("matter",):
        return replies.MUNICIPAL_MATTER
    if evidence and evidence.missing:
        return replies.MISSING_DETAIL.format(detail=replies.DETAILS[evidence.missing[0]])
    return replies.SUGGESTED


def _outside(turn: Turn) -> tuple[Statement, ...]:
    away = [place for place in turn.places if place.municipality is None]
    if not away or turn.municipality:
        return ()
    return (Statement(replies.OUTSIDE.format(place=display_name(away[0]))),)
