"""What a running server counts and times, for Prometheus; never a word of a question, and no label without a limit."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from assistant.domain import Answer

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# The moment that each series began, which doubles their number.
disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one app. Each app has its own, so that two in one process do not add up."""

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self._requests = Counter(
            "markewijzer_requests", "Requests, by route and status.", ["method", "route", "status"], registry=own
        )
        self._request_seconds = Histogram(
            "markewijzer_request_seconds", "Time until a response ended.", ["route"], buckets=SECONDS, registry=own
        )
        self.open_requests = Gauge("markewijzer_open_requests", "Requests that are being answered.", registry=own)
        self._answers = Counter(
            "markewijzer_answers", "Answers given, by outcome and engine.", ["outcome", "engine"], registry=own
        )
        self._answer_seconds = Histogram(
            "markewijzer_answer_seconds", "Time that an answer took.", buckets=SECONDS, registry=own
        )
        self._step_seconds = Histogram(
            "markewijzer_step_seconds", "Time of one step of an answer.", ["step"], buckets=SECONDS, registry=own
        )
        self._lost = Counter("markewijzer_turns_not_kept", "Turns the database could not keep.", registry=own)
        self._feedback = Counter("markewijzer_feedback", "Feedback kept, by kind.", ["kind"], registry=own)
        self._ready = Gauge("markewijzer_ready", "Whether a part works now (1) or not (0).", ["part"], registry=own)
        self._facts = Gauge("markewijzer_index", "Facts about the live generation.", ["fact"], registry=own)
        self._refresh = Gauge("markewijzer_refresh", "Facts about the last refresh.", ["fact"], registry=own)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request. `route` is the pattern of a route of ours, never an address."""
        self._requests.labels(method if method in METHODS else "other", route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer, steps: Mapping[str, float], *, is_kept: bool) -> None:
        """Counts an answer; `steps` are milliseconds by the name of the step."""
        self._answers.labels(answer.outcome.value, answer.engine).inc()
        self._answer_seconds.observe(sum(steps.values()) / 1000)
        for step, milliseconds in steps.items():
            self._step_seconds.labels(step).observe(milliseconds / 1000)
        if not is_kept:
            self._lost.inc()

    def feedback(self, kind: str) -> None:
        """Counts feedback that was kept: `helped`, `did not help` or `report`."""
        self._feedback.labels(kind).inc()

    def part(self, name: str, *, works: bool) -> None:
        """Tells whether a part works."""
        self._ready.labels(name).set(works)

    def index(self, facts: Mapping[str, float]) -> None:
        """Tells about the live generation, in numbers."""
        for name, value in facts.items():
            self._facts.labels(name).set(value)

    def refresh(self, facts: Mapping[str, float]) -> None:
        """Tells about the last refresh, in numbers."""
        for name, value in facts.items():
            self._refresh.labels(name).set(value)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)
