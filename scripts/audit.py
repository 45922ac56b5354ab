"""Checks what we depend on: the licence of each package and known weaknesses; and lists it all (SBOM, CycloneDX)."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ("requirements.lock", "requirements-test.lock")
ADVISORIES = Path(__file__).with_name("advisories.yaml")
OURS = UUID("6f0f9f4e-2c0b-5d6b-9a55-0d5b1d7a4c11")
"""So that the same packages make the same SBOM."""

ALLOWED = frozenset(
    """
    0BSD AFL-2.1 Apache-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 CNRI-Python EUPL-1.2 ISC LGPL-2.1-or-later MIT
    MIT-0 MIT-CMU MPL-2.0 PSF-2.0 Unlicense Zlib
    """.split()
)
"""What goes together with EUPL-1.2 in one program. Weak copyleft (LGPL, MPL) may be used as it is, unchanged."""

MEANT: Mapping[str, str] = {
    r"apache": "Apache-2.0",
    r"zero-clause bsd|0bsd": "0BSD",
    r"bsd.*2|2.*bsd": "BSD-2-Clause",
    r"affero|agpl": "AGPL-3.0-only",
    r"lesser general public|lgpl": "LGPL-2.1-or-later",
    r"mozilla|mpl": "MPL-2.0",
    r"general public|gpl": "GPL-3.0-only",
    r"bsd": "BSD-3-Clause",
    r"python software|psf": "PSF-2.0",
    r"isc\b": "ISC",
    r"unlicense": "Unlicense",
    r"mit\b": "MIT",
}
"""How authors who do not use SPDX write it; the first that fits."""
READ_ELSEWHERE: Mapping[str, str] = {"axe-playwright-python": "MIT"}
"""Of packages that do not state it: the licence in their repository."""
PROBE = "jinja2==3.1.2"
"""A version with known weaknesses: a database that finds none in it is not the one that we think it is."""


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package; `licence` is an SPDX expression, empty when it is not known."""

    name: str
    version: str
    licence: str
    is_shipped: bool


def read_packages(folder: Path) -> list[Package]:
    """All that the lock files pin, with the licence that the installed package states."""
    found = []
    for lock in LOCKS:
        for line in (folder / lock).read_text(encoding="utf-8").splitlines():
            if pinned := re.fullmatch(r"([\w.-]+)==(\S+)", line.strip()):
                found.append(Package(pinned[1], pinned[2], licence_of(pinned[1]), lock == LOCKS[0]))
    return found


def licence_of(name: str) -> str:
    """The licence as an SPDX expression, empty when the package is not installed or says nothing that we know."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return READ_ELSEWHERE.get(name, "")
    if expression := "".join(about.get_all("License-Expression", [])):
        return expression
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")]
    written = "".join(about.get_all("License", [])).strip().partition("\n")[0][:80]
    stated = [written] if re.search(r"\b(?:AND|OR)\b", written) else classified or [written]
    meant = [written if written in ALLOWED else meaning_of(words) for words in stated]
    if re.search(r"\b(?:AND|OR)\b", written):
        return written
    return " OR ".join(dict.fromkeys(filter(None, meant))) or READ_ELSEWHERE.get(name, "")


def meaning_of(words: str) -> str:
    """The SPDX id of a licence in an author's words, empty when none fits."""
    return next((id for pattern, id in MEANT.items() if re.search(pattern, words, re.IGNORECASE)), "")


def is_allowed(expression: str) -> bool:
    """Whether one of the choices (OR) holds only parts (AND) that we may use."""
    choices = re.sub(r"[()]", "", expression).split(" OR ")
    return any(all(part.partition(" WITH ")[0].strip() in ALLOWED for part in c.split(" AND ")) for c in choices if c)


def licence_problems(packages: Sequence[Package]) -> Iterator[str]:
    """A line for each package that we may not use, or of which we do not know that."""
    for package in packages:
        if not is_allowed(package.licence):
            yield f"{package.name} {package.version}: licence {package.licence or 'unknown'} is not one that we may use"


