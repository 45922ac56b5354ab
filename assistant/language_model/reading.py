"""Reads what a model writes, while it writes: each sentence with the number of its source, as JSON or loosely."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

OBJECT = re.compile(r"\{[^{}]*\}")
LOOSE = re.compile(
    r"^[\s*•-]*(?P<text>[^\n{}]*?\w[^\n{}]*?)\s*[\[(](?:bron )?(?P<number>\d{1,2})[\])][.\s]*$", re.MULTILINE
)
"""“De inloop is open. [1]”, as models write that heed no schema."""

LONGEST = 20_000
MOST_CLAIMS = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the model and the number of the source that it names; 0 when it names none."""

    text: str
    number: int


class _Sentence(BaseModel):
    model_config = ConfigDict(extra="ignore")

    tekst: str = Field(max_length=600)
    bron: int = 0


class ReplyReader:
    """Takes a reply piece by piece and gives each claim once, as soon as it is whole. Gives up on an endless reply."""

    def __init__(self) -> None:
        self._text = ""
        self._read = 0
        self._given = 0
        self._json = False

    @property
    def is_full(self) -> bool:
        """Whether nothing more will be read."""
        return self._given >= MOST_CLAIMS or len(self._text) >= LONGEST

    def feed(self, piece: str) -> list[Claim]:
        """The claims that this piece completes."""
        self._text += piece
        return self._take(self._objects())

    def end(self) -> list[Claim]:
        """What is left when the reply is over: lines with a mark, where there was no JSON at all."""
        if self._json or "{" in self._text:
            return []
        return self._take(Claim(m["text"].strip(), int(m["number"])) for m in LOOSE.finditer(self._text))

    def _objects(self) -> Iterator[Claim]:
        for found in OBJECT.finditer(self._text, self._read):
            self._read, self._json = found.end(), True
            try:
                sentence = _Sentence.model_validate_json(found.group())
            except ValidationError:
                continue
            yield Claim(sentence.tekst.strip(), sentence.bron)

    def _take(self, claims: Iterator[Claim]) -> list[Claim]:
        taken = [claim for claim in claims if claim.text][: MOST_CLAIMS - self._given]
        self._given += len(taken)
        return taken


def read_object(reply: str) -> dict[str, Any]:
    """The first JSON object in a reply; empty when there is none."""
    start = reply.find("{")
    if start < 0:
        return {}
    try:
        value, _ = json.JSONDecoder().raw_decode(reply[start:])
    except (json.JSONDecodeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
