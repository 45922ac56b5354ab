"""Every setting in one place, read once from the environment or `.env`; nobody else reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError


class Settings(BaseSettings):
    """What the people who run Markewijzer may choose. The README's table is held to these fields by a test."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    """Address that the web server listens on."""

    port: int = Field(default=8000, ge=1, le=65535)
    """Port that the web server listens on."""

    data_dir: Path = Path("data")
    """Folder for all that the program makes: the index, the vectors and the conversations."""

    corpus_dir: Path = Path("corpus")
    """Folder with the corpus that `make start` indexes."""

    embedding_model: str = "bundled:e5-small"
    """`bundled:e5-small`, or any model name or folder that sentence-transformers can load."""

    qdrant_url: str | None = None
    """A Qdrant server or cluster; without it the index is embedded in `DATA_DIR`."""

    qdrant_api_key: SecretStr | None = None
    """Key for `QDRANT_URL`."""

    database_url: str | None = None
    """SQLAlchemy URL for conversations; without it SQLite in `DATA_DIR`."""

    rate_limit: str = "30/minute"
    """Questions one visitor may ask, as `limits` writes it (`30/minute`), or `off`."""

    max_question_length: int = Field(default=2000, ge=100, le=20000)
    """Characters of a question that we read; a longer one is asked to be shorter."""


def read_settings(**overrides: object) -> Settings:
    """The settings from the environment. Raises `SettingsError` that names each wrong variable and its value."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as exc:
        problems = (f"{'.'.join(map(str, e['loc'])).upper()}={e['input']!r}: {e['msg']}" for e in exc.errors())
        raise SettingsError("; ".join(problems)) from exc
