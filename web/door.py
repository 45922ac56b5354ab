"""The door to our tools over HTTP, for who has a key; without keys nothing of the protocol is even loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from web.parts import Parts

PATH = "/mcp"


class Door:
    """Serves `PATH` while the app runs."""

    def __init__(self, parts: Parts) -> None:
        self._keys = parts.api_keys
        if self._keys:
            # Half a second, which only who uses it should wait for.
            from mcp.server.transport_security import TransportSecuritySettings

            from web.mcp import mcp_server

            self._server = mcp_server(parts)
            # The key keeps strangers out; by the name of the host we could not know our own address behind a proxy.
            security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
            self._app = self._server.streamable_http_app(
                streamable_http_path=PATH, stateless_http=True, transport_security=security
            )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serves while the app runs, if there are keys; in one task, because what opens it must close it too."""
        if not self._keys:
            yield
            return
        opened, closing = asyncio.Event(), asyncio.Event()

        async def serve() -> None:
            async with self._server.session_manager.run():
                opened.set()
                await closing.wait()

        serving = asyncio.create_task(serve())
        await opened.wait()
        yield
        closing.set()
        await serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises `Problem` 404 when there are no keys, and 401 for who has none."""
        self._keys.holder(Request(scope))
        await self._app(dict(scope), receive, send)  # it writes its own app into it
