"""Keeps what is read before the cards short: what helps least goes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.domain import Draft, Statement
from assistant.replies import EXPLAINED, SEE_ALSO, SEE_ALSO_TOO

MOST_WORDS = 110
"""An answer aims at 120 words before its cards; the marks and remarks come on top."""

OPTIONAL = tuple(form.partition("{")[0] for form in (SEE_ALSO_TOO, SEE_ALSO, EXPLAINED))


def trimmed(draft: Draft) -> Draft:
    """The draft without its optional sentences, as far as it is too long; a list is as long as it is."""
    if draft.items:
        return draft
    for start in OPTIONAL:
        while words(draft) > MOST_WORDS and (extra := _last(draft, start)):
            draft = replace(draft, lead=_without(draft.lead, extra), closing=_without(draft.closing, extra))
    while words(draft) > MOST_WORDS and sum(s.text == s.quote for s in draft.lead) > 1:
        last = max(n for n, statement in enumerate(draft.lead) if statement.text == statement.quote)
        draft = replace(draft, lead=draft.lead[:last] + draft.lead[last + 1 :])
    return draft


def words(draft: Draft) -> int:
    """How many words a visitor reads before the cards."""
    return sum(len(s.text.split()) for s in (*draft.lead, *draft.items, *draft.closing))


def _last(draft: Draft, start: str) -> Statement | None:
    """The last sentence of ours that begins so."""
    of_ours = [s for s in (*draft.lead, *draft.closing) if s.text != s.quote and s.text.startswith(start)]
    return of_ours[-1] if of_ours else None


def _without(statements: Iterable[Statement], one: Statement) -> tuple[Statement, ...]:
    return tuple(s for s in statements if s is not one)
