"""The page gets its tables between the marks, and nothing else of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench.children import BenchFailed
from evals.bench.drawing import draw
from evals.bench.figures import OURS, PLAIN, Bench, read_bench, write_bench
from evals.bench.writing import BEGIN, END, as_markdown, write_page
from tests.evals.bench.builders import STAMP, a_bench, a_comparison, a_growth, a_load, a_serving, a_system


def test_what_people_wrote_around_the_tables_stays(tmp_path: Path) -> None:
    page = tmp_path / "benchmark.md"
    page.write_text(f"# Speed\n\nBefore.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", encoding="utf-8")

    write_page(Bench(comparison=a_comparison()), page)

    text = page.read_text("utf-8")
    assert text.startswith(f"# Speed\n\nBefore.\n\n{BEGIN}\n\n## Beside what others would pick")
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "old" not in text


def test_writing_twice_gives_the_same_page(tmp_path: Path) -> None:
    page = tmp_path / "benchmark.md"
    write_page(a_bench(), page)
    once = page.read_text("utf-8")

    write_page(a_bench(), page)

    assert page.read_text("utf-8") == once


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "benchmark.md"
    page.write_text("# Speed\n", encoding="utf-8")

    with pytest.raises(BenchFailed, match="no lines"):
        write_page(a_bench(), page)

    assert page.read_text("utf-8") == "# Speed\n"


def test_a_peer_is_told_as_a_ratio_to_our_whole_answer() -> None:
    page = as_markdown(Bench(comparison=a_comparison(a_system(p95=20.0), a_system("Chroma", PLAIN, p95=50.0))))

    assert "| Chroma (1.2), bare retrieval | sentence-transformers | 2.50 |" in page
    assert f"| **{OURS}, whole answer** | our engine | 1.00 |" in page


def test_a_step_is_told_in_encodings() -> None:
    page = as_markdown(Bench(comparison=a_comparison(a_system())))

    assert "| FindPassages | 1.50 | 7.5 / 15.0 / 30.0 | 100 |" in page


def test_a_level_is_told_against_a_single_visitor() -> None:
    page = as_markdown(Bench(serving=a_serving(a_load(1), a_load(32, times=a_system(p95=80.0).whole))))

    assert "| new | 32 | 100.0 | 4.0 |" in page


def test_a_peer_that_failed_is_named() -> None:
    page = as_markdown(Bench(comparison=a_comparison(failed=("txtai: not done after 300 s",))))

    assert "Not measured: txtai: not done after 300 s." in page


def test_a_peer_that_was_not_measured_at_a_size_has_a_dash() -> None:
    rows = [line for line in as_markdown(Bench(growth=a_growth())).splitlines() if line.startswith("| 5000 |")]

    assert rows == ["| 5000 | 45000 | 2.00 | 20.0 / 40.0 / 80.0 | 0 | – |"]


@pytest.mark.parametrize(("load", "told"), [(0.1, False), (3.0, True)])
def test_the_page_says_when_others_were_at_work(load: float, told: bool) -> None:
    machine = STAMP["machine"].model_copy(update={"load": load})
    comparison = a_comparison().model_copy(update={"machine": machine})

    assert ("Other work was in the way" in as_markdown(Bench(comparison=comparison))) is told


def test_figures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    write_bench(a_bench(), tmp_path / "results.json")

    assert read_bench(tmp_path / "results.json") == a_bench()
    assert read_bench(tmp_path / "none.json") == Bench()


def test_every_measured_part_gets_its_picture_and_the_same_figures_the_same_one(tmp_path: Path) -> None:
    paths = draw(a_bench(), tmp_path)
    once = [path.read_bytes() for path in paths]

    assert [path.name for path in paths] == [
        "benchmark-systems.svg",
        "benchmark-visitors.svg",
        "benchmark-growth.svg",
    ]
    assert [path.read_bytes() for path in draw(a_bench(), tmp_path)] == once
    assert draw(Bench(), tmp_path) == []
