"""The process that does a refresh for a server: `python -m ingest.work`, with its task as JSON on standard input."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

from pydantic import TypeAdapter

from assistant.errors import MarkewijzerError
from assistant.logs import ABOUT, set_up_logs
from assistant.settings import read_settings
from ingest.limits import Order
from ingest.lock import RefreshLock
from ingest.running import run_refresh

logger = logging.getLogger(__name__)

NICE = 10
"""Visitors go first."""


def main() -> int:
    """The exit status: 0 when the refresh came to its end."""
    # The golden questions hold crises, and all of them are made up.
    logging.getLogger("assistant").setLevel(logging.ERROR)
    os.nice(NICE)
    task = json.load(sys.stdin)
    lock = RefreshLock.received(task["lock"])
    order = TypeAdapter(Order).validate_python(task["order"])
    settings = read_settings(**task["settings"])
    set_up_logs(settings.log_format)
    ABOUT.set({"run": task["id"]})
    try:
        run, _ = asyncio.run(
            run_refresh(settings, Path(task["corpus"]), order, by=task["by"], lock=lock, id=task["id"])
        )
    except MarkewijzerError as exc:
        logger.error("the refresh was stopped: %s", exc)
        return 1
    logger.info("refresh %s: %s, %.0f s", run.id, run.state, run.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
