"""Writes the draft of the extractive engine: sentences of the sources, joined by template sentences without facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from assistant import replies
from assistant.domain import Draft, Filter, Outcome, Source, Statement, Turn
from assistant.writing.choosing import helping
from assistant.writing.compact import write_compact
from assistant.writing.explaining import explained
from assistant.writing.listing import listing_for, write_list
from assistant.writing.naming import places_of
from assistant.writing.prose import write_help, write_information
from assistant.writing.refusing import write_clarification, write_suggestions, write_unanswerable
from assistant.writing.selecting import suggestions
from assistant.writing.trimming import trimmed
from assistant.writing.trusting import trusted_turn

Writer = Callable[[Turn], Draft]

LISTED = frozenset({Outcome.ANSWERED, Outcome.SUGGESTED})


class Sources(Protocol):
    """What the writer reads besides the passages; `Library` is one."""

    async def source(self, id: str) -> Source | None:
        """One source, None when there is none with this id."""

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        """Every source that passes the filter, by title."""


class WriteAnswer:
    """Fills `draft`, by the outcome that was judged.

    A list that the fields of the sources select is sure, and turns `suggested` into `answered`.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    async def __call__(self, turn: Turn) -> Turn:
        safe = trusted_turn(turn)
        outcome, draft = await self._written(safe)
        if outcome is Outcome.ANSWERED or outcome is Outcome.ANSWERED_ELSEWHERE:
            draft = replace(draft, lead=await explained(safe, draft.lead, self._sources))
        draft = trimmed(
            replace(
                draft,
                lead=(*opening(turn), *draft.lead),
                closing=(*draft.closing, *remarks(turn)),
                suggestions=draft.suggestions or suggestions(safe, draft.sources),
            )
        )
        return replace(turn, draft=draft, outcome=outcome)

    async def _written(self, turn: Turn) -> tuple[Outcome | None, Draft]:
        outcome = turn.outcome if turn.passages or turn.elsewhere else Outcome.UNANSWERABLE
        if turn.wants_list and turn.outcome in LISTED:
            listing = await listing_for(turn, self._sources)
            if listing.exact or (outcome is Outcome.ANSWERED and listing.sources):
                return Outcome.ANSWERED, write_list(listing)
        return turn.outcome, WRITERS.get(outcome or Outcome.UNANSWERABLE, write_unanswerable)(turn)


def opening(turn: Turn) -> tuple[Statement, ...]:
    """What is said before the answer: in which language it comes, and a warm word where somebody is in distress."""
    sentences = []
    if turn.language in replies.LANGUAGE_NOTES:
        sentences.append(Statement(replies.LANGUAGE_NOTES[turn.language]))
    if turn.distressed and turn.audience != "professional":
        sentences.append(Statement(replies.DISTRESS))
    return tuple(sentences)


def remarks(turn: Turn) -> tuple[Statement, ...]:
    """What is said after the answer: where to call if it is worse, which words we searched for, what was taken out."""
    sentences = []
    if turn.set_aside:
        sentences.append(Statement(replies.IN_CASE[turn.set_aside]))
    if turn.corrected:
        sentences.append(Statement(replies.CORRECTED.format(words=turn.corrected)))
    if turn.redacted:
        kinds = [replies.REDACTED_KINDS[kind] for kind in dict.fromkeys(turn.redacted)]
        sentences.append(Statement(replies.REDACTED.format(kinds=replies.spoken_list(kinds))))
    return tuple(sentences)


def write_answered(turn: Turn) -> Draft:
    """The form that fits who asks and what was found: compact lines, help with cards, or information."""
    if turn.audience == "professional":
        return write_compact(turn)
    return write_help(turn) if helping(turn) else write_information(turn)


def write_elsewhere(turn: Turn) -> Draft:
    """Help of another municipality, and a sentence before it that says so and where."""
    where = places_of(turn.elsewhere[0].source)
    there = [p for p in turn.elsewhere if not where or set(where) & set(places_of(p.source))]
    draft = write_answered(replace(turn, passages=tuple(there), municipality=None))
    text = (
        replies.ELSEWHERE_IN.format(place=turn.municipality, elsewhere=replies.spoken_list(where))
        if where
        else replies.ELSEWHERE.format(place=turn.municipality)
    )
    warning = Statement(text)
    return replace(draft, lead=(warning, *draft.lead), short=(warning, *draft.short))


WRITERS: Mapping[Outcome, Writer] = {
    Outcome.ANSWERED: write_answered,
    Outcome.ANSWERED_ELSEWHERE: write_elsewhere,
    Outcome.CLARIFY_MUNICIPALITY: write_clarification,
    Outcome.SUGGESTED: write_suggestions,
    Outcome.UNANSWERABLE: write_unanswerable,
}
