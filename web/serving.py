"""Runs the server: it lets answers that were begun be finished before it stops, and believes only its own proxies."""

from __future__ import annotations

import gc
import socket
import sys
from math import ceil
from types import FrameType

import uvicorn
from fastapi import FastAPI

from assistant.settings import Settings
from web.parts import Parts

STARTUP_FAILURE = 3
"""The exit status when we cannot listen, as Uvicorn itself has it."""
PATIENCE = 20
"""Seconds that an answer may take to be finished when the server is told to stop."""


class Server(uvicorn.Server):
    """Tells the app at once that it stops; Uvicorn itself only does so when the last connection is closed."""

    def __init__(self, config: uvicorn.Config, parts: Parts) -> None:
        super().__init__(config)
        self._parts = parts

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """From now on there is garbage to look for, but never again among what the start has made."""
        await super().startup(sockets)
        gc.freeze()
        gc.enable()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A second Ctrl-C does not wait any longer."""
        self._parts.stopping.set()
        super().handle_exit(sig, frame)


def run_server(site: FastAPI, settings: Settings) -> None:
    """Serves until the process is told to stop (SIGTERM, SIGINT)."""
    config = uvicorn.Config(
        site,
        host=settings.host,
        port=settings.port,
        # Uvicorn's access log would write questions: they stand in the query of a search.
        access_log=False,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=",".join(settings.trusted_proxies.split()),
        timeout_graceful_shutdown=patience(settings),
    )
    server = Server(config, site.state.parts)
    server.run()
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def patience(settings: Settings) -> int:
    """Seconds that running answers get: a language model may take longer than we do."""
    return max(PATIENCE, ceil(settings.llm_time_limit) + 5) if settings.llm_base_url else PATIENCE
