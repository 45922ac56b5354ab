"""The visitors, as Locust runs them: `python -m locust -f evals/bench/visitors.py --bodies FILE --told FILE …`.

Every request is kept, because the percentiles that Locust prints are rounded. Runs in the environment of the peers.
"""

from __future__ import annotations

import json
import random
import resource
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from locust import FastHttpUser, events, task

SETTLING = 1.0
"""Seconds at the begin that do not count: all visitors come in at once."""

bodies: Iterator[dict[str, Any]] = iter(())
requests: list[tuple[float, float, bool]] = []
"""Of every request: when it began, how many milliseconds it took, and whether it was answered."""
begun: dict[str, float] = {}


class Visitor(FastHttpUser):  # type: ignore[misc, unused-ignore]
    """Asks the next question, and waits as long as the pace asks for."""

    apart = 0.0
    """Seconds between two questions of one visitor at a pace; 0 never waits."""
    network_timeout = 60.0
    connection_timeout = 60.0

    def on_start(self) -> None:
        """Comes in at a moment of its own; Locust's own paces make all visitors ask at the same moment."""
        time.sleep(random.random() * self.apart)
        self.due = time.time()

    def wait_time(self) -> float:
        """Seconds until the next question is due; who is late does not wait."""
        self.due += self.apart
        return max(0.0, self.due - time.time()) if self.apart else 0.0

    @task  # type: ignore[untyped-decorator, unused-ignore]
    def ask(self) -> None:
        """One question; an answer that says that something failed counts as none."""
        body = next(bodies, None)
        if body is None:
            self.environment.runner.quit()
            return
        with self.client.post("/api/v1/ask", json=body, catch_response=True) as response:
            if response.status_code != 200 or '"outcome":"failed"' in response.text.replace(" ", ""):
                response.failure("no answer")


@events.init_command_line_parser.add_listener  # type: ignore[untyped-decorator, unused-ignore]
def add_options(parser: Any) -> None:
    """What a level of the benchmark is told."""
    parser.add_argument("--bodies", help="file with the bodies to send, in order")
    parser.add_argument("--told", help="file for the results")
    parser.add_argument("--pace", type=float, default=0.0, help="questions a second of all visitors; 0 never waits")


@events.test_start.add_listener  # type: ignore[untyped-decorator, unused-ignore]
def begin(environment: Any, **_: Any) -> None:
    """Reads the questions."""
    global bodies
    options = environment.parsed_options
    bodies = chain(json.loads(Path(options.bodies).read_text("utf-8")))
    Visitor.apart = options.num_users / options.pace if options.pace else 0.0
    begun.update(wall=time.time(), processor=_processor())


@events.request.add_listener  # type: ignore[untyped-decorator, unused-ignore]
def keep(response_time: float, exception: Exception | None, start_time: float, **_: Any) -> None:
    """One request."""
    requests.append((start_time, response_time, exception is None))


@events.quitting.add_listener  # type: ignore[untyped-decorator, unused-ignore]
def tell(environment: Any, **_: Any) -> None:
    """Writes what counted."""
    # By when they ended: of a hundred who come in at once nobody begins a second question in the time there is.
    counted = [request for request in requests if request[0] + request[1] / 1000 >= begun["wall"] + SETTLING]
    ended = max((start + took / 1000 for start, took, _ in counted), default=begun["wall"])
    seconds = ended - begun["wall"] - SETTLING
    result = {
        "milliseconds": [took for _, took, answered in counted if answered],
        "failed": sum(not answered for _, _, answered in counted),
        "seconds": seconds,
        "generator_share": (_processor() - begun["processor"]) / max(time.time() - begun["wall"], 0.001),
    }
    Path(environment.parsed_options.told).write_text(json.dumps(result), encoding="utf-8")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
