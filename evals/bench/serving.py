"""A web server to measure: how soon it answers after its process was started, and how much memory it holds."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.bench.children import PYTHON, ROOT, BenchFailed

FIRST = {"question": "Wie helpt mij met geldzorgen?", "municipality": "Emmen"}
PATIENCE = 60.0
"""Seconds until the first answer after which a server counts as broken."""
EVERY = 0.01
"""Seconds between two knocks on the door; a cold start is measured no finer than that."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that has answered once."""

    process: int
    port: int
    cold_seconds: float

    @property
    def address(self) -> str:
        """Where visitors go."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running_server(data: Path) -> Iterator[Server]:
    """A server on a data folder, without a limit on questions, as long as the block lasts. Raises `BenchFailed`."""
    port = free_port()
    with (data / "server.log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(_command(data, port), cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait_for_answer(process, port, began + PATIENCE)
            yield Server(process.pid, port, round(time.perf_counter() - began, 3))
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _command(data: Path, port: int) -> list[str]:
    """`env` execs, so the process is the server itself; whatever else is set stays set."""
    settings = [f"DATA_DIR={data}", f"DATABASE_URL=sqlite:///{data / 'bench.sqlite'}", "RATE_LIMIT=off"]
    return ["env", "-u", "LLM_BASE_URL", *settings, "REFRESH_AT=off", str(PYTHON), "-m", "web", "--port", str(port)]


def _wait_for_answer(process: subprocess.Popen[bytes], port: int, until: float) -> None:
    while time.perf_counter() < until and process.poll() is None:
        try:
            if _ask(port) == 200:
                return
        except OSError:
            pass  # nobody listens yet
        time.sleep(EVERY)
    raise BenchFailed(f"python -m web: no answer within {PATIENCE:.0f} s, exit code {process.poll()}")


def _ask(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", "/api/v1/ask", json.dumps(FIRST), {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()
