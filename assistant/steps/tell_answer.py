"""Tells whoever watches the turn what is being done, and the sentences of the answer that the sources wrote."""

from __future__ import annotations

from collections.abc import Callable

from assistant import replies
from assistant.domain import Turn
from assistant.streaming import Progress, Tell, Teller


class TellProgress:
    """Says in a few words what comes next; changes nothing."""

    def __init__(self, tell: Tell, words: Callable[[Turn], str]) -> None:
        self._tell = tell
        self._words = words

    async def __call__(self, turn: Turn) -> Turn:
        self._tell(Progress(self._words(turn)))
        return turn


class TellAnswer:
    """Tells the checked draft, sentence by sentence."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def __call__(self, turn: Turn) -> Turn:
        assert turn.draft is not None
        teller = Teller(self._tell)
        teller.prose(turn.draft.lead)
        teller.rest(turn.draft)
        return turn


def searching(turn: Turn) -> str:
    """Before the search."""
    return replies.SEARCHING


def reading(turn: Turn) -> str:
    """Before the writing: how many sources the answer rests on."""
    count = len(turn.draft.sources) if turn.draft else 0
    return replies.READING_ONE if count == 1 else replies.READING_MANY.format(count=count) if count else replies.READING
