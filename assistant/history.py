"""What a conversation remembers of a turn."""

from __future__ import annotations

from assistant.domain import Exchange, Turn


def exchange_of(turn: Turn) -> Exchange:
    """The turn as the next one may lean on it: redacted words, and the sources that were cited."""
    assert turn.answer is not None
    return Exchange(
        question=turn.text,
        outcome=turn.answer.outcome,
        municipality=turn.municipality,
        search_text=turn.search_text,
        sources=tuple(citation.source.id for citation in turn.answer.citations),
    )
