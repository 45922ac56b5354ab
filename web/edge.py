"""The edge between the server and our routes: limits a body, catches what nobody caught, and logs each request."""

from __future__ import annotations

import logging
import re
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.logs import ABOUT
from web.errors import respond
from web.parts import parts_of
from web.problems import Problem
from web.tracing import tell_request, traced

logger = logging.getLogger(__name__)

BODY_LIMIT = 64 * 1024
"""Bytes of a request that we read."""
CONVERSATION_LIMIT = 1024 * 1024
"""The same, of a program that sends its whole conversation along."""
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a proxy before us may call a request; anything else gets a name of our own."""


class LimitBody:
    """Stops reading a body at the limit; whoever reads it gets a `Problem` 413."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = 0
        limit = CONVERSATION_LIMIT if scope.get("path", "").startswith("/v1/") else BODY_LIMIT

        async def limited() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise Problem(413)
            return message

        await self._app(scope, limited, send)


class CatchErrors:
    """Turns our own mistakes into an answer; the server's own handler would leave out our headers and our words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            if started or scope["type"] != "http":
                raise
            logger.exception("a request failed")
            await respond(Request(scope), Problem(500))(scope, receive, send)


class LogRequests:
    """One line and one count a request: the route and not the address, which may hold a question or a conversation.

    Every line that is logged for a request, and its response (`X-Request-ID`), carry its id.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        given = Headers(scope=scope).get("X-Request-ID", "")
        id = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        begun, status = perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = id
            await send(message)

        token = ABOUT.set({"request": id})
        metrics = parts_of(Request(scope)).metrics
        try:
            with metrics.open_requests.track_inprogress(), traced(scope, id) as span:
                try:
                    await self._app(scope, receive, watched)
                finally:
                    tell_request(span, scope["method"], route_of(scope), status)
        finally:
            route, seconds = route_of(scope), perf_counter() - begun
            metrics.request(scope["method"], route, status, seconds)
            facts = {"method": scope["method"], "route": route, "status": status, "seconds": round(seconds, 4)}
            message = "%s %s %d in %.0f ms"
            logger.info(message, scope["method"], route, status, seconds * 1000, extra={"facts": facts})
            ABOUT.reset(token)


def route_of(scope: Scope) -> str:
    """The pattern of the route that a request came to, which holds nothing of a visitor."""
    return str(getattr(scope.get("route"), "path", "(no route)"))
