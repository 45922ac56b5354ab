"""The headers that tell a browser what our pages may do: nothing but what we serve ourselves."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.middleware.gzip import GZipMiddleware
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.parts import Parts, parts_of
from web.problems import Problem

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    # The address of a conversation is its key, so other websites never get to see it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # On a shared computer the next visitor must not find a conversation back; static files set their own.
    "Cache-Control": "no-store",
}
HTTPS_ONLY = "max-age=31536000"
"""A browser that reached us by https does not come by http again, for a year."""
DESK = "/redactie"


def policy(exit_url: str, frame_ancestors: str = "'none'") -> str:
    """The content security policy. The exit is a form that ends elsewhere, and browsers check that end too."""
    exit = urlsplit(exit_url)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self'",
            "frame-src 'self'",
            f"form-action 'self' {exit.scheme}://{exit.netloc}",
            "base-uri 'none'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


class SecurityHeaders:
    """Adds the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy(parts_in(scope).settings.exit_url))
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
            await send(message)

        await self._app(scope, receive, with_headers)


class CompressPublic(GZipMiddleware):
    """Packs every response but those of the desk.

    There a page holds both the token of the session and words from its address; packed together, the length of the
    response would tell whoever chooses those words how much of the token they guessed.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_desk = scope.get("path", "").startswith(DESK)
        await (self.app if is_desk else super().__call__)(scope, receive, send)


def parts_in(scope: Scope) -> Parts:
    """The parts of the app that a request came to."""
    return parts_of(Request(scope))


def refuse_other_sites(request: Request) -> None:
    """Raises `Problem` 403 for a form that another website sent. Programs, which send neither header, may pass."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    is_ours = site in {"same-origin", "none"} if site else not origin or netloc_of(origin) == request.url.netloc
    if not is_ours:
        raise Problem(403, "Dit formulier komt van een andere website. Open Markewijzer zelf en probeer het daar.")


def netloc_of(address: str) -> str | None:
    """The host and port of an address that somebody sent, None when it has none or cannot be read."""
    try:
        return urlsplit(address).netloc or None
    except ValueError:
        return None
