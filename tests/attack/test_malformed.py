"""Thousands of requests that no honest program sends: every one is answered, and none of them with a 5xx.

`MALFORMED` multiplies how many there are; ten thousand and more are sent with `MALFORMED=10`.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from pydantic import SecretStr
from schemathesis.core.result import Ok

from assistant.settings import Settings
from tests.attack.test_forgery import routes
from tests.web.desk.conftest import TOKEN, Person
from tests.web.fake_assistant import FakeAssistant
from web.app import create_app

# A file in a form that is refused is closed by Python, and not by the framework.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

TIMES = int(os.environ.get("MALFORMED", "1"))
EXAMPLES = 25 * TIMES
"""For each operation that we document."""
MUTATED = 800 * TIMES
"""Over all routes, documented or not."""
KEY = "een-sleutel-van-genoeg-tekens"
BUSY = (429, 503)
"""Deliberate: a limit, or an index that is away."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", "X" * 300)
KINDS = (
    "application/json",
    "application/json; charset=utf-7",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a",
    "multipart/form-data",
    "text/plain",
    "text/event-stream",
    "application/xml",
    "",
    ";",
    "a/b; c=\xff",
)
HEADERS = (
    ("Accept", "text/event-stream"),
    ("Accept", "*/*;q=x, ,;"),
    ("Accept-Encoding", "gzip;q=0, br, \xff"),
    ("Authorization", f"Bearer {KEY}"),
    ("Authorization", "Bearer \xff"),
    ("Authorization", "Basic ::"),
    ("Cookie", "redactie=\xff; ;=; redactie-formulier"),
    ("Content-Length", "-1"),
    ("Content-Encoding", "gzip"),
    ("Expect", "100-continue"),
    ("Host", "[::1"),
    ("HX-Request", "true"),
    ("If-None-Match", '"' * 100),
    ("MCP-Protocol-Version", "0"),
    ("Origin", "http://[::1"),
    ("Range", "bytes=-1"),
    ("Referer", "http://[::1"),
    ("Sec-Fetch-Site", "same-origin"),
    ("Transfer-Encoding", "chunked"),
    ("Upgrade", "websocket"),
    ("X-Forwarded-For", "::::"),
)
PIECES = (
    b"", b"\0", b"%00", b"%ff%fe", b"%", b"%u0041", b"'", b'"', b"..", b"/", b"\\", b"{}", b"[]", b"null", b"true",
    b"NaN", b"-1", b"0", b"9" * 400, b"1e999", b"a" * 3000, b"\xff\xfe", b"\xed\xa0\x80", "é€😀".encode(), b"<x>",
    b"${x}", b"\r\n",
    b"00000000-0000-0000-0000-000000000000", b"Emmen", b"ja", b"hulp", b"csrf", b"vraag", b"question", b"\xef\xbb\xbf{",
)  # fmt: skip
NAMES = tuple(
    """
    vraag gekozen gesprek gemeente ik_ben thema kader site q pagina onderwerp soort limit offset municipality
    audience conversation question turn helped source messages stream csrf naar naam wachtwoord id tekst begin
    einde status rol toegang adres digest gebruik plek aan bericht versheid staat open_vraag blok besluit beurt
    hielp bron weg gewist
    """.split()
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"api_keys": SecretStr(KEY)})


def some_body(chance: random.Random) -> bytes:
    """JSON, a form or something else, mostly broken."""

    def value(depth: int = 0) -> bytes:
        if depth > 3 or chance.random() < 0.6:
            piece = chance.choice(PIECES)
            return piece if chance.random() < 0.3 else b'"' + piece + b'"'
        if chance.random() < 0.5:
            return b"[" + b",".join(value(depth + 1) for _ in range(chance.randrange(4))) + b"]"
        members = (b'"%s":%s' % (chance.choice(NAMES).encode(), value(depth + 1)) for _ in range(chance.randrange(4)))
        return b"{" + b",".join(members) + b"}"

    def form() -> bytes:
        pairs = (chance.choice(NAMES).encode() + b"=" + chance.choice(PIECES) for _ in range(chance.randrange(8)))
        return b"&".join(pairs)

    def parts() -> bytes:
        line = b'--a\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        file = (b"", b'; filename="x"', b"; filename*=x")
        names = (chance.choice(NAMES).encode() for _ in range(chance.randrange(4)))
        return b"".join(line % (name, chance.choice(file), chance.choice(PIECES)) for name in names) + b"--a--"

    made = chance.choice((value, form, parts))()
    return made[: chance.randrange(len(made) + 1)] if chance.random() < 0.2 else made


