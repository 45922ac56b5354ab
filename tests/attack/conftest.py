"""The app as an attacker meets it: as a visitor, with a desk, and in a real browser that gets all pages from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.small_corpus import write_corpus
from tests.web.conftest import app, assistant, browser, client, quick_passwords, real_passwords  # noqa: F401  # fixtures
from tests.web.desk.conftest import arrive, chief, editor, hashed, parts, visitor  # noqa: F401  # fixtures


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def settings(tmp_path: Path, corpus: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", corpus_dir=corpus, rate_limit="off", refresh_at="off")
