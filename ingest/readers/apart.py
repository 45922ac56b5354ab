"""Hands a PDF or office file to a process of its own, within limits on bytes, memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFile

LARGEST = 25_000_000
"""Bytes of a file that we read."""
LARGEST_UNPACKED = 100_000_000
MOST_ENTRIES = 5_000
SECONDS = 30.0
WORKER = Path(__file__).with_name("worker.py")


def read_apart(kind: str, content: bytes, *, seconds: float = SECONDS) -> dict[str, Any]:
    """What `worker.py` finds. `kind` is `pdf`, `docx` or `xlsx`. Raises `UnreadableFile`."""
    if len(content) > LARGEST:
        raise UnreadableFile(f"a file of {len(content)} bytes; we read {LARGEST} at most")
    command = [sys.executable, "-I", "-W", "ignore", str(WORKER), kind]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as exc:
        raise UnreadableFile(f"not read within {seconds:g} seconds") from exc
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError as exc:
        raise UnreadableFile(f"too much work to read (exit status {done.returncode})") from exc
    if "problem" in found:
        raise UnreadableFile(found["problem"])
    return found


def check_zip(content: bytes) -> None:
    """Refuses a zip that is broken, unpacks to too much, or holds XML with entities. Raises `UnreadableFile`."""
    if len(content) > LARGEST:
        raise UnreadableFile(f"a file of {len(content)} bytes; we read {LARGEST} at most")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entries = packed.infolist()
            # zipfile never unpacks more of an entry than the size that is declared here.
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
                raise UnreadableFile(f"unpacks to {unpacked} bytes in {len(entries)} parts; that is too much")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(entry)[:4096].upper():
                    raise UnreadableFile(f"{entry.filename} defines entities")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as exc:
        raise UnreadableFile(f"not an office file ({exc})") from exc
    except Exception as exc:
        if isinstance(exc, UnreadableFile):
            raise
        raise UnreadableFile(f"not an office file ({type(exc).__name__})") from exc
