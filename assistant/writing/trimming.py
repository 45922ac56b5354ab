"""Keeps what is read before the cards short: what helps least goes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.domain import Draft, Statement
from assistant.replies import EXPLAINED, SEE_ALSO

MOST_WORDS = 110
"""An answer aims at 120 words before its cards; the marks and remarks come on top."""

OPTIONAL = (SEE_ALSO.partition("{")[0], EXPLAINED.partition("{")[0])


def trimmed(draft: Draft) -> Draft:
    """The draft without its optional sentences, as far as it is too long; a list is as long as it is."""
    for start in OPTIONAL:
        if draft.items or words(draft) <= MOST_WORDS:
            return draft
        draft = replace(draft, lead=_without(draft.lead, start), closing=_without(draft.closing, start))
    while words(draft) > MOST_WORDS and sum(s.text == s.quote for s in draft.lead) > 1:
        last = max(n for n, statement in enumerate(draft.lead) if statement.text == statement.quote)
        draft = replace(draft, lead=draft.lead[:last] + draft.lead[last + 1 :])
    return draft


def words(draft: Draft) -> int:
    """How many words a visitor reads before the cards."""
    return sum(len(s.text.split()) for s in (*draft.lead, *draft.items, *draft.closing))


def _without(statements: Iterable[Statement], start: str) -> tuple[Statement, ...]:
    return tuple(s for s in statements if s.text == s.quote or not s.text.startswith(start))
