"""Whether a server is killed or told to stop: what it confirmed is kept, and what it began is finished."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.faults.conftest import QUESTION, Server

SLOW = "Wat is Gezonde Marke, langzaam?"


def ratings_in(server: Server) -> int:
    connection = sqlite3.connect(server.place.data / "markewijzer.sqlite")
    (count,) = connection.execute("SELECT count(*) FROM ratings").fetchone()
    connection.close()
    return int(count)


def test_a_server_killed_while_it_answers_loses_nothing_that_it_confirmed(server: Server) -> None:
    before = server.ask()
    assert before["outcome"] == "answered"
    assert server.rate(before["turn"]) == 200
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(server.ask, SLOW)
        time.sleep(0.5)

        server.signal(signal.SIGKILL)
        with pytest.raises(httpx.TransportError):
            asking.result()

    server.wait()
    server.start()
    assert ratings_in(server) == 1
    assert server.client.get(f"/api/v1/conversations/{before['conversation']}/turns/{before['turn']}").json() == before
    assert server.ask()["text"] == before["text"]
    assert server.ready()[1]["status"] == "ready"


def test_a_server_that_is_told_to_stop_finishes_every_answer_that_it_began(server: Server) -> None:
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(server.ask, SLOW)
        begun = left_behind(server)
        time.sleep(0.3)

        server.signal(signal.SIGTERM)
        answer = asking.result()
        told = time.monotonic()

    server.wait()
    assert time.monotonic() - told < 10
    assert answer["outcome"] != "failed"
    assert turns_in(server) == {answer["turn"], begun["turn"]}


def left_behind(server: Server) -> dict[str, str]:
    """The ids of an answer that began for a visitor who then lost the connection."""
    question, wanted = {"question": SLOW}, {"Accept": "text/event-stream"}
    with server.client.stream("POST", "/api/v1/ask", json=question, headers=wanted) as response:
        lines = (line.removeprefix("data: ") for line in response.iter_lines() if line.startswith("data: "))
        begun: dict[str, str] = json.loads(next(lines))
    return begun


def turns_in(server: Server) -> set[str]:
    connection = sqlite3.connect(server.place.data / "markewijzer.sqlite")
    ids = {str(UUID(id)) for (id,) in connection.execute("SELECT id FROM turns")}
    connection.close()
    return ids


def test_every_line_of_the_log_is_an_object_and_says_of_which_request(shared: Server) -> None:
    shared.client.post("/api/v1/ask", json={"question": QUESTION}, headers={"X-Request-ID": "van-de-proxy-1"})

    lines = lines_until(shared, "van-de-proxy-1")

    (asked,) = [line for line in lines if line.get("request") == "van-de-proxy-1"]
    assert (asked["method"], asked["route"], asked["status"]) == ("POST", "/api/v1/ask", 200)
    assert not any(QUESTION in json.dumps(line) for line in lines)


def lines_until(server: Server, request: str, seconds: float = 10) -> list[dict[str, Any]]:
    """The lines of the log once one of `request` is there, which follows its response, or after `seconds`."""
    given_up = time.monotonic() + seconds
    while True:
        whole = server.log.read_text(encoding="utf-8").rpartition("\n")[0]
        lines = [json.loads(line) for line in whole.splitlines()]
        if time.monotonic() > given_up or any(line.get("request") == request for line in lines):
            return lines
        time.sleep(0.05)
