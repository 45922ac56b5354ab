"""Asks the assistant every golden question, one after the other, as a visitor would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain import Answer, Exchange, Outcome, Question, Turn
from assistant.history import exchange_of
from evals.cases import Case

WARM_UP = Question("Wie helpt mij met schulden in Emmen?")
"""Asked first and not counted: the first question loads the embedder."""

Progress = Callable[[int, int], None]
"""Called with (done, total)."""


class TakesTurns(Protocol):
    """The part of `Assistant` that we measure."""

    async def take_turn(self, question: Question, history: Sequence[Exchange] = ()) -> Turn:
        """The whole turn; `turn.answer` is always there."""


@dataclass(frozen=True, slots=True)
class Record:
    """A case and what became of it."""

    case: Case
    turn: Turn

    @property
    def answer(self) -> Answer:
        """What the visitor read."""
        assert self.turn.answer is not None
        return self.turn.answer

    @property
    def outcome(self) -> Outcome:
        """Why the answer says what it says."""
        return self.answer.outcome

    @property
    def accepted(self) -> frozenset[Outcome]:
        """The outcomes that a fair judge accepts."""
        return frozenset(self.case.expect.outcomes)


async def run_cases(
    assistant: TakesTurns, cases: Iterable[Case], progress: Progress = lambda done, total: None
) -> list[Record]:
    """A record for each case, in the same order."""
    waiting = list(cases)
    await assistant.take_turn(WARM_UP)
    records = []
    for done, case in enumerate(waiting, 1):
        records.append(Record(case, await take_case(assistant, case)))
        progress(done, len(waiting))
    return records


async def take_case(assistant: TakesTurns, case: Case) -> Turn:
    """The turn of the case's own question, after the earlier questions were really asked."""
    history: tuple[Exchange, ...] = ()
    for text in case.history:
        earlier = await assistant.take_turn(Question(text, case.municipality, case.audience), history)
        history = (*history, exchange_of(earlier))
    return await assistant.take_turn(Question(case.text, case.municipality, case.audience), history)
