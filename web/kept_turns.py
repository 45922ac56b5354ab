"""What is kept of a turn: never what was typed, only the redacted text and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from assistant.domain import Exchange, Outcome, Turn
from web.database import AnyRow
from web.tables import turns


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as we show it: the redacted question and the answer as JSON. `saved` is False when that failed."""

    conversation: UUID
    id: UUID
    question: str
    answer: dict[str, Any]
    saved: bool = True

    @property
    def anchor(self) -> str:
        """The end of every HTML id in this turn; it does not depend on the database."""
        return self.id.hex[:8]


def row_of(conversation: UUID, id: UUID, turn: Turn, answer: dict[str, Any]) -> dict[str, Any]:
    """What is stored of a turn: only redacted text. The database itself counts the position."""
    assert turn.answer is not None
    cited = (citation.source.id for citation in turn.answer.citations)
    shown = (card.source.id for card in turn.answer.cards)
    last = select(func.coalesce(func.max(turns.c.position), 0) + 1).where(turns.c.conversation == conversation)
    return {
        "id": id,
        "conversation": conversation,
        "position": last.scalar_subquery(),
        "created": datetime.now(UTC),
        "question": turn.text,
        "search_text": turn.search_text,
        "outcome": turn.answer.outcome.value,
        "municipality": turn.municipality,
        "sources": list(dict.fromkeys([*cited, *shown])),
        "answer": answer,
        "theme": theme_of(turn),
    }


def theme_of(turn: Turn) -> str | None:
    """The theme of the nearest source, None when nothing was found."""
    return next((theme for passage in turn.passages[:1] for theme in passage.source.themes), None)


def exchange_of(row: AnyRow) -> Exchange:
    """A stored turn as the assistant wants its history."""
    return Exchange(
        question=row.question,
        outcome=Outcome(row.outcome),
        municipality=row.municipality,
        search_text=row.search_text,
        sources=tuple(row.sources),
    )
