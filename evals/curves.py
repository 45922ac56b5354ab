"""Figures that are more than one number: how long each step takes, and how far a score can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.judging import ANSWERED, is_answerable
from evals.running import Record

WHOLE = "whole"
BINS = 8
NEAR_THE_TOP = 3


class Percentiles(BaseModel):
    """How long a step took, in milliseconds, over the turns that reached it."""

    model_config = ConfigDict(frozen=True)

    step: str
    p50: float
    p95: float
    turns: int


class Bin(BaseModel):
    """Cases with about the same calibrated probability: its mean, and the share whose answer was really found."""

    model_config = ConfigDict(frozen=True)

    score: float
    found: float
    cases: int


def latencies(times: Sequence[Mapping[str, float]]) -> tuple[Percentiles, ...]:
    """Each step in the order of the pipeline, and then the whole."""
    longest = max(times, key=len, default={})
    steps = list(dict.fromkeys([*longest, *(step for turn in times for step in turn)]))
    spent = {step: [turn[step] for turn in times if step in turn] for step in steps}
    spent[WHOLE] = [sum(turn.values()) for turn in times]
    return tuple(_percentiles(step, values) for step, values in spent.items() if values)


def reliability(records: Sequence[Record]) -> tuple[Bin, ...]:
    """The probability that the evidence gives against whether a right source lies near the top, in equal bins.

    A case that the corpus does not answer counts as not found, whatever was found for it; cases where a fair judge
    accepts both an answer and none say nothing here.
    """
    pairs = sorted(pair for record in records if (pair := _chance_and_truth(record)) is not None)
    if len(pairs) < 2 * BINS:
        return ()
    bins = np.array_split(np.array(pairs, dtype=float), BINS)
    return tuple(Bin(score=float(b[:, 0].mean()), found=float(b[:, 1].mean()), cases=len(b)) for b in bins)


def _chance_and_truth(record: Record) -> tuple[float, bool] | None:
    evidence, passages = record.turn.evidence, record.turn.passages
    if evidence is None or not passages:
        return None
    if not record.accepted & ANSWERED:
        return evidence.probability, False
    if not is_answerable(record) or not record.case.expect.sources:
        return None
    return evidence.probability, any(p.source.id in record.case.expect.sources for p in passages[:NEAR_THE_TOP])


def _percentiles(step: str, values: Sequence[float]) -> Percentiles:
    p50, p95 = np.percentile(values, [50, 95])
    return Percentiles(step=step, p50=round(float(p50), 2), p95=round(float(p95), 2), turns=len(values))
