"""What is kept of a turn: never what was typed, only the redacted text and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, DateTime, Integer, MetaData, Row, String, Table, Text, Uuid, func, select
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from assistant.domain import Exchange, Outcome, Turn

turns = Table(
    "turns",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("conversation", Uuid, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("municipality", String(40)),
    Column("sources", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
)

# Two requests, or two processes, may both be the first.
CREATE: tuple[ExecutableDDLElement, ...] = (
    CreateTable(turns, if_not_exists=True),
    *(CreateIndex(index, if_not_exists=True) for index in sorted(turns.indexes, key=lambda index: str(index.name))),
)


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
    }


def exchange_of(row: Row[Any]) -> Exchange:
    """A stored turn as the assistant wants its history."""
    return Exchange(
        question=row.question,
        outcome=Outcome(row.outcome),
        municipality=row.municipality,
        search_text=row.search_text,
        sources=tuple(row.sources),
    )
