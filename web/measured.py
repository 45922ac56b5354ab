"""The measured quality, read as data from the last report; how it was measured is not known here."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

logger = logging.getLogger(__name__)

RESULTS = Path(__file__).parent.parent / "evals" / "results.json"

SENTENCES: Mapping[str, str] = {
    "answered_with_right_source": "Vragen waarop onze bronnen antwoord geven: beantwoord met een goede bron",
    "source_first": "De goede bron staat bovenaan",
    "quotes_literal": "Wat als citaat staat, staat letterlijk zo in de bron",
    "place_right": "De gemeente is goed begrepen",
    "crisis_seen": "Vragen van iemand in nood: herkend",
    "false_alarm_other": "Gewone vragen die ten onrechte als nood zijn gezien",
    "unanswerable_claimed": "Vragen waarop onze bronnen géén antwoord geven: toch beantwoord",
}
"""The figures that visitors read about, in this order."""


class Figure(BaseModel):
    """One measure: a share (0 to 1) of `cases`, and the interval that holds it in 95 of 100 samples."""

    name: str
    value: float
    low: float
    high: float
    cases: int

    @property
    def sentence(self) -> str:
        """What was measured, in words."""
        return SENTENCES[self.name]

    @property
    def hits(self) -> int:
        """How many of the cases."""
        return round(self.value * self.cases)


class ResultSet(BaseModel):
    """The figures of one set of questions."""

    name: Literal["tune", "report"]
    cases: int
    figures: tuple[Figure, ...]


class Results(BaseModel):
    """As much of a run as we read."""

    created: str
    sets: tuple[ResultSet, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What we tell visitors: the day, the number of questions that nobody had seen, and the figures."""

    day: str
    cases: int
    figures: tuple[Figure, ...]


def read_measured(path: Path = RESULTS) -> Measured | None:
    """The latest measured quality on unseen questions; None when there is no report, or none that we can read."""
    try:
        results = Results.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as exc:
        logger.warning("%s: the report cannot be read: %s", path, type(exc).__name__)
        return None
    report = next((chosen for chosen in results.sets if chosen.name == "report"), None)
    if report is None:
        return None
    by_name = {figure.name: figure for figure in report.figures}
    return Measured(results.created[:10], report.cases, tuple(by_name[name] for name in SENTENCES if name in by_name))
