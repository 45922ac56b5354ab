"""Every setting that is wrong is named, with its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def without_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to start from, so that no `.env` is read but the one of the test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_variable_everything_has_a_value_that_works_on_one_machine() -> None:
    settings = read_settings()

    assert settings.embedding_model == "bundled:e5-small"
    assert settings.data_dir == Path("data")
    assert settings.qdrant_url is settings.database_url is None


def test_a_variable_of_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("DATA_DIR", "/srv/markewijzer")

    settings = read_settings()

    assert (settings.port, settings.data_dir) == (9000, Path("/srv/markewijzer"))


def test_a_dotenv_file_is_read_and_the_environment_goes_before_it(
    without_dotenv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (without_dotenv / ".env").write_text("PORT=9001\nRATE_LIMIT=off\nONBEKEND=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9002")

    settings = read_settings()

    assert (settings.port, settings.rate_limit) == (9002, "off")


def test_an_argument_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "/srv/markewijzer")

    assert read_settings(data_dir="elders").data_dir == Path("elders")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "tachtig"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("MAX_QUESTION_LENGTH", "99"),
        ("MAX_QUESTION_LENGTH", "100000"),
        ("MAX_QUESTION_LENGTH", "veel"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=rf"{name}='{value}': Input should be"):
        read_settings()


def test_several_wrong_values_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "tachtig")
    monkeypatch.setenv("MAX_QUESTION_LENGTH", "veel")

    with pytest.raises(SettingsError, match=r"PORT='tachtig'.*; MAX_QUESTION_LENGTH='veel'"):
        read_settings()


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDRANT_API_KEY", "zeer-geheim")

    assert "zeer-geheim" not in repr(read_settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QDRANT_URL", "qdrant:6333"),
        ("QDRANT_URL", "http://"),
        ("QDRANT_URL", "http://qdrant:99999"),
        ("LLM_BASE_URL", "localhost/v1"),
        ("OIDC_ISSUER", "ftp://inloggen.nl"),
        ("OIDC_ISSUER", "https://in loggen.nl"),
        ("METRICS_FROM", "10.0.0.0/33"),
        ("TRUSTED_PROXIES", "proxy.emmen.nl"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_an_address_that_cannot_be_one_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=rf"^{name}='{value}': Input should be"):
        read_settings()


def test_a_password_in_a_wrong_address_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDRANT_URL", "http://ik:zeer-geheim@qdrant:99999")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert "zeer-geheim" not in str(caught.value)
    assert "@qdrant:99999" in str(caught.value)


def test_an_empty_variable_is_one_that_was_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QDRANT_URL", "")
    monkeypatch.setenv("RATE_LIMIT", "")

    assert read_settings().qdrant_url is None
    assert read_settings().rate_limit == Settings.model_fields["rate_limit"].default
