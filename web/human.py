"""The way to a person: the desk of a municipality, for whoever would rather not ask a machine."""

from __future__ import annotations

from assistant import Assistant
from assistant.domain import Source
from assistant.errors import StoreError


async def desk_of(assistant: Assistant, municipality: str | None) -> Source | None:
    """The desk of a municipality; None when none was chosen, when the sources name none, or while the index is away."""
    if municipality is None:
        return None
    try:
        id = (await assistant.manifest()).desks.get(municipality)
        return await assistant.source(id) if id else None
    except StoreError:
        return None
