"""The golden cases: what people ask, and what a fair judge accepts as an answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from assistant.domain import MUNICIPALITIES, Audience, Outcome
from assistant.errors import MarkewijzerError
from assistant.yaml_text import read_yaml

GOLDEN = Path(__file__).parent / "golden"
REPEAT = re.compile(r"@herhaal:(.*):(\d+)", re.DOTALL)


class GoldenSetError(MarkewijzerError):
    """A case that cannot be read; says which file and what would be right."""


class CaseSet(StrEnum):
    """Which cases to run."""

    TUNE = "tune"
    REPORT = "report"
    ALL = "all"


class Expectation(BaseModel):
    """What a fair judge accepts. Any one of `outcomes` and of `sources` is enough; every fact must be there.

    A fact is a literal string, or several with `|` between them of which one is enough.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcomes: tuple[Outcome, ...] = Field(alias="outcome", min_length=1)
    place: str | None = None
    sources: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    language: str | None = None

    @field_validator("place")
    @classmethod
    def is_municipality(cls, place: str | None) -> str | None:
        """A place is one of the twelve."""
        if place is not None and place not in MUNICIPALITIES:
            raise ValueError(f"{place!r} is no municipality of Drenthe")
        return place


class Case(BaseModel):
    """One question with its expectation. `history` are the earlier questions of the conversation, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    group: str
    set: Literal["tune", "report"]
    public: bool = False
    """Part of the small set that runs at every change; always from the tune set."""
    question: str
    municipality: str | None = None
    audience: Audience | None = None
    history: tuple[str, ...] = ()
    expect: Expectation

    @property
    def text(self) -> str:
        """The question as it is asked: `@herhaal:<text>:<count>` stands for a text that is repeated."""
        repeat = REPEAT.fullmatch(self.question)
        return repeat[1] * int(repeat[2]) if repeat else self.question


_CASES = TypeAdapter(list[Case])


def load_cases(folder: Path = GOLDEN) -> list[Case]:
    """All cases, by file name and then in their own order. Raises `GoldenSetError`."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise GoldenSetError(f"{folder}: no cases; a case file ends in .yaml")
    cases = [case for file in files for case in _read(file)]
    twice = [id for id, count in Counter(case.id for case in cases).items() if count > 1]
    if twice:
        raise GoldenSetError(f"{folder}: used twice: {', '.join(twice)}; give each case its own id")
    return cases


def choose(cases: Iterable[Case], which: CaseSet = CaseSet.ALL, *, public: bool = False) -> list[Case]:
    """The cases of one set, and of those only the public ones when asked."""
    return [c for c in cases if which in (CaseSet.ALL, c.set) and (c.public or not public)]


def _read(file: Path) -> Sequence[Case]:
    try:
        cases = _CASES.validate_python(read_yaml(file.read_text("utf-8")))
    except (yaml.YAMLError, ValidationError) as exc:
        raise GoldenSetError(f"{file}: {exc}") from exc
    for case in cases:
        if case.group != file.stem:
            raise GoldenSetError(f"{file}: {case.id} is of group {case.group!r}; move it to {case.group}.yaml")
        if case.public and case.set != "tune":
            raise GoldenSetError(f"{file}: {case.id} is public and of the report set; only tune cases may be public")
    return cases