def some_path(chance: random.Random, paths: list[str]) -> bytes:
    """An address of ours, often with a part that was swapped for nonsense."""
    path = chance.choice(paths).encode()
    if chance.random() < 0.4:
        parts = path.split(b"/")
        parts[chance.randrange(len(parts))] = chance.choice(PIECES).replace(b"\r\n", b"%0d%0a")
        path = b"/" + b"/".join(parts).lstrip(b"/")
    if chance.random() < 0.6:
        pairs = (chance.choice(NAMES).encode() + b"=" + chance.choice(PIECES) for _ in range(chance.randrange(6)))
        path += b"?" + b"&".join(pairs)
    return bytes(byte if 32 < byte < 127 else ord("+") for byte in path)


async def send(app: FastAPI, method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> int:
    """The status of the answer to a request that no client library would let us make."""
    from urllib.parse import unquote_to_bytes

    path, _, query = target.partition(b"?")
    messages = [{"type": "http.request", "body": body, "more_body": False}, {"type": "http.disconnect"}]
    status: list[int] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def answer(message: Any) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
        "state": {},
    }
    await app(scope, receive, answer)
    return status[0] if status else 0


async def test_no_request_however_broken_makes_us_fail(app: FastAPI, chief: Person) -> None:
    chance = random.Random(20261123)
    token = TOKEN.search(await chief.see("/redactie"))
    assert token is not None
    cookie = f"redactie={chief.client.cookies['redactie']}".encode()
    # The streams of a run and of the tools stay open on purpose.
    paths = [p for p in dict.fromkeys([*routes(app, "GET"), *routes(app, "POST")]) if not p.endswith("/stroom")]
    answers: Counter[int] = Counter()
    failed: list[tuple[str, bytes, int]] = []

    for _ in range(MUTATED):
        method = chance.choice(METHODS) if chance.random() < 0.3 else chance.choice(("GET", "POST"))
        target, body = some_path(chance, paths), some_body(chance)
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in chance.sample(HEADERS, 3)]
        headers += [(b"content-type", chance.choice(KINDS).encode("latin-1"))]
        if target.startswith(b"/redactie") and chance.random() < 0.8:
            headers = [header for header in headers if header[0] != b"cookie"] + [(b"cookie", cookie)]
            if chance.random() < 0.7:
                body, kind = b"csrf=" + token[1].encode() + b"&" + body, b"application/x-www-form-urlencoded"
                headers = [header for header in headers if header[0] != b"content-type"] + [(b"content-type", kind)]
        if target.startswith(b"/redactie/afmelden") or target.startswith(b"/redactie/verversen"):
            continue  # ends the session, or begins a refresh
        status = await send(app, method, target, headers, body)
        answers[status] += 1
        if status == 0 or (status >= 500 and status not in BUSY):
            failed.append((method, target, status))

    assert failed == []
    assert sum(answers.values()) > 0.8 * MUTATED
    assert len(answers) > 6, answers


def test_no_call_that_breaks_our_own_description_makes_us_fail(settings: Settings) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(settings, FakeAssistant()))
    statuses: Counter[int] = Counter()
    how = hypothesis_settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
    )

    for operation in (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)):
        for mode in schemathesis.GenerationMode:

            def check(case: Any) -> None:
                response = case.call()
                statuses[response.status_code] += 1
                assert response.status_code < 500 or response.status_code in BUSY, case.as_curl_command()

            strategy = operation.as_strategy(generation_mode=mode)
            with suppress(Unsatisfiable):  # a call without parameters cannot be made wrongly
                seed(1)(how(given(case=strategy)(check)))()

    assert sum(statuses.values()) > EXAMPLES * 7
    assert {200, 422} <= set(statuses)
