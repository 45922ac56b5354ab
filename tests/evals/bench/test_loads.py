"""A crowd asks what it is told, and no level of new questions repeats another one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.bench.children import BenchFailed
from evals.bench.loads import LEVELS, Crowd, Level
from evals.bench.serving import Server

LOCUST = """#!{python}
import json, sys
told = sys.argv[sys.argv.index("--told") + 1]
bodies = json.load(open(sys.argv[sys.argv.index("--bodies") + 1]))
open({seen!r}, "a").write(json.dumps({{"arguments": sys.argv[1:], "bodies": bodies}}) + "\\n")
json.dump({result}, open(told, "w"))
"""


def a_locust(folder: Path, milliseconds: list[float]) -> Path:
    """Stands in for the Python of the peers: remembers what it was asked, and gives these times."""
    program = folder / "python"
    result = {"milliseconds": milliseconds, "failed": 1, "seconds": 2.0, "generator_share": 0.123}
    text = LOCUST.format(python=sys.executable, seen=str(folder / "seen"), result=result)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    return program


def seen(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "seen").read_text("utf-8").splitlines()]


TEXTS = [f"Vraag {n}?" for n in range(200)]
SERVER = Server(process=1, port=8123, cold_seconds=1.0)


def test_a_level_becomes_figures(tmp_path: Path) -> None:
    crowd = Crowd(a_locust(tmp_path, [10.0, 20.0, 30.0, 40.0]), TEXTS, seconds=1)

    load = crowd.visit(SERVER, Level("new", 100, 100.0))

    assert (load.per_second, load.failed, load.generator_share, load.times.p50) == (2.0, 1, 0.12, 25.0)
    arguments = " ".join(seen(tmp_path)[0]["arguments"])
    assert "-u 100 -r 100 -t 1s" in arguments
    assert "--host http://127.0.0.1:8123" in arguments
    assert "--pace 100.0" in arguments


def test_levels_of_new_questions_share_no_question(tmp_path: Path) -> None:
    crowd = Crowd(a_locust(tmp_path, [10.0]), TEXTS, seconds=1)

    crowd.visit(SERVER, Level("new", 1))
    crowd.visit(SERVER, Level("new", 8))

    first, second = ({body["question"] for body in level["bodies"]} for level in seen(tmp_path))
    assert first
    assert second
    assert not first & second


def test_a_level_without_answers_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="1 visitors, new questions: none was answered"):
        Crowd(a_locust(tmp_path, []), TEXTS, seconds=1).visit(SERVER, Level("new", 1))


def test_both_mixes_are_measured_with_the_same_visitors() -> None:
    new, repeated = ([(x.visitors, x.pace) for x in LEVELS if x.mix == mix] for mix in ("new", "repeated"))

    assert new == repeated
    assert {visitors for visitors, pace in new if pace is None} == {1, 8, 32, 128}
