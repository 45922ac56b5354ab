"""A data folder of its own for every measurement: one process owns an index, and yours may be at work."""

from __future__ import annotations

import shutil
from pathlib import Path

from evals.bench.children import BenchFailed

LEFT_OUT = shutil.ignore_patterns("index", "runs", "bench", "markewijzer.sqlite*", "*.lock")
"""What a measurement must not share: conversations, records of runs, locks, and the benchmark itself."""


def copy_live(data: Path, folder: Path) -> Path:
    """A copy of a data folder with the live generation only. Raises `BenchFailed` when there is none."""
    live = data / "index" / "live"
    if not live.exists():
        raise BenchFailed(f"{data}: no index was built yet; run `python -m ingest refresh`")
    shutil.copytree(data, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
    generation = live.read_text("utf-8").strip()
    shutil.copytree(data / "index" / "generations" / generation, folder / "index" / "generations" / generation)
    shutil.copy(live, folder / "index" / "live")
    return folder
