"""The edge between the server and our routes: limits a body, catches what nobody caught, and logs each request."""

from __future__ import annotations

import logging
from time import perf_counter

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.errors import respond
from web.problems import Problem

logger = logging.getLogger(__name__)

BODY_LIMIT = 64 * 1024
"""Bytes of a request that we read."""
CONVERSATION_LIMIT = 1024 * 1024
"""The same, of a program that sends its whole conversation along."""


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
    """One line a request: the route and not the address, which may hold a question or a conversation."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun, status = perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self._app(scope, receive, watched)
        route = getattr(scope.get("route"), "path", "(no route)")
        logger.info("%s %s %d in %.0f ms", scope["method"], route, status, (perf_counter() - begun) * 1000)
