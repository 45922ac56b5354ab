"""Copies the files of a shard: their holes stay holes, and blocks are shared where the file system can.

Qdrant Edge reserves more room than it uses, so a plain copy would be some seven times as large as what it copies.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

BLOCK = 1 << 24
UNSUPPORTED = {errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP}


def copy_folder(source: Path, target: Path) -> None:
    """A durable copy of a folder that nobody writes to. Raises `OSError`."""
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.is_dir():
            copy_folder(path, target / path.name)
        else:
            copy_file(path, target / path.name)


def copy_file(source: Path, target: Path) -> None:
    """A durable copy of one file, as long as the original and with the same holes. Raises `OSError`."""
    with source.open("rb", buffering=0) as reader, target.open("wb", buffering=0) as writer:
        size = os.fstat(reader.fileno()).st_size
        os.ftruncate(writer.fileno(), size)
        for start, end in _written(reader.fileno(), size):
            _copy(reader.fileno(), writer.fileno(), start, end)
        os.fsync(writer.fileno())


def _written(file: int, size: int) -> Iterator[tuple[int, int]]:
    """Where a file holds data, as (start, end) in bytes."""
    end = 0
    while end < size:
        try:
            start = os.lseek(file, end, os.SEEK_DATA)
        except OSError as exc:
            if exc.errno == errno.ENXIO:  # Only a hole is left.
                return
            raise
        end = os.lseek(file, start, os.SEEK_HOLE)
        yield start, end


def _copy(reader: int, writer: int, start: int, end: int) -> None:
    while start < end:
        count = min(BLOCK, end - start)
        try:
            copied = os.copy_file_range(reader, writer, count, start, start)
        except OSError as exc:
            if exc.errno not in UNSUPPORTED:
                raise
            copied = os.pwrite(writer, os.pread(reader, count, start), start)
        if not copied:
            raise OSError(errno.EIO, f"the file ended at byte {start}, before its {end} bytes")
        start += copied
