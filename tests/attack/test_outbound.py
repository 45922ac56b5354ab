"""Addresses that should make our server visit itself or its own network: it never does."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.web.desk.conftest import Person

LOOPBACK = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.000.000.001:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[0:0:0:0:0:ffff:7f00:1]:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://voorbeeld.nl@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@voorbeeld.invalid/",
    "http://127.0.0.1:{port}#@voorbeeld.invalid/",
    "http://127.0.0.1:{port}\\@voorbeeld.invalid/",
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    " http://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/\r\nHost: voorbeeld.nl",
    "http://127.0.0.1%2f:{port}/",
)
ELSEWHERE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://[fec0::1]/",
    "http://[fd00::1]/",
    "http://10.0.0.1/",
    "http://[::1",
    "http://",
    "http://:80/",
    "http://a" + "b" * 1900,
    "http://voorbeeld.invalid:99999/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/x",
    "ftp://127.0.0.1/",
    "dict://127.0.0.1:11211/",
    "data:text/html,x",
    "javascript:pwn()",
    "http://\x00/",
    "http://\ud7ff/",
)


class Inside:
    """A service in our own network, which counts who comes."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        inside = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                inside.visits.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<p>Dit is van binnen en gaat niemand iets aan, ook geen redacteur.</p>")

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def inside() -> Iterator[Inside]:
    inside = Inside()
    yield inside
    inside.server.shutdown()
    inside.server.server_close()


async def test_a_page_on_trial_is_never_one_of_our_own_network(editor: Person, inside: Inside) -> None:
    for address in (*(text.format(port=inside.port) for text in LOOPBACK), *ELSEWHERE):
        response = await editor.client.get("/redactie/websites/proef", params={"adres": address})
        page = unescape(response.text)
        assert response.status_code == 200, address
        assert "gaat niemand iets aan" not in page, address
        assert "niet te" in page or "Dit is geen webadres" in page or "niet dat we" in page, address

    assert inside.visits == []
