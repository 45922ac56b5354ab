"""The README is held to the code, so that nobody configures what does not exist."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.settings import Settings

README = Path("README.md").read_text(encoding="utf-8")
TABLE = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", README, re.MULTILINE))


def test_the_table_of_settings_names_every_setting_and_no_other() -> None:
    assert set(TABLE) == {name.upper() for name in Settings.model_fields}


def test_the_table_gives_the_defaults_of_the_code() -> None:
    written = {name: default.strip("`") for name, default in TABLE.items()}
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}

    assert written == {name: "–" if default in (None, "") else str(default) for name, default in defaults.items()}


def test_every_make_target_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"sure"}
    targets = set(re.findall(r"^([a-z]+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert named <= targets
