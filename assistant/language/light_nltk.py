"""NLTK's sentence splitter by itself: with it NLTK loads all that it has, scipy and scikit-learn too; 1 s and 80 MB."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec


@contextmanager
def without_contents(package: str, subpackage: str) -> Iterator[None]:
    """While this lasts, modules of a package are found without running what the package itself brings along.

    Afterwards the package is as it was: not there yet, or there with all that it has.
    """
    if package in sys.modules:
        yield
        return
    spec = PathFinder.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError(f"no package {package!r}", name=package)
    for name in (package, f"{package}.{subpackage}"):
        bare = ModuleSpec(name, None, is_package=True)
        inside = name.partition(".")[2]
        bare.submodule_search_locations = [f"{place}/{inside}" for place in spec.submodule_search_locations]
        sys.modules[name] = module_from_spec(bare)
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]


with without_contents("nltk", "tokenize"):
    from nltk.tokenize.punkt import PunktSentenceTokenizer

__all__ = ["PunktSentenceTokenizer"]
