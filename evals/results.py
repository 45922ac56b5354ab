"""The figures of a run as plain values: what the report, the pictures and the baseline are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from evals.curves import Bin, Percentiles, latencies, reliability
from evals.judging import cited_ids
from evals.measures import MEASURES, failures
from evals.running import Record

PER_GROUP = ("outcome_right", "source_cited")
"""The measures that are shown for each group of cases."""

GROUPS: tuple[str, ...] = (
    "answered",
    "answered_elsewhere",
    "suggested",
    "clarify_municipality",
    "small_talk",
    "crisis",
    "refused",
    "unanswerable",
    "failed",
)
"""The outcomes, with those of one prefix together."""


class Value(BaseModel):
    """Plain and frozen, so that a run can be written to JSON and read back."""

    model_config = ConfigDict(frozen=True)


class Figure(Value):
    """A measure over a number of cases, with the interval that holds 95 % of its resamples."""

    name: str
    value: float
    low: float
    high: float
    cases: int


class Failure(Value):
    """A case that misses a measure. For the report set only `id` and `kinds` are kept, so that nobody tunes on it."""

    id: str
    kinds: tuple[str, ...]
    question: str = ""
    expected: str = ""
    outcome: str = ""
    cited: tuple[str, ...] = ()


class SetResults(Value):
    """One set of cases. `confusion` counts (expected, got) over `GROUPS`; `groups` has `PER_GROUP` for each group."""

    name: Literal["tune", "report"]
    cases: int
    figures: tuple[Figure, ...]
    groups: dict[str, tuple[Figure, ...]]
    confusion: tuple[tuple[int, ...], ...]
    latency: tuple[Percentiles, ...]
    reliability: tuple[Bin, ...]
    failures: tuple[Failure, ...]


class Results(Value):
    """A whole run. `scope` says which cases: `all`, `tune`, `report` or `public`."""

    created: str
    scope: str
    engine: str
    embedding_model: str
    sets: tuple[SetResults, ...]


def summarise(records: Sequence[Record], *, scope: str, embedding_model: str) -> Results:
    """The results of a run, the report set first because its figures are the ones to quote."""
    engines = sorted({record.answer.engine for record in records})
    return Results(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        scope=scope,
        engine=", ".join(engines),
        embedding_model=embedding_model,
        sets=tuple(_summarise_set(name, chosen) for name in ("report", "tune") if (chosen := _of_set(records, name))),
    )


def figures_of(records: Sequence[Record], names: Sequence[str] = ()) -> tuple[Figure, ...]:
    """The named measures, or all, that apply to any of the records."""
    chosen = [measure for measure in MEASURES if not names or measure.name in names]
    found = [(measure.name, measure.over(records)) for measure in chosen]
    return tuple(Figure(name=n, value=e.value, low=e.low, high=e.high, cases=e.cases) for n, e in found if e)


def group_of(outcome: str) -> str:
    """The outcome's place in `GROUPS`."""
    return outcome if outcome in GROUPS else outcome.partition("_")[0]


def read_results(path: Path) -> Results:
    """A run that was written before."""
    return Results.model_validate_json(path.read_text("utf-8"))


def _of_set(records: Sequence[Record], name: str) -> list[Record]:
    return [record for record in records if record.case.set == name]


def _summarise_set(name: Literal["tune", "report"], records: Sequence[Record]) -> SetResults:
    groups = sorted({record.case.group for record in records})
    return SetResults(
        name=name,
        cases=len(records),
        figures=figures_of(records),
        groups={g: figures_of([r for r in records if r.case.group == g], PER_GROUP) for g in groups},
        confusion=_confusion(records),
        latency=latencies([record.turn.milliseconds for record in records]),
        reliability=reliability(records),
        failures=tuple(_failure(record, kinds) for record in records if (kinds := failures(record))),
    )


def _confusion(records: Sequence[Record]) -> tuple[tuple[int, ...], ...]:
    """An accepted outcome counts as the expected one; else the first accepted outcome does."""
    counts = [[0] * len(GROUPS) for _ in GROUPS]
    for record in records:
        expected = record.outcome if record.outcome in record.accepted else record.case.expect.outcomes[0]
        counts[GROUPS.index(group_of(expected))][GROUPS.index(group_of(record.outcome))] += 1
    return tuple(map(tuple, counts))


def _failure(record: Record, kinds: Sequence[str]) -> Failure:
    case = record.case
    if case.set == "report":
        return Failure(id=case.id, kinds=tuple(kinds))
    return Failure(
        id=case.id,
        kinds=tuple(kinds),
        question=case.question,
        expected=", ".join(case.expect.outcomes),
        outcome=record.outcome,
        cited=tuple(cited_ids(record.answer)[:3]),
    )
