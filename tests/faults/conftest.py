"""A data folder with a small index, and servers on it that are processes of their own, so that they can really fail."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import REPOSITORY
from tests.faults.serve import FRESH
from tests.small_corpus import write_corpus

QUESTION = "Wat is Gezonde Marke?"
CRISIS = "Ik wil niet meer leven"
START = 60.0
"""Seconds that a start may take on a busy machine."""


class Place:
    """A corpus and a data folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus, self.data = folder / "corpus", folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        """What a process is told about this place."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"DATA_DIR": str(self.data), "CORPUS_DIR": str(self.corpus), "RATE_LIMIT": "off", "REFRESH_AT": "off"}
        return kept | own | {"HF_HUB_OFFLINE": "1", "LOG_FORMAT": "json", "PYTHONPATH": str(REPOSITORY)}

    def command(self, *arguments: str) -> list[str]:
        """Runs `serve.py`. As root it gives up root's right to pass over permissions."""
        plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
        return [*plain, sys.executable, "-m", "tests.faults.serve", *arguments]

    def refresh(self, **more: str) -> subprocess.Popen[bytes]:
        """A refresh that has begun."""
        return subprocess.Popen(
            self.command("refresh"),
            cwd=self.folder,
            env=self.environment | more,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class Server:
    """A server on a place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.log = place.folder / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Waits until it is live."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.place.command("--port", str(self.port)),
                cwd=self.place.folder,
                env=self.place.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + START
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]
            try:
                self.client.get("/health/live")
                return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self.process is not None
        return self.process.pid

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal."""
        os.kill(self.pid, number)

    def wait(self) -> int:
        """The exit status, once it ended."""
        assert self.process is not None
        return self.process.wait(START)

    def stop(self) -> None:
        """Ends it, whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.client.close()

    def ask(self, question: str = QUESTION) -> dict[str, Any]:
        """The answer. A status of 500 and above fails the test."""
        response = self.client.post("/api/v1/ask", json={"question": question})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def rate(self, turn: str, *, helped: bool = True) -> int:
        """The status of feedback on a turn."""
        return self.client.post("/api/v1/feedback", json={"turn": turn, "helped": helped}).status_code

    def ready(self) -> tuple[int, dict[str, Any]]:
        """Status and parts of the readiness check, as fresh as can be."""
        time.sleep(FRESH + 0.1)
        response = self.client.get("/health/ready")
        return response.status_code, response.json()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The small corpus, indexed. Shared: read only."""
    place = Place(tmp_path_factory.mktemp("faults"))
    write_corpus(place.corpus)
    assert place.refresh().wait(START) == 0
    return place


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """A copy that a test may break."""
    subprocess.run(["cp", "-r", "--sparse=always", str(built.corpus), str(built.data), str(tmp_path)], check=True)
    return Place(tmp_path)


@pytest.fixture
def server(place: Place) -> Iterator[Server]:
    """A server on that copy, started."""
    server = Server(place).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared(built: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that repair what they break."""
    place = Place(tmp_path_factory.mktemp("shared"))
    shutil.copytree(built.corpus, place.corpus)
    subprocess.run(["cp", "-r", "--sparse=always", str(built.data), str(place.data)], check=True)
    server = Server(place).start()
    yield server
    server.stop()
