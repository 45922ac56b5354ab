"""What we depend on: every licence is one that we may use, no version has a known weakness, and all is listed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts import audit
from scripts.audit import (
    ADVISORIES,
    Package,
    bill_of_materials,
    is_allowed,
    licence_problems,
    read_packages,
    weaknesses_offline,
    weaknesses_online,
)
from tests.conftest import REPOSITORY

PACKAGES = read_packages(REPOSITORY)
KNOWN = yaml.safe_load(ADVISORIES.read_text(encoding="utf-8"))


def test_every_licence_is_one_that_we_may_use() -> None:
    assert len(PACKAGES) > 150
    assert list(licence_problems(PACKAGES)) == []


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_its_parts_and_choices(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("GNU Affero General Public License v3", "AGPL-3.0-only"),
        ("GNU General Public License v2 (GPLv2)", "GPL-3.0-only"),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", "LGPL-2.1-or-later"),
        ("The MIT License (MIT)", "MIT"),
        ("Apache Software License", "Apache-2.0"),
        ("Zero-Clause BSD (0BSD)", "0BSD"),
        ("Proprietary", ""),
    ],
)
def test_the_words_of_an_author_are_understood(words: str, meant: str) -> None:
    assert audit.meaning_of(words) == meant


def test_no_pinned_version_has_a_weakness_of_our_list() -> None:
    assert len(KNOWN["advisories"]) > 30
    assert weaknesses_offline(PACKAGES, KNOWN) == []


def test_an_old_version_is_found() -> None:
    found = weaknesses_offline([Package("Jinja2", "3.1.2", "MIT", True)], KNOWN)

    assert found == ["jinja2 3.1.2: CVE-2025-27516, fixed in 3.1.6"]


def test_a_database_that_knows_no_weakness_of_an_old_version_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def nothing_found(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(Path(command[4]).read_text().splitlines())
        return subprocess.CompletedProcess(
            command, 0, '{"dependencies": [{"name": "jinja2", "version": "3.1.2", "vulns": []}]}'
        )

    monkeypatch.setattr(subprocess, "run", nothing_found)

    assert weaknesses_online(PACKAGES) is None
    assert asked == [[audit.PROBE]]


def test_the_command_says_that_it_was_offline(tmp_path: Path) -> None:
    command = [sys.executable, str(REPOSITORY / "scripts/audit.py"), "--offline", "--sbom", str(tmp_path / "sbom.json")]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"OFFLINE, compared with \d+ advisories of 20\d\d-", done.stdout)
    assert (tmp_path / "sbom.json").exists()


def test_the_list_holds_every_package_and_tells_what_is_shipped() -> None:
    listed = json.loads(bill_of_materials(PACKAGES, "0.1.0"))

    scopes = {component["name"]: component["scope"] for component in listed["components"]}
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert scopes == {package.name: "required" if package.is_shipped else "excluded" for package in PACKAGES}
    assert all(component["licenses"] for component in listed["components"])
    assert bill_of_materials(PACKAGES, "0.1.0") == bill_of_materials(PACKAGES, "0.1.0")
