"""Loads a library without another one that it brings but does not need: as if that were not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def leaving_out(package: str) -> Iterator[None]:
    """While this lasts, importing the package fails as when it is not there; if it was loaded already, it stays."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # how Python spells that an import must fail
    try:
        yield
    finally:
        sys.modules.pop(package, None)
