"""A measurement in another process gives its result, or says in one line why not."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from evals.bench import children
from evals.bench.children import BenchFailed, call, run_quietly


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that `call` can run."""
    monkeypatch.setattr(children, "ROOT", tmp_path)
    return tmp_path / "child.py"


def test_a_child_gets_the_job_and_when_it_was_asked(child: Path) -> None:
    child.write_text(
        "import json, sys\njob = json.load(open(sys.argv[1]))\njson.dump({'got': job}, open(sys.argv[2], 'w'))\n"
    )

    got = call("child", {"number": 3}, limit=60)["got"]

    assert got["number"] == 3
    assert 0 <= time.time() - got["started"] < 60


def test_a_child_that_fails_is_told_by_its_last_line(child: Path) -> None:
    child.write_text("raise ValueError('no such index')\n")

    with pytest.raises(BenchFailed, match="child: ended in 1: ValueError: no such index"):
        call("child", {}, limit=60)


def test_a_child_that_takes_too_long_is_stopped(child: Path) -> None:
    began = time.monotonic()

    with pytest.raises(BenchFailed, match="nap: not done after"):
        run_quietly([sys.executable, "-c", "import time; time.sleep(60)"], name="nap", limit=0.5)

    assert time.monotonic() - began < 30
