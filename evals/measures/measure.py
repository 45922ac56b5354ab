"""What a measure is: it says for one record how much it adds to a figure, or None when it does not apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.intervals import Count, Estimate, estimate
from evals.running import Record

Counter = Callable[[Record], Count | None]
Check = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the report. `name` is its key in results and baseline, `title` what a reader sees."""

    name: str
    section: str
    title: str
    count: Counter
    failure: str = ""
    """What is wrong with a case that misses it; without one, a case cannot fail it."""
    lower_is_better: bool = False
    is_share: bool = True
    """False for a mean, as of a number of words; a mean is never compared with the baseline."""

    def over(self, records: Iterable[Record]) -> Estimate | None:
        """The figure over all records that it applies to; None when there are none."""
        counts = (self.count(record) for record in records)
        return estimate([count for count in counts if count is not None and count[1]])

    def fails(self, record: Record) -> bool:
        """Whether this record pulls the figure the wrong way."""
        count = self.count(record) if self.failure else None
        if count is None:
            return False
        part, whole = count
        return part > 0 if self.lower_is_better else part < whole


def yes_or_no(applies: Check, holds: Check) -> Counter:
    """Counts records: of those that it applies to, the ones where it holds."""
    return lambda record: (float(holds(record)), 1.0) if applies(record) else None


def always(record: Record) -> bool:
    """Applies to every record."""
    return True
