"""Reads `buiten-bereik.yaml`: what our sources say nothing about, in examples of how people ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.domain import Beyond
from assistant.errors import CorpusError
from assistant.yaml_text import read_yaml

NAME = "buiten-bereik.yaml"


class Subject(BaseModel):
    """One subject; `deur` says whose door is next: that of the municipality, the GP, or none in particular."""

    model_config = ConfigDict(extra="forbid")

    onderwerp: Annotated[str, Field(min_length=1)]
    deur: Literal["gemeente", "huisarts", "algemeen"]
    vragen: Annotated[list[Annotated[str, Field(min_length=3)]], Field(min_length=1)]


def read_beyond(corpus: Path) -> tuple[Beyond, ...]:
    """All examples; a corpus without the file has none. Raises `CorpusError`."""
    path = corpus / NAME
    if not path.exists():
        return ()
    try:
        subjects = TypeAdapter(list[Subject]).validate_python(read_yaml(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as exc:
        line = getattr(getattr(exc, "problem_mark", None), "line", 0) + 1
        raise CorpusError([f"{path}:{line}: not valid YAML; check colons and quotes"]) from exc
    except ValidationError as exc:
        problems = [f"{path}:1: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()]
        raise CorpusError(problems) from exc
    return tuple(Beyond(question, s.onderwerp) for s in subjects for question in s.vragen)
