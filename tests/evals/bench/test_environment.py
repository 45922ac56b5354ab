"""The environment of the peers is pinned, and made only once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from evals.bench import environment
from evals.bench.environment import REQUIREMENTS, peers_python, torch_pin
from tests.conftest import REPOSITORY


def pins() -> dict[str, str]:
    lines = [Requirement(line) for line in REQUIREMENTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in lines}


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would have been run."""
    ran: list[str] = []
    monkeypatch.setattr(environment, "_run", lambda command, name: ran.append(" ".join(map(str, command))))
    return ran


def test_every_peer_of_the_extra_is_pinned_within_its_range() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [Requirement(line) for line in project["optional-dependencies"]["bench"]]

    assert wanted
    assert all(need.specifier.contains(pins()[canonicalize_name(need.name)]) for need in wanted)


def test_torch_comes_first_and_alone(tmp_path: Path, commands: list[str]) -> None:
    (tmp_path / "venv").mkdir()

    peers_python(tmp_path / "venv", "--index-url https://voorbeeld.nl/cpu")

    _, torch, rest = commands
    assert torch.endswith(f"install --quiet --index-url https://voorbeeld.nl/cpu torch=={pins()['torch']}")
    assert rest.endswith(f"-r {REQUIREMENTS}")


def test_what_was_installed_is_not_installed_again(tmp_path: Path, commands: list[str]) -> None:
    (tmp_path / ".installed").write_text(REQUIREMENTS.read_text("utf-8"), encoding="utf-8")

    assert peers_python(tmp_path) == tmp_path / "bin" / "python"
    assert commands == []


def test_other_pins_are_installed_anew(tmp_path: Path, commands: list[str]) -> None:
    (tmp_path / ".installed").write_text("torch==1.0\n", encoding="utf-8")

    peers_python(tmp_path)

    assert len(commands) == 3
    assert torch_pin((tmp_path / ".installed").read_text("utf-8")) == f"torch=={pins()['torch']}"
