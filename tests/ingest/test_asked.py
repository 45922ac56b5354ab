"""What visitors asked most, as it waits in the data folder for a refresh of the command line."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest import Asked, keep_asked
from ingest.asked import NAME, kept_asked

ASKED = (Asked("Waar kan ik één kop koffie drinken?", "Emmen", 7), Asked("Wie helpt bij schulden?", None, 2))


def in_an_hour() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def test_what_was_kept_is_read_as_it_was(tmp_path: Path) -> None:
    keep_asked(tmp_path, ASKED, in_an_hour())

    assert kept_asked(tmp_path) == ASKED
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    keep_asked(tmp_path, ASKED, in_an_hour())

    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_what_was_kept_too_long_is_deleted_and_not_read(tmp_path: Path) -> None:
    keep_asked(tmp_path, ASKED, datetime.now(UTC) - timedelta(seconds=1))

    assert kept_asked(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_when_nothing_is_asked_any_more_nothing_is_left(tmp_path: Path) -> None:
    keep_asked(tmp_path, ASKED, in_an_hour())

    keep_asked(tmp_path, (), in_an_hour())

    assert kept_asked(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_without_a_server_nothing_was_asked(tmp_path: Path) -> None:
    assert kept_asked(tmp_path / "nog-niets") == ()


@pytest.mark.parametrize("content", ["", "[]", '{"until": "2099-01-01T00:00:00", "asked": []}', '{"asked": [{}]}'])
def test_a_broken_file_stops_no_refresh(tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8")

    with caplog.at_level(logging.WARNING):
        assert kept_asked(tmp_path) == ()

    assert "ValidationError" in caplog.text
