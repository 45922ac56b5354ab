"""Pins what the current environment holds, split into what the program needs and what only the tests need."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEADER = "# Made by `make lock` from pyproject.toml; change that and run it again.\n"


def closure(requirements: list[str]) -> dict[str, str]:
    """Every package that the requirements lead to in this environment, with its version (local labels left out)."""
    pinned: dict[str, str] = {}
    queue = [Requirement(r) for r in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while queue:
        requirement = queue.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError as exc:
            raise SystemExit(f"{requirement}: not installed; install it first") from exc
        pinned[key[0]] = found.version.split("+")[0]
        for line in found.requires or []:
            needed = Requirement(line)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(needed)
    return pinned


def write(path: Path, pinned: dict[str, str]) -> None:
    """One `name==version` a line, sorted."""
    path.write_text(HEADER + "".join(f"{name}=={version}\n" for name, version in sorted(pinned.items())))


def main() -> None:
    """Writes both lock files."""
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    runtime = closure(project["dependencies"])
    test = closure(project["optional-dependencies"]["test"])
    write(Path("requirements.lock"), runtime)
    write(Path("requirements-test.lock"), {name: v for name, v in test.items() if name not in runtime})


if __name__ == "__main__":
    main()
