"""How much memory a process holds, as the kernel counts it. Needs nothing but Linux, so peers can use it too."""

from __future__ import annotations

from pathlib import Path


def resident_mb(process: int | str = "self") -> float:
    """Megabytes in use now."""
    return _field(process, "VmRSS")


def peak_mb(process: int | str = "self") -> float:
    """The most megabytes that it ever used."""
    return _field(process, "VmHWM")


def _field(process: int | str, name: str) -> float:
    for line in Path(f"/proc/{process}/status").read_text("ascii", errors="replace").splitlines():
        if line.startswith(f"{name}:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise ValueError(f"/proc/{process}/status: no {name}")
