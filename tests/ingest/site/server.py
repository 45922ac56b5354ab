"""Serves the test site on loopback, and counts what is asked of it."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread


@dataclass
class Answer:
    """What a path answers. With `validators` it has an ETag and understands If-None-Match."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"
    validators: bool = True
    times: int = 1
    """How often the body is sent after itself, for answers without end."""
    pause: float = 0.0
    """Seconds before each time."""


class Website:
    """Answers by path, changeable while it serves. `asked` and `sent` count all requests and the whole bodies."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self.answers: dict[str, Answer] = dict(answers or {})
        self.asked: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.hosts: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.lock = Lock()
        self.address = ""

    def forget_requests(self) -> None:
        """Starts counting anew."""
        self.asked.clear()
        self.sent.clear()


class _Server(ThreadingHTTPServer):
    """Says nothing when a visitor hangs up halfway, as a crawler with limits does."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # what we got is what it wants


@contextmanager
def serving(website: Website) -> Iterator[Website]:
    """The website, at `website.address`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            with website.lock:
                website.asked[self.path] += 1
                website.agents.add(self.headers.get("User-Agent", ""))
                website.hosts.add(self.headers.get("Host", ""))
                website.at_once += 1
                website.most_at_once = max(website.most_at_once, website.at_once)
            try:
                _answer(self, website)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with website.lock:
                    website.at_once -= 1

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    website.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield website
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, website: Website) -> None:
    answer = website.answers.get(handler.path, Answer(b"Niet gevonden", 404, validators=False))
    etag = f'"{sha256(answer.body).hexdigest()[:16]}"'
    if answer.status == 200 and answer.validators and handler.headers.get("If-None-Match") == etag:
        handler.send_response(304)
        handler.send_header("ETag", etag)
        handler.end_headers()
        return
    body = answer.body.replace(b"{{address}}", website.address.encode())
    handler.send_response(answer.status)
    handler.send_header("Content-Type", answer.media_type)
    if answer.validators and answer.status == 200:
        handler.send_header("ETag", etag)
    for name, value in answer.headers.items():
        handler.send_header(name, value.replace("{{address}}", website.address))
    handler.send_header("Content-Length", str(len(body) * answer.times))
    handler.end_headers()
    for _ in range(answer.times):
        if answer.pause:
            time.sleep(answer.pause)
        handler.wfile.write(body)
    with website.lock:
        website.sent[handler.path] += 1
