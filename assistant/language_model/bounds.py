"""Keeps the use of a model within bounds: a budget, a few calls at a time, another try, and rest when it fails."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date

from assistant.errors import ModelUnavailable
from assistant.language_model import Prompt, Writes

logger = logging.getLogger(__name__)

FAILURES = 3
"""So many failures in a row open the circuit."""
REST, LONGEST_REST = 30.0, 600.0
"""Seconds without calls after that; twice as long each time that the first call afterwards fails too."""
TRIES = 2
PAUSE = (0.05, 0.25)
"""Seconds before another try, drawn at random so that many visitors do not knock at once."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`patience` is in seconds, to the first words and to the first checked sentence; budgets are calls a day."""

    patience: float = 6.0
    at_once: int = 2
    per_day: int = 2000
    per_visitor: int = 60


class Circuit:
    """Closed while the model works; open, for a while, after failures in a row."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._rest = REST
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the model is left alone now."""
        return self._clock() < self._open_until

    def succeeded(self) -> None:
        """Closes it."""
        self._failures, self._rest = 0, REST

    def failed(self) -> None:
        """Counts; opens at the third in a row, and at every one after that."""
        self._failures += 1
        if self._failures >= FAILURES:
            self._open_until = self._clock() + self._rest * random.uniform(0.8, 1.2)
            logger.warning("the language model failed %d times; resting for %.0f s", self._failures, self._rest)
            self._rest = min(LONGEST_REST, self._rest * 2)


class Budget:
    """Counts calls a day, in all and by visitor, in this process."""

    def __init__(self, per_day: int, per_visitor: int, today: Callable[[], date] = date.today) -> None:
        self._per_day, self._per_visitor = per_day, per_visitor
        self._today = today
        self._day = today()
        self._spent: Counter[str] = Counter()

    def spend(self, visitor: str) -> bool:
        """Takes one call from the budget; False when nothing is left. Without a visitor only the day counts."""
        if self._today() != self._day:
            self._day, self._spent = self._today(), Counter()
        used_up = self._spent.total() >= self._per_day or (visitor and self._spent[visitor] >= self._per_visitor)
        if not used_up:
            self._spent[visitor] += 1
        return not used_up


class BoundedModel:
    """A model that says at once that it is unavailable rather than make anybody wait."""

    def __init__(
        self, model: Writes, bounds: Bounds, circuit: Circuit | None = None, budget: Budget | None = None
    ) -> None:
        self.name = model.name
        self.patience = bounds.patience
        self._model = model
        self._at_once = bounds.at_once
        self._circuit = circuit or Circuit()
        self._budget = budget or Budget(bounds.per_day, bounds.per_visitor)
        self._busy = 0

    async def close(self) -> None:
        """Gives up the connections of the model."""
        await self._model.close()

    async def write(self, prompt: Prompt, visitor: str = "") -> AsyncGenerator[str]:
        """The reply in pieces. Raises `ModelUnavailable` when it rests, is busy, is over budget, or fails."""
        self._refuse_beyond_bounds(visitor)
        self._busy += 1
        try:
            async with aclosing(self._tried(prompt, visitor)) as pieces:
                async for piece in pieces:
                    yield piece
            self._circuit.succeeded()
        except ModelUnavailable as exc:
            self._circuit.failed()
            logger.warning("the language model is unavailable: %s", exc)
            raise
        finally:
            self._busy -= 1

    def gave_up(self) -> None:
        """Somebody waited in vain; to the circuit that is a failure."""
        self._circuit.failed()

    def _refuse_beyond_bounds(self, visitor: str) -> None:
        if self._circuit.is_open:
            raise ModelUnavailable("it rests after failures")
        if self._busy >= self._at_once:
            raise ModelUnavailable("all calls at once are taken")
        if not self._budget.spend(visitor):
            raise ModelUnavailable("the budget of today is spent")

    async def _tried(self, prompt: Prompt, visitor: str) -> AsyncGenerator[str]:
        """Tries again as long as nothing was said."""
        for attempt in range(1, TRIES + 1):
            said = False
            try:
                async with aclosing(self._model.write(prompt, visitor)) as pieces:
                    async for piece in pieces:
                        said = said or bool(piece)
                        yield piece
                return
            except ModelUnavailable:
                if said or attempt == TRIES:
                    raise
            await asyncio.sleep(random.uniform(*PAUSE))
