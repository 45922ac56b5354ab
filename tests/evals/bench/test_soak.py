"""Half an hour of steady load, told minute by minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench.children import BenchFailed
from evals.bench.soak import BEGIN, END, Minute, growth_mb, write_soak


def minutes(*memory: float) -> list[Minute]:
    return [Minute(60.0, 20.0 + n, 40.0, n % 2, held) for n, held in enumerate(memory)]


def test_growth_is_what_the_second_half_holds_more() -> None:
    assert growth_mb(minutes(600, 610, 602, 640, 641, 642)) == 641 - 602


def test_one_minute_shows_no_growth() -> None:
    with pytest.raises(BenchFailed, match="two minutes"):
        growth_mb(minutes(600))


def test_the_page_gets_the_first_the_last_and_what_is_between(tmp_path: Path) -> None:
    page = tmp_path / "benchmark.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")

    write_soak(page, minutes(*range(600, 630)), 650.4, 60)

    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "30 minutes at 60 new questions a second" in text
    assert "15 failed, +15 MB in the second half, 650 MB at most." in text
    assert [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| ")][1:] == [
        "| 1", "| 8", "| 15", "| 22", "| 30"
    ]  # fmt: skip
