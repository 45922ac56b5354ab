"""The list of what we measure, in the order of the report."""

from __future__ import annotations

from evals.measures.measure import Measure
from evals.measures.outcomes import OUTCOMES
from evals.measures.ranking import RANKING
from evals.measures.safety import SAFETY
from evals.measures.sources import SOURCES
from evals.measures.wording import WORDING
from evals.running import Record

__all__ = ["MEASURES", "Measure", "failures"]

MEASURES: tuple[Measure, ...] = (*OUTCOMES, *SAFETY, *SOURCES, *RANKING, *WORDING)


def failures(record: Record) -> list[str]:
    """The kinds of what is wrong with one record, in the order of the list."""
    return list(dict.fromkeys(measure.failure for measure in MEASURES if measure.fails(record)))
