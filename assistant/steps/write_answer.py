"""Writes the draft of the extractive engine: sentences of the sources, joined by template sentences without facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant import replies
from assistant.domain import Draft, Outcome, Statement, Turn
from assistant.writing.listing import write_list
from assistant.writing.prose import write_help, write_information
from assistant.writing.refusing import write_clarification, write_suggestions, write_unanswerable
from assistant.writing.selecting import helping, suggestions

Writer = Callable[[Turn], Draft]


class WriteAnswer:
    """Fills `draft`, by the outcome that was judged."""

    async def __call__(self, turn: Turn) -> Turn:
        write = WRITERS.get(turn.outcome or Outcome.UNANSWERABLE, write_unanswerable)
        draft = write(turn)
        lead = (*opening(turn), *draft.lead)
        return replace(turn, draft=replace(draft, lead=lead, suggestions=draft.suggestions or suggestions(turn)))


def opening(turn: Turn) -> tuple[Statement, ...]:
    """What is said before the answer: that data was removed, and a warm word where somebody is in distress."""
    sentences = []
    if turn.language in replies.LANGUAGE_NOTES:
        sentences.append(Statement(replies.LANGUAGE_NOTES[turn.language]))
    if turn.redacted:
        kinds = [replies.REDACTED_KINDS[kind] for kind in dict.fromkeys(turn.redacted)]
        sentences.append(Statement(replies.REDACTED.format(kinds=replies.spoken_list(kinds))))
    if turn.corrected:
        sentences.append(Statement(replies.CORRECTED.format(words=turn.corrected)))
    if turn.distressed:
        sentences.append(Statement(replies.DISTRESS))
    return tuple(sentences)


def write_answered(turn: Turn) -> Draft:
    """The form that fits what was found: a list, help with cards, or information."""
    if turn.wants_list:
        return write_list(turn)
    return write_help(turn) if helping(turn) else write_information(turn)


def write_elsewhere(turn: Turn) -> Draft:
    """Help of another municipality, and a sentence before it that says so."""
    draft = write_answered(replace(turn, passages=turn.elsewhere, municipality=None))
    warning = Statement(replies.ELSEWHERE.format(place=turn.municipality))
    return replace(draft, lead=(warning, *draft.lead))


WRITERS: Mapping[Outcome, Writer] = {
    Outcome.ANSWERED: write_answered,
    Outcome.ANSWERED_ELSEWHERE: write_elsewhere,
    Outcome.CLARIFY_MUNICIPALITY: write_clarification,
    Outcome.SUGGESTED: write_suggestions,
    Outcome.UNANSWERABLE: write_unanswerable,
}
