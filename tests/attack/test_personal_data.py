"""Personal data is planted in every field, and then looked for: in the log, in addresses, in headers, on the disk."""

from __future__ import annotations

import re
from copy import copy
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant import Assistant
from assistant.domain import Exchange, Question, Turn
from assistant.logs import JsonLines, TextLines
from assistant.settings import Settings
from tests.conftest import Workplace, copied
from tests.web.fake_assistant import FakeAssistant
from web.app import create_app

BSN, BSN_SPACED, PHONE, MAIL, IBAN = (
    "123456782",
    "1112 22 333",
    "06 24681357",
    "anna.geheim@voorbeeld.nl",
    "NL91ABNA0417164300",
)
PLANTED = (BSN, BSN_SPACED, PHONE, MAIL, IBAN)
QUESTION = f"Ik ben Anna, mijn BSN is {BSN} of {BSN_SPACED}, bel {PHONE} of mail {MAIL} en mijn rekening is {IBAN}."
FORMS = re.compile(
    "|".join(re.escape(form) for text in PLANTED for form in {text, text.replace(" ", ""), text.replace(" ", "+")})
)


FORMATS = (TextLines(), JsonLines())


class Failing(FakeAssistant):
    """Fails in a way that repeats the question."""

    async def take_turn(self, question: Question, history: tuple[Exchange, ...] = ()) -> Turn:  # type: ignore[override]
        raise RuntimeError(f"could not answer {question.text!r}")


@pytest.fixture
def real(small: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant as it is, on the small corpus."""
    return Assistant.open(settings=copied(small, tmp_path_factory.mktemp("real")).settings)


async def ask_everywhere(client: httpx.AsyncClient) -> list[httpx.Response]:
    """The question, by every way in, and in every field that takes words."""
    first = await client.post("/api/v1/ask", json={"question": QUESTION})
    kept = first.json()
    ours = {"beurt": kept["turn"], "gesprek": kept["conversation"]}
    program = {"turn": kept["turn"], "helped": False, "reason": QUESTION}
    crisis = f"ik wil dood. {QUESTION}"
    return [
        first,
        await client.post("/api/v1/ask", json={"question": "en dan?", "conversation": kept["conversation"]}),
        await client.post("/api/v1/ask", json={"question": crisis}),
        await client.post("/api/v1/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}),
        await client.post("/api/v1/ask", json={"question": QUESTION, "municipality": QUESTION}),
        await client.post("/api/v1/feedback", json=program),
        await client.post("/vraag", data={"vraag": QUESTION}),
        await client.post("/vraag", data={"vraag": QUESTION}, headers={"HX-Request": "true"}),
        await client.post("/vraag", data={"vraag": QUESTION}, headers={"Accept": "text/event-stream"}),
        await client.post("/vraag", data={"vraag": QUESTION, "gemeente": QUESTION}),
        await client.post("/oordeel", data={**ours, "hielp": "nee", "reden": QUESTION}),
        await client.post("/melding", data={**ours, "bron": "emmen-geldloket", "tekst": QUESTION}),
        await client.get("/zoeken", params={"q": QUESTION}),
        await client.get("/api/v1/search", params={"q": QUESTION}),
        await client.get("/widget", params={"vraag": QUESTION}),
        await client.get(f"/bron/{BSN}"),
        await client.get(f"/gesprek/{kept['conversation']}"),
        await client.post("/redactie/aanmelden", data={"naam": MAIL, "wachtwoord": BSN}),
    ]


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """The log in both of our formats, with every traceback. What the client of these tests writes is not ours."""
    ours = [record for record in caplog.records if record.name.partition(".")[0] not in {"httpx", "httpcore"}]
    written = [copy(record) for record in ours for _ in range(2)]
    for record in written:
        record.exc_text = None  # as pytest wrote it
    return "\n".join(lines.format(record) for record, lines in zip(written, FORMATS * len(ours), strict=True))


async def test_what_is_planted_is_nowhere_but_with_whoever_sent_it(
    tmp_path: Path, real: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    app = create_app(Settings(data_dir=tmp_path, rate_limit="off", refresh_at="off"), real)
    async with app.router.lifespan_context(app), browsing(app) as client:
        answers = await ask_everywhere(client)

        on_disk = [
            path for path in tmp_path.rglob("*") if path.is_file() and FORMS.search(path.read_bytes().decode("latin-1"))
        ]

    assert {answer.status_code for answer in answers} <= {200, 303, 404, 403, 422}
    assert sum("[bsn]" in answer.text for answer in answers) >= 1
    assert on_disk == []
    assert FORMS.findall(logged(caplog)) == []
    assert [answer.url for answer in answers for value in answer.headers.values() if FORMS.search(value)] == []


async def test_a_failure_of_our_own_writes_no_question_into_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    app = create_app(Settings(data_dir=tmp_path, rate_limit="off", refresh_at="off"), Failing())
    async with app.router.lifespan_context(app), browsing(app) as client:
        answers = [
            await client.post("/api/v1/ask", json={"question": QUESTION}),
            await client.post("/vraag", data={"vraag": QUESTION}, headers={"Accept": "text/event-stream"}),
        ]

    assert answers[0].status_code == 500
    assert "problem" in answers[1].text
    assert FORMS.findall(logged(caplog)) == []
    assert "RuntimeError" in logged(caplog)


async def test_a_database_that_fails_writes_no_question_into_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    app = create_app(Settings(data_dir=tmp_path, rate_limit="off", refresh_at="off"), FakeAssistant())
    async with app.router.lifespan_context(app), browsing(app) as client:
        await client.post("/api/v1/ask", json={"question": "hoi"})
        async with app.state.parts.database.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE turns RENAME TO weg")
        response = await client.post("/api/v1/ask", json={"question": QUESTION})

    assert response.status_code == 200
    assert "the database is away" in logged(caplog)
    assert FORMS.findall(logged(caplog)) == []


def browsing(app: FastAPI) -> httpx.AsyncClient:
    """A client that sees a failure as the page about it."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")
