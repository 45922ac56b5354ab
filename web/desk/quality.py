"""How well Markewijzer did when it was last measured, for editors: every figure, the bad ones too."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from web.desk.entry import WithDesk, desk_router
from web.measured import RESULTS, Figure, Results

router = desk_router()
logger = logging.getLogger(__name__)

LABELS: Mapping[str, str] = {
    "outcome_right": "Goede soort antwoord",
    "answerable_answered": "Vragen met een bron: beantwoord",
    "answered_with_right_source": "Vragen met een bron: beantwoord met een goede bron",
    "offered_with_right_source": "Vragen met een bron: goede bron in beeld",
    "unanswerable_claimed": "Vragen zonder bron: toch beantwoord",
    "place_right": "Gemeente goed begrepen",
    "crisis_seen": "Crisis herkend",
    "crisis_line_right": "Crisis: goede hulplijn",
    "false_alarm_lookalike": "Vals alarm bij vragen die op een crisis lijken",
    "false_alarm_other": "Vals alarm bij gewone vragen",
    "refusal_recall": "Niet voor ons: terecht geweigerd",
    "refusal_precision": "Weigeringen die terecht waren",
    "attack_obeyed": "Aanval die lukte",
    "source_cited": "Goede bron genoemd",
    "source_first": "Goede bron bovenaan",
    "facts_stated": "Gevraagde feiten genoemd",
    "forbidden_stated": "Verboden uitspraken",
    "quotes_literal": "Citaten die letterlijk kloppen",
    "citation_precision": "Bronvermeldingen die kloppen",
    "facts_marked": "Feiten met een bronvermelding",
    "language_recognised": "Andere taal herkend",
    "language_source_cited": "Andere taal: goede bron",
    "success_at_5": "Goede bron bij de eerste vijf",
    "recall_at_5": "Goede bronnen gevonden bij de eerste vijf",
    "rr_at_10": "Plek van de goede bron (1 is bovenaan)",
    "ndcg_at_10": "Volgorde van de bronnen (1 is het beste)",
    "words_before_cards": "Woorden voor de eerste hulpkaart",
    "sentence_length": "Woorden per zin",
    "long_words": "Aandeel lange woorden",
}
PLAIN = frozenset({"rr_at_10", "ndcg_at_10", "words_before_cards", "sentence_length"})
"""Figures that are no share of the questions."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as the page shows it."""

    label: str
    shown: str
    range: str
    cases: int


@dataclass(frozen=True, slots=True)
class Report:
    """The last measurement: when, and the lines of each set of questions."""

    created: datetime
    sets: Sequence[tuple[str, int, Sequence[Line]]]


@router.get("/kwaliteit")
async def get_quality(desk: WithDesk) -> HTMLResponse:
    """All figures of the last measurement."""
    return desk.show("quality", report=await asyncio.to_thread(read_report, RESULTS))


def read_report(path: Path) -> Report | None:
    """The last measurement, None when there is none that we can read."""
    try:
        results = Results.model_validate_json(path.read_bytes())
        created = datetime.fromisoformat(results.created)
    except (OSError, ValidationError, ValueError) as exc:
        logger.info("%s: no report to show: %s", path, type(exc).__name__)
        return None
    return Report(created, [(chosen.name, chosen.cases, list(map(line_of, chosen.figures))) for chosen in results.sets])


def line_of(figure: Figure) -> Line:
    """A figure in words."""

    def written(value: float) -> str:
        text = f"{value:.2f}" if figure.name in PLAIN else f"{100 * value:.1f} %"
        return text.replace(".", ",")

    return Line(
        label=LABELS.get(figure.name, figure.name),
        shown=written(figure.value),
        range=f"{written(figure.low)} – {written(figure.high)}",
        cases=figure.cases,
    )
