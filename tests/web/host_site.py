"""Another website, on another origin and with a strict policy, that shows the widget; it has the exit page too."""

from __future__ import annotations

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import httpx

from web.assets import TYPES

SNIPPET = 'data-municipality="Emmen"'
"""What the example page gives the script; the query of the address may put other attributes in its place."""


class HostSite:
    """Serves the example page of `web/templates/widget/`, under two origins of which only `address` is on the list."""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        port = self._server.server_address[1]
        self.address = f"http://localhost:{port}"
        self.stranger = f"http://127.0.0.1:{port}"
        self.markewijzer = ""
        """The address of the server whose widget is shown."""

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = urlsplit(request.path)
        content = self.page(path.path, dict(parse_qsl(path.query)))
        ours = self.markewijzer
        policy = f"default-src 'none'; style-src 'self'; img-src 'self'; script-src {ours}; frame-src {ours}"
        request.send_response(200)
        request.send_header("Content-Type", TYPES.get(path.path.rpartition(".")[2], "text/html; charset=utf-8"))
        request.send_header("Content-Security-Policy", policy)
        request.end_headers()
        request.wfile.write(content.encode())

    def page(self, path: str, attributes: dict[str, str]) -> str:
        if path == "/weer":
            return "<!doctype html><html lang=nl><title>Het weer</title><h1>Het weer</h1></html>"
        if path.startswith("/static/"):
            return httpx.get(self.markewijzer + path).text
        example = httpx.get(f"{self.markewijzer}/widget/voorbeeld").text
        written = " ".join(f'data-{name}="{escape(value)}"' for name, value in attributes.items())
        return example.replace(
            f"{SNIPPET} defer></script>\n  <noscript>", f"{written or SNIPPET} defer></script><noscript>"
        )
