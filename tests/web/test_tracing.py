"""What a trace tells, and what it never does."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from assistant.domain import Answer, Outcome
from assistant.errors import SettingsError
from assistant.settings import Settings
from web import tracing

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "TRACER", provider.get_tracer("test"))
    yield exporter
    provider.shutdown()


async def test_a_request_is_a_span_with_its_route_and_outcome(
    client: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    response = await client.post("/api/v1/ask", json={"question": "Ik woon op Dorpsstraat 5 en wil niet meer leven"})

    [span] = spans.get_finished_spans()
    assert span.name == "POST /api/v1/ask"
    assert span.attributes is not None
    assert span.attributes["http.route"] == "/api/v1/ask"
    assert span.attributes["http.response.status_code"] == response.status_code == 200
    assert span.attributes["markewijzer.outcome"] == "crisis_suicide"
    assert span.attributes["markewijzer.request"] == response.headers["X-Request-ID"]


def test_the_milliseconds_of_each_step_are_told(spans: InMemorySpanExporter) -> None:
    with tracing.TRACER.start_as_current_span("POST"):
        tracing.tell_answer(Answer(Outcome.ANSWERED, "Ja."), {"FindPassages": 12.345})

    [span] = spans.get_finished_spans()
    assert span.attributes is not None
    assert span.attributes["markewijzer.step.FindPassages"] == 12.35


async def test_a_span_holds_no_address_and_no_question(client: httpx.AsyncClient, spans: InMemorySpanExporter) -> None:
    await client.get("/", params={"vraag": "geheim-123456782"})
    await client.get("/geheim-123456782")
    await client.post("/api/v1/ask", json={"question": "geheim-123456782", "municipality": "geheim"})

    found = spans.get_finished_spans()
    assert len(found) == 3
    assert not [span for span in found if "geheim" in span.to_json()]


async def test_the_trace_of_a_proxy_is_continued(client: httpx.AsyncClient, spans: InMemorySpanExporter) -> None:
    await client.get("/health/live", headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})

    [span] = spans.get_finished_spans()
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == TRACE


async def test_a_failure_is_told_without_its_words(
    client: httpx.AsyncClient, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise RuntimeError("geheim")

    monkeypatch.setattr("web.pages.show", fail)
    await client.get("/")

    [span] = spans.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert "geheim" not in span.to_json()


def test_without_a_collector_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opentelemetry.trace.set_tracer_provider", lambda provider: pytest.fail("started"))

    tracing.start_tracing(Settings())


def test_with_a_collector_spans_are_sent_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[TracerProvider] = []
    monkeypatch.setattr("opentelemetry.trace.set_tracer_provider", given.append)

    tracing.start_tracing(Settings(otel_exporter_otlp_endpoint="http://127.0.0.1:9/"))

    [provider] = given
    assert provider.resource.attributes["service.name"] == "markewijzer"
    provider.shutdown()


def test_missing_libraries_are_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.sdk.trace", None)

    with pytest.raises(SettingsError, match=r"\.\[otel\]"):
        tracing.start_tracing(Settings(otel_exporter_otlp_endpoint="http://127.0.0.1:4318"))
