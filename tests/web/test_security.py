"""Every response tells the browser to trust nothing but us."""

from __future__ import annotations

import re

import httpx
import pytest


@pytest.mark.parametrize("path", ["/", "/niets", "/api/docs", "/openapi.json", "/health/live", "/api/v1/search"])
async def test_every_response_has_the_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/", "/api/docs", "/bron/emmen-sedna", "/niets"])
async def test_no_page_has_inline_code_or_style(client: httpx.AsyncClient, path: str) -> None:
    html = (await client.get(path)).text

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "hx-on" not in html
    assert re.findall(r'<script(?! src="/static/| type="application/ld\+json">)', html) == []
    assert "https://unpkg" not in html