def weaknesses_online(packages: Sequence[Package]) -> list[str] | None:
    """What pip-audit knows of the pinned versions; None when it, or its database, is not there."""
    if not ask_pip_audit([PROBE]):
        return None
    return ask_pip_audit([f"{package.name}=={package.version}" for package in packages])


def ask_pip_audit(pins: Sequence[str]) -> list[str] | None:
    """A line for each weakness and for each version that the database does not know; None without an answer."""
    how = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(pins))
        listed.flush()
        command = [sys.executable, "-m", "pip_audit", "-r", listed.name, *how]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    if all("skip_reason" in one for one in found):
        return None
    return [line for one in found for line in lines_of(one)]


def lines_of(found: Mapping[str, Any]) -> Iterator[str]:
    """What pip-audit says of one package."""
    if reason := found.get("skip_reason"):
        yield f"{found['name']}: not audited ({reason})"
    for weakness in found.get("vulns", ()):
        fixed = ", ".join(weakness["fix_versions"]) or "no version"
        yield f"{found['name']} {found['version']}: {weakness['id']}, fixed in {fixed}"


def weaknesses_offline(packages: Sequence[Package], known: Mapping[str, Any]) -> list[str]:
    """The pinned versions that are older than the first without a weakness of our own list."""
    pinned = {canonicalize_name(package.name): package for package in packages}
    return [
        f"{one['package']} {pinned[one['package']].version}: {one['id']}, fixed in {one['fixed']}"
        for one in known["advisories"]
        if one["package"] in pinned and Version(pinned[one["package"]].version) < Version(str(one["fixed"]))
    ]


def bill_of_materials(packages: Sequence[Package], version: str) -> str:
    """The SBOM as CycloneDX 1.6: what we ship is required, what only the tests need is excluded."""
    bom = Bom(serial_number=uuid5(OURS, repr(packages)))
    own = [DisjunctiveLicense(id="EUPL-1.2")]
    bom.metadata.component = Component(
        name="markewijzer", bom_ref="markewijzer", version=version, type=ComponentType.APPLICATION, licenses=own
    )
    for package in packages:
        address = PackageURL("pypi", None, canonicalize_name(package.name), package.version)
        scope = ComponentScope.REQUIRED if package.is_shipped else ComponentScope.EXCLUDED
        licences = [LicenseExpression(package.licence)] if package.licence else []
        bom.components.add(
            Component(
                name=package.name,
                version=package.version,
                bom_ref=str(address),
                purl=address,
                scope=scope,
                licenses=licences,
                type=ComponentType.LIBRARY,
            )
        )
    bom.register_dependency(bom.metadata.component, bom.components)
    bom.metadata.timestamp = bom.metadata.timestamp.replace(hour=0, minute=0, second=0, microsecond=0)
    return JsonV1Dot6(bom).output_as_string(indent=1)


def main() -> None:
    """Exits with 1 when there is a licence that we may not use, or a known weakness."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sbom", type=Path, help="write the list of all packages here")
    asked.add_argument("--offline", action="store_true", help="compare with our own list of weaknesses only")
    chosen = asked.parse_args()
    folder = Path(__file__).parent.parent
    packages = read_packages(folder)
    problems = list(licence_problems(packages))
    print(f"licences: {len(packages)} packages, {len(problems)} that we may not use or do not know")

    known = yaml.safe_load(ADVISORIES.read_text(encoding="utf-8"))
    weak = None if chosen.offline else weaknesses_online(packages)
    if weak is None:
        weak = weaknesses_offline(packages, known)
        count, day = len(known["advisories"]), known["written"]
        print(
            f"weaknesses: OFFLINE, compared with {count} advisories of {day} and with nothing newer: {len(weak)} found"
        )
    else:
        weak += weaknesses_offline(packages, known)
        print(f"weaknesses: pip-audit and our own list, {len(weak)} found")

    if chosen.sbom:
        chosen.sbom.write_text(bill_of_materials(packages, metadata_version(folder)), encoding="utf-8")
        print(f"SBOM: {chosen.sbom}")
    for line in [*problems, *weak]:
        print(f"  {line}")
    raise SystemExit(1 if problems or weak else 0)


def metadata_version(folder: Path) -> str:
    """The version of this program."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


if __name__ == "__main__":
    main()
