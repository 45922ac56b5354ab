"""Lets a sentence stand only if a source carries it: in its very words, or as a template filled from its fields."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from assistant import replies
from assistant.domain import Draft, Outcome, Source, Statement, Turn
from assistant.writing.naming import fields_of
from assistant.writing.refusing import write_unanswerable

logger = logging.getLogger(__name__)

FACT = re.compile(r"[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)[^\s)]*\w|\d[\d .,:/-]*\d|\d")
"""What a sentence without a source may only say in the numbers that we count ourselves."""
GAP = re.compile(r"\{(\w+)\}")


class CheckSupport:
    """Removes what is not supported; when nothing of a source is left, the answer becomes that we do not know."""

    async def __call__(self, turn: Turn) -> Turn:
        assert turn.draft is not None
        draft = checked(turn.draft)
        if turn.outcome and turn.outcome.cites and not draft.sources:
            turn = replace(turn, outcome=Outcome.UNANSWERABLE)
            draft = checked(write_unanswerable(turn))
        return replace(turn, draft=draft)


def checked(draft: Draft) -> Draft:
    """The draft with only supported statements."""
    return replace(
        draft,
        lead=tuple(s for s in draft.lead if is_supported(s)),
        items=tuple(s for s in draft.items if is_supported(s)),
        closing=tuple(s for s in draft.closing if is_supported(s)),
        short=tuple(s for s in draft.short if is_supported(s)),
    )


def is_supported(statement: Statement) -> bool:
    """Whether its source says it: its quote stands there, and its text is that quote or a filled template."""
    source = statement.source
    if source is None:
        return True
    supported = statement.quote in source.text and (
        statement.text == statement.quote or _only_states_fields(statement, source)
    )
    if not supported:
        logger.warning("a sentence was dropped that source %s does not carry", source.id)
    return supported


def _only_states_fields(statement: Statement, source: Source) -> bool:
    return any(_fills(template, statement, source) for template in replies.CITED)


def _fills(template: str, statement: Statement, source: Source) -> bool:
    """Whether the text is the template with nothing in its gaps but what the source itself holds under that name."""
    pattern = GAP.sub(lambda gap: f"(?P<{gap[1]}>.+?)", re.escape(template).replace(r"\{", "{").replace(r"\}", "}"))
    found = re.fullmatch(pattern, statement.text)
    return found is not None and all(
        _holds(name, value, statement, source) for name, value in found.groupdict().items()
    )


def _holds(gap: str, value: str, statement: Statement, source: Source) -> bool:
    match gap:
        case "title":
            return value in {source.title, source.organisation, fields_of(source)["title"]}
        case "explanation":
            return value == statement.quote
        case "term":
            return not FACT.search(value)
        case _:
            return value == fields_of(source)[gap]
