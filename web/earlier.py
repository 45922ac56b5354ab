"""What we know of a conversation that another program keeps: it only sends the words back, and we need the sources."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from assistant.domain import Exchange, Outcome
from assistant.language.personal_data import redact
from assistant.steps.screen_question import normalise

REMEMBERED = 10_000
"""Exchanges, of all programs together; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Said:
    """A question that a program sent along, and the reply that it got."""

    question: str
    reply: str


class Earlier:
    """Finds an exchange by its very words, of the same key: by their hash, in the memory of this process."""

    def __init__(self) -> None:
        self._exchanges: OrderedDict[str, tuple[UUID, Exchange]] = OrderedDict()

    def remember(self, holder: str, said: Said, conversation: UUID, exchange: Exchange) -> None:
        """Keeps what came of a question."""
        self._exchanges[place_of(holder, said)] = (conversation, exchange)
        while len(self._exchanges) > REMEMBERED:
            self._exchanges.popitem(last=False)

    def recall(self, holder: str, talk: Sequence[Said]) -> tuple[UUID, tuple[Exchange, ...]]:
        """The conversation of the last exchange, a new one when we do not know it; and all exchanges in order."""
        known = [self._exchanges.get(place_of(holder, said)) for said in talk]
        conversation = known[-1][0] if known and known[-1] else uuid4()
        exchanges = (found[1] if found else guessed(said) for found, said in zip(known, talk, strict=True))
        return conversation, tuple(exchanges)


def place_of(holder: str, said: Said) -> str:
    """Where an exchange is kept."""
    return sha256("\0".join((holder, said.question.strip(), said.reply.strip())).encode()).hexdigest()


def guessed(said: Said) -> Exchange:
    """An exchange that we did not have ourselves, or have forgotten: only its words count."""
    text = redact(normalise(said.question))[0]
    return Exchange(text, Outcome.ANSWERED, search_text=text)
