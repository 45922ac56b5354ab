"""Our own side is measured on a copy of the live generation, through the same doors that visitors use."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import Embedder
from evals.bench import answering, material
from evals.bench.children import BenchFailed
from evals.bench.material import PASSAGES, VECTORS
from evals.bench.questions import Asked
from evals.bench.serving import running_server
from evals.bench.systems import steps_of
from evals.bench.workplace import copy_live
from tests.conftest import Workplace

QUESTION = Asked("Wie helpt mij met schulden?", "Emmen", None, ("emmen-schulden",))


@pytest.fixture
def data(small: Workplace, tmp_path: Path) -> Path:
    """A copy of the small index."""
    return copy_live(small.settings.data_dir, tmp_path / "data")


def test_a_copy_holds_the_live_generation_and_nothing_private(workplace: Workplace, tmp_path: Path) -> None:
    data = workplace.settings.data_dir
    live = (data / "index" / "live").read_text("utf-8").strip()
    (data / "index" / "generations" / "old").mkdir()
    for private in ("markewijzer.sqlite", "markewijzer.sqlite-wal", "refresh.lock"):
        (data / private).write_text("", encoding="utf-8")

    copy = copy_live(data, tmp_path / "copy")

    assert [path.name for path in (copy / "index" / "generations").iterdir()] == [live]
    assert (copy / "vectors.sqlite").exists()
    assert not [path.name for path in copy.iterdir() if path.name.startswith(("markewijzer", "refresh", "runs"))]


def test_without_an_index_there_is_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="no index was built yet"):
        copy_live(tmp_path, tmp_path / "copy")


def test_the_whole_answer_is_timed_step_by_step(data: Path) -> None:
    result = answering.work({"data": str(data), "questions": [QUESTION.as_job()] * 2, "started": time.time()})

    assert len(result["whole"]) == len(result["encode"]) == len(result["rankings"]) == 2
    assert [step.name for step in steps_of(result["steps"])][:2] == ["ScreenQuestion", "WatchForCrisis"]
    assert all(sum(steps.values()) <= whole for steps, whole in zip(result["steps"], result["whole"], strict=True))
    assert result["rankings"][0]
    assert result["memory_mb"] > 10
    assert result["engine"].startswith("bundled:e5-small (")


def test_a_peer_gets_every_chunk_and_question_with_the_vectors_of_the_index(
    data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    told = material.work({"data": str(data), "folder": str(tmp_path)})

    rows = json.loads((tmp_path / PASSAGES).read_text("utf-8"))
    vectors = np.load(tmp_path / VECTORS)
    assert len(rows) == len(vectors) == told["passages"]
    assert set(told["questions"]) <= {row["text"] for row in rows}
    assert told["questions"]
    assert told["points"] > told["passages"]
    last = rows.index({"source": rows[-1]["source"], "text": told["questions"][-1]})
    assert vectors[last] @ np.array(embedder.embed_questions([told["questions"][-1]])[0]) > 0.999


def test_a_server_has_answered_when_it_is_handed_over_and_is_gone_afterwards(data: Path) -> None:
    with running_server(data) as server:
        assert server.cold_seconds > 0
        assert Path(f"/proc/{server.process}").exists()

    assert not Path(f"/proc/{server.process}").exists()


def test_a_server_that_cannot_start_is_told_at_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "no port")
    monkeypatch.setenv("EXIT_URL", "nowhere")
    began = time.monotonic()

    with pytest.raises(BenchFailed, match="no answer within"), running_server(data):
        pass

    assert time.monotonic() - began < 50
