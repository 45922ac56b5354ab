"""The doctor names what is wrong, what would be right, and changes nothing."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from ingest import Run, Runs, RunState
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web import doctor
from web.database import Database
from web.doctor import OK, WARNING, WRONG, examine


@pytest.fixture(autouse=True)
def with_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An index that works, unless a test says otherwise, and no `.env` but that of the test."""
    monkeypatch.setattr(Assistant, "open", lambda **_: FakeAssistant())
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def healthy(tmp_path: Path) -> Settings:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bron.md").touch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"corpus_dir": tmp_path / "corpus", "port": port, "operator": "Emmen", "operator_email": "a@emmen.nl"}
    return some_settings(tmp_path / "data", rate_limit="30/minute").model_copy(update=own)


async def finding(settings: Settings, part: str) -> tuple[str, str]:
    return next((f.word, f.text) for f in await examine(settings) if f.part == part)


async def test_with_all_in_order_nothing_is_wrong_and_nothing_was_made(healthy: Settings) -> None:
    found = await examine(healthy)

    assert {f.part: f.word for f in found} == dict.fromkeys((f.part for f in found), OK)
    assert sorted(path.name for path in healthy.data_dir.iterdir()) in (["markewijzer.sqlite"], [])


@pytest.mark.parametrize(
    ("changes", "part", "word", "text"),
    [
        ({"rate_limit": "veel"}, "settings", WRONG, "RATE_LIMIT='veel'"),
        ({"rate_limit": "off"}, "settings", WARNING, "RATE_LIMIT=off"),
        ({"trusted_proxies": "*"}, "settings", WARNING, "TRUSTED_PROXIES=*"),
        ({"operator": None}, "settings", WARNING, "OPERATOR"),
        ({"corpus_dir": Path("/bestaat/niet")}, "corpus", WARNING, "CORPUS_DIR"),
        ({"llm_base_url": "http://127.0.0.1:9/v1"}, "model", WRONG, "ConnectError"),
        ({"oidc_issuer": "http://127.0.0.1:9"}, "sign-in", WRONG, "ConnectError"),
        ({"database_url": "postgresql://u:geheim@127.0.0.1:9/x"}, "database", WRONG, "127.0.0.1"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_what_is_wrong_is_named(
    healthy: Settings, changes: dict[str, object], part: str, word: str, text: str
) -> None:
    found = await finding(healthy.model_copy(update=changes), part)

    assert found[0] == word
    assert text in found[1]
    assert "geheim" not in found[1]


async def test_a_data_folder_that_cannot_be_written_to_is_wrong(healthy: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    word, text = await finding(healthy.model_copy(update={"data_dir": tmp_path / "file"}), "storage")

    assert word == WRONG
    assert str(tmp_path / "file") in text


async def test_a_port_of_another_program_is_wrong(healthy: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", healthy.port))
        other.listen()
        other.settimeout(0.1)

        doctor_limit = doctor.TIME_LIMIT
        doctor.TIME_LIMIT = 0.5
        word, text = await finding(healthy, "port")
        doctor.TIME_LIMIT = doctor_limit

    assert word == WRONG
    assert str(healthy.port) in text or "no answer" in text


async def test_a_name_that_is_no_setting_is_told(healthy: Settings, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RATE_LIMT=off\nPORT=8000\n", encoding="utf-8")

    assert await finding(healthy, "dotenv") == (WARNING, ".env has names that are no settings: RATE_LIMT")


async def test_a_missing_index_is_wrong(healthy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assistant, "open", lambda **_: FakeAssistant(is_missing=True))

    word, text = await finding(healthy, "index")

    assert word == WRONG
    assert "python -m ingest refresh" in text


async def test_a_failed_refresh_and_a_clock_that_is_behind_are_told(healthy: Settings) -> None:
    from datetime import UTC, datetime, timedelta

    later = datetime.now(UTC) + timedelta(days=1)
    Runs(healthy.data_dir).save(Run("29990101T000000-aaaaaa", "schema", later, RunState.FAILED, ended=later))

    assert (await finding(healthy, "refresh"))[0] == WARNING
    assert (await finding(healthy, "clock"))[0] == WRONG


async def test_a_database_of_a_newer_program_is_wrong(healthy: Settings) -> None:
    database = Database.open(healthy)
    await database.prepare()
    await database.close()
    connection = sqlite3.connect(healthy.data_dir / "markewijzer.sqlite")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    word, text = await finding(healthy, "database")

    assert word == WRONG
    assert "newer version" in text
