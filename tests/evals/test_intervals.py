"""A figure comes with an interval that says how much a few cases matter."""

from __future__ import annotations

import pytest

from evals.intervals import estimate


def test_the_interval_holds_the_figure_and_narrows_with_more_cases() -> None:
    few = estimate([(1.0, 1.0), (0.0, 1.0)] * 10)
    many = estimate([(1.0, 1.0), (0.0, 1.0)] * 200)

    assert few
    assert many
    assert few.value == many.value == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high
    assert (few.low, few.high) == pytest.approx((0.28, 0.72), abs=0.08)


def test_a_case_weighs_as_much_as_it_holds() -> None:
    found = estimate([(1.0, 1.0), (0.0, 3.0)])

    assert found
    assert found.value == 0.25


def test_the_same_counts_give_the_same_interval() -> None:
    counts = [(1.0, 1.0)] * 5 + [(0.0, 1.0)] * 3

    assert estimate(counts) == estimate(counts)


def test_nothing_gives_no_figure() -> None:
    assert estimate([]) is None
