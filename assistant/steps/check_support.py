"""Lets a sentence stand only if a source carries it: its quote literally, and every number, address and name of it."""

from __future__ import annotations

import logging
import re
from dataclasses import astuple, replace

from assistant import replies
from assistant.domain import Draft, Outcome, Source, Statement, Turn
from assistant.writing.refusing import write_unanswerable

logger = logging.getLogger(__name__)

CHECKABLE = re.compile(r"[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)[^\s)]*\w|\d[\d .,:/-]*\d|\d")


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
    )


def is_supported(statement: Statement) -> bool:
    """Whether its source says it. A template sentence may add only what the source's own fields hold."""
    source = statement.source
    if source is None:
        return True
    supported = statement.quote in source.text and (
        statement.text == statement.quote or _only_states_fields(statement.text, source, statement.quote)
    )
    if not supported:
        logger.warning("a sentence was dropped that source %s does not carry", source.id)
    return supported


def _only_states_fields(text: str, source: Source, quote: str) -> bool:
    fields = [quote, source.title, source.organisation or "", replies.spoken_date(source.date) if source.date else ""]
    evidence = " ".join([*fields, *(str(value) for value in astuple(source.contact) if value)])
    return all(_stands_in(found.strip(" .,:-/"), evidence) for found in CHECKABLE.findall(text))


def _stands_in(found: str, evidence: str) -> bool:
    """As a whole: 80 does not stand in 0591 680800, and 1 not in 1,50."""
    return bool(re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(found)}(?!\w|[.,]\d)", evidence))
