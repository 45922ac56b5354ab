"""The garden grows by made-up sources next to the real ones, and measures a refresh of each kind."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from evals.bench import growing, growth
from evals.bench.children import BenchFailed
from evals.bench.growth import Garden
from evals.bench.workplace import copy_live
from tests.conftest import Workplace

REAL = 600
"""Sources of the corpus that the stand-in knows."""


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The refreshes that were asked for; each finds the real sources and the made-up ones."""
    asked: list[dict[str, Any]] = []

    def call(module: str, job: dict[str, Any], *, limit: float) -> dict[str, Any]:
        asked.append(job)
        figures = {"seconds": 2.0, "processor": 1.0, "peak_mb": 500.0}
        return {"sources": REAL + job["want"], "changed": job["change"], **figures}

    monkeypatch.setattr(growth, "call", call)
    return asked


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "data").mkdir()
    return Garden(tmp_path / "corpus", tmp_path / "garden", tmp_path / "data", lambda line: None)


def test_a_size_counts_the_real_sources(garden: Garden, jobs: list[dict[str, Any]]) -> None:
    garden.build(1000)
    garden.build(5000)

    assert [(job["have"], job["want"]) for job in jobs] == [(0, 0), (0, 400), (400, 4400)]


def test_three_kinds_of_refresh_are_measured(garden: Garden, jobs: list[dict[str, Any]]) -> None:
    runs = garden.refreshes(1000)

    assert [(run.kind, run.sources, run.changed) for run in runs] == [
        ("grown", 1000, 0),
        ("1% changed", 1000, 10),
        ("nothing changed", 1000, 0),
    ]
    assert [job["change"] for job in jobs[-2:]] == [10, 0]


def test_a_change_differs_from_the_one_before(garden: Garden, jobs: list[dict[str, Any]]) -> None:
    garden.refreshes(1000)
    garden.refreshes(5000)

    versions = [job["version"] for job in jobs if job["change"]]
    assert len(set(versions)) == len(versions) == 2


def test_a_garden_does_not_shrink(garden: Garden, jobs: list[dict[str, Any]]) -> None:
    garden.build(5000)

    with pytest.raises(BenchFailed, match="does not shrink"):
        garden.build(1000)


def test_made_up_sources_stand_in_the_index_beside_the_real_ones(small: Workplace, tmp_path: Path) -> None:
    corpus = shutil.copytree(small.corpus, tmp_path / "corpus")
    data = copy_live(small.settings.data_dir, tmp_path / "data")
    job = {"corpus": str(corpus), "data": str(data), "version": 1}
    real = growing.work({**job, "have": 0, "want": 0, "change": 0})["sources"]

    grown = growing.work({**job, "have": 0, "want": 120, "change": 0})
    changed = growing.work({**job, "have": 120, "want": 120, "change": 5})

    assert grown["sources"] == real + 120
    assert (changed["sources"], changed["changed"]) == (real + 120, 5)
