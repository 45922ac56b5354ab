"""Line ends and control characters in what is sent make no header and no line of the log."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from tests.attack.test_forgery import routes
from tests.web.desk.conftest import TOKEN, Person

BREAKS = (
    "hulp\r\nX-Kwaad: ja",
    "hulp\nX-Kwaad: ja",
    "hulp\rX-Kwaad: ja",
    "hulp%0d%0aX-Kwaad:%20ja",
    "hulp\r\n\r\n<script>pwn()</script>",
    "hulp\u010d\u010aX-Kwaad: ja",
    "hulp\u2028X-Kwaad: ja",
    "hulp\x85X-Kwaad: ja",
    "hulp\x1b[2J\x1b[31mKWAAD",
    "hulp\x00X-Kwaad: ja",
    "hulp\n2026-11-23 12:00:00 ERROR root: KWAAD",
)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")


def assert_clean(response: httpx.Response, sent: str) -> None:
    assert response.status_code < 500, sent
    for name, value in response.headers.raw:
        assert not CONTROL.search(value.decode("latin-1")), (name, sent)
        assert name.lower() not in {b"x-kwaad", b"kwaad"}, sent


async def test_no_line_end_gets_into_a_header_or_the_log(
    app: FastAPI, chief: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    token = TOKEN.search(await chief.see("/redactie"))
    assert token is not None
    posts = list(routes(app, "POST"))
    for text in BREAKS:
        fields = dict.fromkeys(("vraag", "site", "groet", "naar", "q", "tekst", "naam", "reden", "bericht", "id"), text)
        data = {"csrf": token[1], **fields, "kader": "widget", "wachtwoord": "een lang wachtwoord"}
        for path in ("/", "/zoeken", "/widget", "/redactie/aanmelden", "/redactie/bronnen", "/redactie/websites/proef"):
            assert_clean(await chief.client.get(path, params={**fields, "adres": text}), text)
        for path in posts:
            if not path.endswith("afmelden"):
                assert_clean(await chief.client.post(path, data=data, headers={"HX-Request": "true"}), text)
        assert_clean(await chief.client.post("/api/v1/ask", json={"question": text, text: text}), text)
        assert_clean(await chief.client.get(f"/{quote(text)}"), text)
        for name in ("Referer", "User-Agent", "Accept", "X-Forwarded-For", "HX-Request", "Cookie"):
            value = text.encode("utf-8", "replace")
            assert_clean(await chief.client.get("/widget", headers={name.encode(): value}), text)

    ours = [record for record in caplog.records if record.name.partition(".")[0] in {"web", "ingest", "assistant"}]
    assert len(ours) > 100
    assert [record.getMessage() for record in ours if CONTROL.search(record.getMessage())] == []
    assert [record.getMessage() for record in ours if "KWAAD" in record.getMessage().upper()] == []


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
async def test_no_header_about_the_address_changes_what_is_served(client: httpx.AsyncClient, header: str) -> None:
    for value in (
        "kwaad.voorbeeld",
        "[::1",
        'x"><script>pwn()</script>',
        "/redactie",
        "host=kwaad.voorbeeld",
        "",
        "a:b:c",
    ):
        for path in (
            "/",
            "/zoeken",
            "/over",
            "/sitemap.xml",
            "/robots.txt",
            "/widget",
            "/api/docs",
            "/widget/voorbeeld",
        ):
            response = await client.get(path, headers={header: value})
            assert response.status_code < 500, (path, value)
            assert "<script>pwn" not in response.text
            assert header == "Host" or "kwaad.voorbeeld" not in response.text
