"""Answers a Dutch question with cited sources. Knows nothing of HTTP, HTML or the files of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.assistant import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> Any:
    """`Assistant`, imported when it is asked for: a server opens its encoder while it imports the rest."""
    if name != "Assistant":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assistant.assistant import Assistant

    return Assistant
