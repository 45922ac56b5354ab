"""A run keeps what it measured part by part, and a part that fails costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench import running
from evals.bench.children import BenchFailed
from evals.bench.figures import Growth, Refreshing, read_bench, write_bench
from evals.bench.parts import Plan
from evals.bench.running import PartName, run_bench
from tests.evals.bench.builders import a_bench, a_comparison, a_growth, a_refreshing, a_serving


class FakeSession:
    """Measures at once; the web server cannot be started."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan

    def compare(self) -> object:
        return a_comparison(failed=("now",))

    def serve(self) -> object:
        raise BenchFailed("no server")

    def grow(self, *, asking: bool, refreshing: bool) -> tuple[Growth | None, Refreshing | None]:
        return a_growth() if asking else None, a_refreshing() if refreshing else None


@pytest.fixture(autouse=True)
def _session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "Session", FakeSession)


def a_plan(said: list[str], folder: Path) -> Plan:
    return Plan(folder, folder, folder, folder, tell=said.append)


def test_a_part_that_fails_is_told_and_keeps_its_old_figures(tmp_path: Path) -> None:
    said: list[str] = []
    write_bench(a_bench(), tmp_path / "results.json")

    bench = run_bench(a_plan(said, tmp_path), list(PartName), page=tmp_path / "page.md", kept=tmp_path / "results.json")

    assert "http was not measured: no server" in said
    assert bench.serving == a_serving()
    assert bench.comparison is not None
    assert bench.comparison.failed == ("now",)
    assert read_bench(tmp_path / "results.json") == bench
    assert "Not measured: now." in (tmp_path / "page.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("part", "measured"),
    [
        (PartName.PEERS, {"comparison"}),
        (PartName.GROWTH, {"growth"}),
        (PartName.REFRESH, {"refreshing"}),
    ],
)
def test_a_part_can_be_run_alone(tmp_path: Path, part: PartName, measured: set[str]) -> None:
    bench = run_bench(a_plan([], tmp_path), [part], page=tmp_path / "page.md", kept=tmp_path / "results.json")

    assert {name for name, figures in bench if figures is not None} == measured


def test_when_nothing_can_be_measured_the_page_stays(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="no part"):
        run_bench(a_plan([], tmp_path), [PartName.HTTP], page=tmp_path / "page.md", kept=tmp_path / "results.json")

    assert not (tmp_path / "page.md").exists()
