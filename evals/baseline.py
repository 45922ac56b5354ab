"""Holds a run against the figures that were accepted before, so that a fall is seen before it is merged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.errors import MarkewijzerError
from evals.measures import MEASURES
from evals.results import Figure, Results

BASELINE = Path(__file__).parent / "baseline.json"

Baseline = Mapping[str, Mapping[str, Figure]]
"""Scope (`report`, or `public` for the small set) → name of a measure → its accepted figure."""

_BASELINE = TypeAdapter(dict[str, dict[str, Figure]])


class BaselineError(MarkewijzerError):
    """There is no baseline for what was run, or it cannot be read."""


def scope_of(results: Results) -> str:
    """What a run can be compared on: the report set, unless only the public cases were asked."""
    return "public" if results.scope == "public" else "report"


def comparable(results: Results) -> dict[str, Figure]:
    """The shares of a run that the baseline keeps, by name. Raises `BaselineError` when the run has none of them."""
    wanted = "tune" if results.scope == "public" else "report"
    figures = [figure for chosen in results.sets if chosen.name == wanted for figure in chosen.figures]
    if not figures:
        raise BaselineError(f"a run of {results.scope!r} has no report set; use --set report, --set all or --public")
    shares = {measure.name for measure in MEASURES if measure.is_share}
    return {figure.name: figure for figure in figures if figure.name in shares}


def find_falls(now: Mapping[str, Figure], before: Mapping[str, Figure]) -> list[str]:
    """A line for each measure that fell out of the accepted interval on the wrong side, or is gone."""
    lower_is_better = {measure.name for measure in MEASURES if measure.lower_is_better}
    return [line for name, old in before.items() if (line := _fall(name, now.get(name), old, name in lower_is_better))]


def check_baseline(results: Results, path: Path = BASELINE) -> list[str]:
    """The falls of a run against the accepted figures. Raises `BaselineError`."""
    scope = scope_of(results)
    accepted = read_baseline(path)
    if scope not in accepted:
        raise BaselineError(f"{path}: no baseline for {scope!r}; accept this run with --accept")
    return find_falls(comparable(results), accepted[scope])


def accept(results: Results, path: Path = BASELINE) -> None:
    """Makes this run the baseline of its scope, and leaves the other scope as it is."""
    accepted = {**read_baseline(path), scope_of(results): comparable(results)}
    plain = {scope: {n: _rounded(f) for n, f in figures.items()} for scope, figures in sorted(accepted.items())}
    path.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_baseline(path: Path) -> Baseline:
    """What was accepted; empty when nothing was yet. Raises `BaselineError`."""
    if not path.exists():
        return {}
    try:
        return _BASELINE.validate_json(path.read_text("utf-8"))
    except ValidationError as exc:
        raise BaselineError(f"{path}: {exc}") from exc


def _fall(name: str, now: Figure | None, old: Figure, lower_is_better: bool) -> str | None:
    if now is None:
        return f"{name}: was {old.value:.3f}, and applies to no case any more"
    if lower_is_better and now.value > old.high:
        return f"{name}: rose from {old.value:.3f} to {now.value:.3f}, above {old.high:.3f}"
    if not lower_is_better and now.value < old.low:
        return f"{name}: fell from {old.value:.3f} to {now.value:.3f}, below {old.low:.3f}"
    return None


def _rounded(figure: Figure) -> dict[str, object]:
    """Outwards, so that the very same run is never a fall."""
    low, high = int(figure.low * 10_000) / 10_000, -(-figure.high * 10_000 // 1) / 10_000
    return {**figure.model_dump(), "value": round(figure.value, 4), "low": low, "high": high}
