"""Starts a refresh in a process of its own, so that a server goes on answering and may even be killed meanwhile."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr, TypeAdapter

from assistant.settings import Settings
from ingest.limits import Order
from ingest.lock import RefreshLock
from ingest.runs import Run, Runs
from ingest.synchronise import new_id

_ORDER = TypeAdapter(Order)


async def start_refresh(settings: Settings, corpus: Path, order: Order, *, by: str) -> tuple[Run, Process]:
    """The run, and the process that does it; the caller waits for the process, or stops it.

    Raises `IndexInUse` when a refresh is going on. The lock passes to the new process without a moment in between.
    """
    lock = RefreshLock.claim(settings.data_dir)
    try:
        runs = Runs(settings.data_dir)
        run = Run(new_id(runs.last_id()), by, datetime.now(UTC))
        runs.save(run)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "ingest.work", stdin=PIPE, stdout=DEVNULL, pass_fds=(lock.descriptor,)
        )
        task = {
            "settings": plain_settings(settings),
            "corpus": str(corpus),
            "order": _ORDER.dump_python(order, mode="json"),
            "by": by,
            "id": run.id,
            "lock": lock.descriptor,
        }
        assert process.stdin is not None
        # Not as arguments: everybody on the machine can read those.
        process.stdin.write(json.dumps(task).encode())
        process.stdin.close()
        return run, process
    finally:
        lock.release()


def plain_settings(settings: Settings) -> Mapping[str, Any]:
    """The settings as JSON values, secrets included."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {
        name: value.get_secret_value()
        if isinstance(value, SecretStr)
        else str(value)
        if isinstance(value, Path)
        else value
        for name, value in values.items()
    }
