"""An aim holds when the measured figure says so, and only for parts that were measured."""

from __future__ import annotations

import pytest

from evals.bench.aims import aims
from evals.bench.figures import OURS, OWN, PLAIN, Bench, Load, Score
from tests.evals.bench.builders import a_comparison, a_load, a_score, a_serving, a_system, some_times


def held(bench: Bench, words: str) -> bool:
    [aim] = [aim for aim in aims(bench) if words in aim.aim]
    return aim.holds


def test_nothing_is_claimed_before_anything_was_measured() -> None:
    assert aims(Bench()) == []


@pytest.mark.parametrize(("ours", "holds"), [(19.9, True), (20.0, False), (30.0, False)])
def test_we_are_held_against_the_fastest_peer(ours: float, holds: bool) -> None:
    systems = (a_system(p95=ours), a_system("Chroma", PLAIN, p95=20.0), a_system("LlamaIndex", PLAIN, p95=90.0))

    assert held(Bench(comparison=a_comparison(*systems)), "as its users run it") is holds


def test_each_encoder_is_compared_with_itself() -> None:
    ours = (a_system(OURS, OWN, p95=30.0), a_system(OURS, PLAIN, p95=60.0))
    peers = (a_system("Chroma", OWN, p95=20.0), a_system("Chroma", PLAIN, p95=80.0))
    bench = Bench(comparison=a_comparison(*ours, *peers))

    assert not held(bench, "both with our engine")
    assert held(bench, "both with sentence-transformers")


@pytest.mark.parametrize(
    ("difference", "holds"),
    [(a_score(0.05, low=0.01, high=0.09), True), (a_score(0.05, low=-0.01, high=0.09), False)],
    ids=["surely better", "perhaps better"],
)
def test_better_means_that_the_interval_lies_above_zero(difference: Score, holds: bool) -> None:
    assert held(Bench(comparison=a_comparison(gain=difference)), "nDCG@10") is holds


@pytest.mark.parametrize(
    ("load", "holds"),
    [
        (a_load(100, pace=100.0, per_second=99.0), True),
        (a_load(100, pace=100.0, per_second=90.0), False),
        (a_load(100, pace=100.0, times=some_times(251.0)), False),
        (a_load(100, pace=100.0, failed=1), False),
    ],
    ids=["kept up", "too few", "too slow", "one failed"],
)
def test_a_hundred_questions_a_second_must_be_answered_soon(load: Load, holds: bool) -> None:
    assert held(Bench(serving=a_serving(load)), "questions a second") is holds


def test_visitors_who_never_wait_say_nothing_about_a_pace() -> None:
    assert not [aim for aim in aims(Bench(serving=a_serving(a_load(128)))) if "questions a second" in aim.aim]


def test_a_level_that_nobody_answered_is_not_passed_over() -> None:
    serving = a_serving().model_copy(update={"failed": ("100 visitors: none was answered in time",)})

    assert not held(Bench(serving=serving), "every level")


def test_one_slow_start_among_three_is_forgiven() -> None:
    assert held(Bench(serving=a_serving(cold=(2.0, 2.5, 9.0))), "cold start")
    assert not held(Bench(serving=a_serving(cold=(2.0, 3.5, 9.0))), "cold start")


@pytest.mark.parametrize(("peak", "holds"), [(699.0, True), (700.0, False)])
def test_memory_is_judged_at_its_highest(peak: float, holds: bool) -> None:
    assert held(Bench(serving=a_serving(peak=peak)), "resident") is holds
