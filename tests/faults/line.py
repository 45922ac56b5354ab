"""A line to a store that can be cut, or go silent, and be mended: what a network does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

OPEN, CUT, SILENT = "open", "cut", "silent"


class Line:
    """Passes bytes between a port and the socket of a store; `state` is how the line is now."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._state = OPEN
        self._ends: set[asyncio.StreamWriter] = set()
        self._mended = asyncio.Event()
        self._mended.set()
        self.port = 0

    def becomes(self, state: str) -> None:
        """From now on; a cut ends every connection."""
        self._state = state
        self._mended.set() if state != SILENT else self._mended.clear()
        if state == CUT:
            for end in self._ends:
                end.transport.abort()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        if self._state == CUT:
            writer.transport.abort()
            return
        await self._mended.wait()
        store_reader, store_writer = await asyncio.open_unix_connection(self._socket)
        self._ends |= {writer, store_writer}
        await asyncio.gather(self._pass_on(reader, store_writer), self._pass_on(store_reader, writer))
        self._ends -= {writer, store_writer}

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                await self._mended.wait()
                writer.write(data)
        except OSError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def line_to(socket: Path) -> AsyncIterator[Line]:
    """A line that is open, on a free port."""
    line = Line(socket)
    server = await asyncio.start_server(line.connect, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    yield line
    line.becomes(CUT)
    server.close()
