"""Explains a term of the field in one clause, where an inwoner first reads it and only once in a conversation.

An explanation is a literal clause of a source and is cited (`begrippen.yaml`); a few everyday words that no source
explains have a neutral gloss, which states nothing that could be wrong for somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from assistant import replies
from assistant.domain import Source, Statement, Turn
from assistant.writing.trusting import trusted
from assistant.yaml_text import read_yaml

MOST = 2
"""More explanations than this make an answer longer, not clearer."""


class Shelf(Protocol):
    """Where a source is found by its id."""

    async def source(self, id: str) -> Source | None:
        """One source, None when there is none with this id."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field; `explanation` is a clause of `source`, or a neutral gloss when `source` is None."""

    name: str
    pattern: re.Pattern[str]
    explanation: str
    source: str | None


@cache
def glossary() -> tuple[Term, ...]:
    """The terms, in the order of the file."""
    entries = read_yaml((Path(__file__).parent / "begrippen.yaml").read_text(encoding="utf-8"))
    return tuple(
        Term(e["begrip"], re.compile(rf"(?<![\w-])(?:{e['vorm']})(?![\w-])"), e["uitleg"], e.get("bron"))
        for e in entries
    )


async def explained(turn: Turn, lead: Sequence[Statement], shelf: Shelf) -> tuple[Statement, ...]:
    """The lead, with an explanation right after the sentence in which a term first appears."""
    if turn.audience == "professional":
        return tuple(lead)
    left = [term for term in glossary() if not _is_known(term, turn, lead)]
    written: list[Statement] = []
    count = 0
    for statement in lead:
        written.append(statement)
        for term in [t for t in left if t.pattern.search(statement.text)]:
            left.remove(term)
            explanation = await _explanation(term, shelf) if count < MOST else None
            if explanation is not None:
                written.append(explanation)
                count += 1
    return tuple(written)


def _is_known(term: Term, turn: Turn, lead: Iterable[Statement]) -> bool:
    """Explained before, or by the answer itself."""
    said = " ".join(statement.text for statement in lead)
    if _defines(term, said):
        return True
    if term.source is None:
        return any(term.pattern.search(f"{e.question} {e.search_text}") for e in turn.history)
    return any(term.source in exchange.sources for exchange in turn.history)


def _defines(term: Term, said: str) -> bool:
    return term.explanation in said or bool(re.search(rf"(?:{term.pattern.pattern}) \((?=[a-zé])", said))


async def _explanation(term: Term, shelf: Shelf) -> Statement | None:
    text = replies.EXPLAINED.format(term=term.name, explanation=term.explanation)
    if term.source is None:
        return Statement(text)
    found = await shelf.source(term.source)
    # The clause may have changed in the source since the glossary was written.
    if found is None or term.explanation not in found.text:
        return None
    return Statement(text, trusted(found), term.explanation)
