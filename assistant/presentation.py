"""An answer as the JSON object that the API, the command line and the tests share (DESIGN: contracts)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.domain import Answer, Card, Citation, Passage, Source
from assistant.freshness import is_stale


def answer_as_json(answer: Answer, *, conversation: str, turn: str) -> dict[str, Any]:
    """The body of `POST /api/v1/ask`. `conversation` and `turn` are UUIDs."""
    return {
        "conversation": conversation,
        "turn": turn,
        "outcome": answer.outcome.value,
        "text": answer.text,
        "citations": [citation_as_json(citation) for citation in answer.citations],
        "cards": [card_as_json(card) for card in answer.cards],
        "suggestions": list(answer.suggestions),
        "short_text": answer.short_text,
        "selection": asdict(answer.selection) if answer.selection else None,
        "municipality": answer.municipality,
        "language": answer.language,
        "engine": answer.engine,
        "milliseconds": answer.milliseconds,
    }


def citation_as_json(citation: Citation) -> dict[str, Any]:
    """One numbered citation with its literal quote."""
    source = citation.source
    return {
        "number": citation.number,
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "quote": citation.quote,
        "link": citation.link,
        "source_date": source.date,
        "checked": source.checked,
        "stale": citation.stale,
    }


def card_as_json(card: Card) -> dict[str, Any]:
    """One hulpkaart."""
    source = card.source
    return {
        "source": source.id,
        "title": source.title,
        "organisation": source.organisation,
        "summary": card.summary,
        **asdict(source.contact),
        "municipalities": list(source.municipalities),
        "citation": card.citation,
        "source_date": source.date,
        "stale": is_stale(source),
    }


def search_result_as_json(source: Source, score: float | None) -> dict[str, Any]:
    """One line of `GET /api/v1/search`; `score` is None in a list by filter alone."""
    return {
        "source": source.id,
        "title": source.title,
        "kind": source.kind.value,
        "summary": source.summary,
        "url": source.url,
        "municipalities": list(source.municipalities),
        "themes": list(source.themes),
        "topics": list(source.topics),
        "score": score,
    }


def passage_as_json(passage: Passage) -> dict[str, Any]:
    """A found passage as a search result."""
    return search_result_as_json(passage.source, round(passage.scores.fused, 4))


def source_as_json(source: Source) -> dict[str, Any]:
    """The body of `GET /api/v1/sources/{id}`."""
    return {
        "id": source.id,
        "title": source.title,
        "kind": source.kind.value,
        "organisation": source.organisation,
        "summary": source.summary,
        "text": source.text,
        "url": source.url,
        "url_title": source.url_title,
        "publisher": source.publisher,
        "municipalities": list(source.municipalities),
        "themes": list(source.themes),
        "topics": list(source.topics),
        "audience": list(source.audience),
        "contact": asdict(source.contact),
        "source_date": source.date,
        "checked": source.checked,
    }
