"""Small things that several tests of the web build on."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings


def some_settings(folder: Path, rate_limit: str = "off", database_url: str | None = None) -> Settings:
    return Settings(data_dir=folder, rate_limit=rate_limit, database_url=database_url)
