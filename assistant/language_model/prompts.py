"""Fills the prompts, which are Dutch Markdown files, with typed words; a gap that no field fills fails at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.language_model import Prompt

GAP = re.compile(r"\{([a-z]+)\}")
PARTS = re.compile(r"^---$", re.MULTILINE)

SENTENCES: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "zinnen": {
            "type": "array",
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {"tekst": {"type": "string", "maxLength": 300}, "bron": {"type": "integer"}},
                "required": ["tekst", "bron"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["zinnen"],
    "additionalProperties": False,
}
QUESTION: Mapping[str, Any] = {
    "type": "object",
    "properties": {"vraag": {"type": "string", "maxLength": 300}},
    "required": ["vraag"],
    "additionalProperties": False,
}
PIECES: Mapping[str, Any] = {
    "type": "object",
    "properties": {"delen": {"type": "array", "maxItems": 2, "items": {"type": "string", "maxLength": 300}}},
    "required": ["delen"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Writing:
    """For `schrijven.md` and `opnieuw.md`: `grens` marks data and cannot be guessed, `merk` is part of each token."""

    vraag: str
    bronnen: str
    grens: str
    merk: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """For `vervolgvraag.md`."""

    eerder: str
    vraag: str
    grens: str


@dataclass(frozen=True, slots=True)
class Story:
    """For `verhaal.md`."""

    verhaal: str
    grens: str


Words = Writing | FollowUp | Story


def fill(name: str, words: Words, schema: Mapping[str, Any], tokens: int) -> Prompt:
    """The prompt of the file `name`, with the words in its gaps. Raises `KeyError` for a gap that no field fills."""
    system, user = template(name)
    values = asdict(words)

    def filled(part: str) -> str:
        # In one pass: what a word holds is never read as a gap.
        return GAP.sub(lambda gap: str(values[gap[1]]), part)

    return Prompt(filled(system), filled(user), schema, tokens)


@cache
def template(name: str) -> tuple[str, str]:
    """The fixed part and the part with the data."""
    text = (files("assistant") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    system, user = PARTS.split(text)
    return system.strip(), user.strip()
