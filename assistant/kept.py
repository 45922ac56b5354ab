"""Keeps what is derived from files of this program, or of an installed package, as Python keeps byte code.

Reading word lists and rule tables takes seconds, and the outcome is the same each time. So it lies in `__pycache__`
beside the module that derives it, under a digest of all that it came from. Nothing depends on it: what is not there,
damaged or not to be written is derived again.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, wraps
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from threading import get_ident
from typing import Any, ParamSpec, TypeVar

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

SUFFIX = ".kept"
DIGEST = 16
"""Bytes of a digest. One stands in front of the content, so that damage is noticed before anything is made of it."""


def kept(sources: Callable[P, Iterable[Path | bytes]]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Makes a function give what it gave in an earlier run, as long as nothing that it came from has changed.

    `sources` gives for the same arguments the files, or the bytes, that the outcome depends on; all code in the folder
    of the function always counts. The outcome is kept with `pickle`: as with byte code, whoever may write beside a
    module may also change what it does.
    """

    def decorate(derive: Callable[P, T]) -> Callable[P, T]:
        @wraps(derive)
        def kept_or_derived(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                path = place_of(derive, args, sources(*args, **kwargs))
            except OSError as exc:
                logger.debug("%s is derived and not kept: %s", derive.__qualname__, exc)
                return derive(*args, **kwargs)
            try:
                value: T = read(path)
            except Exception as exc:  # whatever is wrong with it, it can be derived again
                logger.debug("%s is derived: %s", path.name, exc)
                value = derive(*args, **kwargs)
                write(path, value)
            return value

        return kept_or_derived

    return decorate


def place_of(derive: Callable[..., object], args: Iterable[object], sources: Iterable[Path | bytes]) -> Path:
    """The file that keeps what the function derives from these sources. Raises `OSError` when one cannot be read."""
    written = Path(derive.__code__.co_filename)
    digest = blake2b(code(written.parent), digest_size=DIGEST)
    for source in sources:
        content = source if isinstance(source, bytes) else source.read_bytes()
        digest.update(len(content).to_bytes(8, "big") + blake2b(content, digest_size=DIGEST).digest())
    beside = Path(cache_from_source(written))
    names = [written.stem, derive.__name__, *(arg for arg in args if isinstance(arg, str))]
    return beside.with_name(f"{'.'.join(names)}-{digest.hexdigest()}{SUFFIX}")


@cache
def code(*folders: Path) -> bytes:
    """A digest of this Python and of all code in these folders. Raises `OSError` when it is not in files."""
    digest = blake2b(sys.version.encode(), digest_size=DIGEST)
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.digest()


def read(path: Path) -> Any:
    """What was kept. Raises whatever a file that is not there or is damaged can cause."""
    content = memoryview(path.read_bytes())
    if blake2b(content[DIGEST:], digest_size=DIGEST).digest() != content[:DIGEST]:
        raise ValueError("the file is damaged")
    return pickle.loads(content[DIGEST:])


def write(path: Path, value: object) -> None:
    """Keeps a value for later runs, instead of what was derived from older sources; when it cannot, it does not."""
    if sys.dont_write_bytecode:
        return
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(blake2b(content, digest_size=DIGEST).digest() + content)
        os.replace(temporary, path)
    except OSError as exc:
        logger.debug("%s is not kept: %s", path.name, exc)
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        return
    for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*{SUFFIX}"):
        if old != path:
            with suppress(OSError):
                old.unlink()
