"""The one runner behind answering and ingesting: a list of steps over a job that each step returns changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, Protocol, TypeVar


class Job(Protocol):
    """What a pipeline carries: a frozen dataclass that knows when it is done."""

    @property
    def finished(self) -> bool: ...

    @property
    def milliseconds(self) -> Mapping[str, float]: ...


J = TypeVar("J", bound=Any)


class Step(Protocol[J]):
    """Takes a job and returns a changed copy."""

    async def __call__(self, job: J, /) -> J: ...


async def run(steps: Sequence[Step[J]], job: J) -> J:
    """The job after all steps, or after the first that finished it. Records each step's wall time by class name."""
    for step in steps:
        if job.finished:
            break
        started = perf_counter()
        job = await step(job)
        elapsed = (perf_counter() - started) * 1000
        job = replace(job, milliseconds={**job.milliseconds, type(step).__name__: elapsed})
    return job
