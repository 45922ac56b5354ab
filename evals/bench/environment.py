"""The environment of the peers: pinned, apart from that of Markewijzer, and made once."""

from __future__ import annotations

import shlex
from pathlib import Path

from evals.bench.children import PYTHON, run_quietly

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
PATIENCE = 1800.0
"""Seconds that an installation may take: it brings some two gigabytes."""


def peers_python(folder: Path, torch_index: str = "") -> Path:
    """The Python of the environment in `folder`, made now unless it holds what `requirements.txt` asks for.

    `torch_index` is what pip needs to find a torch without CUDA, as in the Makefile. Raises `BenchFailed`.
    """
    python, mark = folder / "bin" / "python", folder / ".installed"
    wanted = REQUIREMENTS.read_text("utf-8")
    if mark.exists() and mark.read_text("utf-8") == wanted:
        return python
    if not python.exists():
        _run([PYTHON, "-m", "venv", folder], "venv")
    install: list[Path | str] = [python, "-m", "pip", "install", "--quiet"]
    # torch goes first and alone: the CPU build satisfies the pin, and keeps gigabytes of CUDA away.
    _run([*install, *shlex.split(torch_index), torch_pin(wanted)], "pip install torch")
    _run([*install, "-r", REQUIREMENTS], "pip install")
    mark.write_text(wanted, encoding="utf-8")
    return python


def torch_pin(requirements: str) -> str:
    """The line that pins torch."""
    return next(line for line in requirements.splitlines() if line.startswith("torch=="))


def _run(command: list[Path | str], name: str) -> None:
    run_quietly(command, name=name, limit=PATIENCE)
