"""Which machine the figures were taken on, and whether it was ours alone."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from evals.bench.figures import Machine


def this_machine() -> Machine:
    """As it is now."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=round(pages * size / 2**30, 1),
        python=platform.python_version(),
        load=round(os.getloadavg()[0], 2),
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
