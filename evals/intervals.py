"""How sure a figure is: the bootstrap, drawn over whole cases because sentences of one answer resemble each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1000
SEED = 20261123

Count = tuple[float, float]
"""What one case adds to a figure: (so much, out of so much)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over `cases` cases, and the interval that holds 95 % of its resamples."""

    value: float
    low: float
    high: float
    cases: int


def estimate(counts: Sequence[Count]) -> Estimate | None:
    """The sum of the parts over the sum of the wholes, which are above zero; None without counts."""
    if not counts:
        return None
    parts, wholes = np.array(counts, dtype=float).T
    value = float(parts.sum() / wholes.sum())
    drawn = np.random.default_rng(SEED).integers(len(counts), size=(RESAMPLES, len(counts)))
    shares = parts[drawn].sum(axis=1) / wholes[drawn].sum(axis=1)
    low, high = np.percentile(shares, [2.5, 97.5])
    return Estimate(value, float(low), float(high), len(counts))
