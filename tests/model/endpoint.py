"""A small OpenAI-compatible server on loopback that says whatever a test wants, well or badly."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
TOKEN = re.compile(r"[A-Z]+_[a-z]{3}\d+")


@dataclass(frozen=True)
class Seen:
    """What the server was asked: the parts of the prompt, and the sentences of each passage with their tokens."""

    body: dict[str, Any]

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def border(self) -> str:
        return str(re.findall(r"==[0-9a-f]{16}==", self.user)[0])

    @property
    def sources(self) -> list[list[str]]:
        parts = re.findall(rf"Bron \d+:\n{self.border}\n(.*?)\n{self.border}", self.user, re.DOTALL)
        return [[line for line in part.split("\n") if line.strip()] for part in parts]

    @property
    def first(self) -> str:
        """The first sentence of the first source."""
        return self.sources[0][0]


class Line:
    """The way back to the client, with good and bad manners."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def status(self, code: int, body: bytes = b"{}") -> None:
        head = f"HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        await self.raw(f"{head}connection: close\r\n\r\n".encode() + body)

    async def piece(self, text: str | None) -> None:
        delta = {"role": "assistant", "content": text}
        chunk = {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "leugen",
            "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
        }
        await self.raw(f"data: {json.dumps(chunk)}\n\n".encode())

    async def say(self, text: str, size: int = 40) -> None:
        """A proper stream."""
        await self.raw(OK)
        for start in range(0, len(text), size):
            await self.piece(text[start : start + size])
        await self.raw(b"data: [DONE]\n\n")

    def reset(self) -> None:
        self.writer.transport.abort()


Behaviour = Callable[[Seen, Line], Awaitable[None]]


@dataclass
class Endpoint:
    """The running server; `behave` may be changed, `seen` has what it was asked."""

    behave: Behaviour
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.create_task(self.serve(reader, writer)))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            seen = Seen(json.loads(await reader.readexactly(int(length[1]) if length else 0)))
            self.seen.append(seen)
            await self.behave(seen, Line(writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def running(behave: Behaviour) -> AsyncIterator[Endpoint]:
    """An endpoint on a free port."""
    endpoint = Endpoint(behave)
    server = await asyncio.start_server(endpoint.accept, "127.0.0.1", 0)
    endpoint.port = server.sockets[0].getsockname()[1]
    try:
        yield endpoint
    finally:
        server.close()
        for serving in endpoint.serving:
            serving.cancel()
        await asyncio.gather(*endpoint.serving, return_exceptions=True)
        await server.wait_closed()


def sentences(*pairs: tuple[str, int]) -> str:
    """The JSON that we ask for."""
    return json.dumps({"zinnen": [{"tekst": text, "bron": number} for text, number in pairs]}, ensure_ascii=False)
