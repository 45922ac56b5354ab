"""Traces by OpenTelemetry, when somebody collects them: one span a request, with the route and never an address.

Off unless `OTEL_EXPORTER_OTLP_ENDPOINT` is set. The libraries that send them are not installed by default:
`pip install '.[otel]'` in the repository. Their own variables, such as `OTEL_SERVICE_NAME` and `OTEL_TRACES_SAMPLER`,
hold too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, StatusCode
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.domain import Answer
from assistant.errors import SettingsError
from assistant.settings import Settings

TRACER = trace.get_tracer("markewijzer")
NAME = "markewijzer"


def start_tracing(settings: Settings) -> None:
    """Sends spans to the collector of the settings. Raises `SettingsError` when the libraries for it are missing."""
    if settings.otel_exporter_otlp_endpoint is None:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as exc:
        missing = "OTEL_EXPORTER_OTLP_ENDPOINT needs libraries that are not installed: pip install '.[otel]'"
        raise SettingsError(missing) from exc
    resource = Resource({SERVICE_NAME: NAME}).merge(OTELResourceDetector().detect())
    provider = TracerProvider(resource=resource)
    endpoint = f"{settings.otel_exporter_otlp_endpoint.rstrip('/')}/v1/traces"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    trace.set_tracer_provider(provider)


@contextmanager
def traced(scope: Scope, id: str) -> Iterator[Span]:
    """A span around a request, part of the trace of whoever called us (`traceparent`). `id` is its `X-Request-ID`."""
    method = scope["method"]
    # An exception may hold what a visitor wrote, so only that there was one is told.
    with TRACER.start_as_current_span(
        method,
        context=propagate.extract(Headers(scope=scope)),
        kind=SpanKind.SERVER,
        attributes={"http.request.method": method, "markewijzer.request": id},
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        yield span


def tell_request(span: Span, method: str, route: str, status: int) -> None:
    """Adds what is known at the end; `route` is the pattern of a route of ours, `status` 0 without a response."""
    span.update_name(f"{method} {route}")
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", status)
    if status >= 500 or not status:
        span.set_status(StatusCode.ERROR)


def tell_answer(answer: Answer, steps: Mapping[str, float]) -> None:
    """Adds the outcome, and the milliseconds of each step, to the span of the request that asked."""
    span = trace.get_current_span()
    span.set_attribute("markewijzer.outcome", answer.outcome.value)
    for step, milliseconds in steps.items():
        span.set_attribute(f"markewijzer.step.{step}", round(milliseconds, 2))
