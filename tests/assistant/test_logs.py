"""A log that machines can read, in which nobody else can write."""

from __future__ import annotations

import json
import logging

import pytest

from assistant.logs import ABOUT, JsonLines, TextLines


def a_record(message: str, **more: object) -> logging.LogRecord:
    record = logging.LogRecord("web.edge", logging.INFO, "edge.py", 1, message, None, None)
    record.__dict__.update(more)
    return record


def test_a_line_of_json_has_the_facts_and_what_it_belongs_to() -> None:
    token = ABOUT.set({"request": "abc"})

    entry = json.loads(JsonLines().format(a_record("klaar – 3 bronnen", facts={"status": 200})))

    ABOUT.reset(token)
    assert entry.pop("at").endswith("+00:00")
    assert entry == {
        "level": "info",
        "logger": "web.edge",
        "message": "klaar – 3 bronnen",
        "request": "abc",
        "status": 200,
    }


def test_a_traceback_is_in_the_same_object() -> None:
    try:
        raise ValueError("stuk")
    except ValueError as exc:
        line = JsonLines().format(a_record("mis", exc_info=(type(exc), exc, exc.__traceback__)))

    assert "\n" not in line
    assert json.loads(line)["traceback"].endswith("\nValueError")  # what it says may be a visitor's question


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()], ids=["text", "json"])
def test_a_message_cannot_begin_a_line_of_its_own(formatter: logging.Formatter) -> None:
    assert len(formatter.format(a_record("goed\n2026-01-01 ERROR vals\r\nnog een")).splitlines()) == 1
