"""Puts a request together: the passages as data between unguessable marks, and the question without names."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Source, Turn
from assistant.language_model import Prompt
from assistant.language_model.masking import Masks
from assistant.language_model.privacy import nameless, words_of
from assistant.language_model.prompts import SENTENCES, Writing, fill, template

MOST_SOURCES = 3
MOST_CHARACTERS = 900
"""Of one source: what a small model still reads well, and a large one reads soon."""

TOKENS = 260


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt with what is needed to check the reply to it."""

    prompt: Prompt
    sources: tuple[Source, ...]
    masks: Masks
    instructions: str


def ask_to_write(turn: Turn, sources: Sequence[Source], *, again: bool = False) -> Request:
    """The request to answer from these sources; `again` is for a second try after a reply that could not stay."""
    name = "opnieuw" if again else "schrijven"
    chosen, masks, border = tuple(sources[:MOST_SOURCES]), Masks(), boundary()
    passages = "\n\n".join(
        f"Bron {n}:\n{border}\n{masks.hide(_text(source), source)}\n{border}" for n, source in enumerate(chosen, 1)
    )
    known = words_of([*(source.text for source in chosen), turn.municipality or ""])
    filling = Writing(nameless(turn.text, known), passages, border, masks.mark)
    return Request(fill(name, filling, SENTENCES, TOKENS), chosen, masks, template(name)[0])


def boundary() -> str:
    """A mark around data; new for each request, so that no source can close it."""
    return f"=={secrets.token_hex(8)}=="


def _text(source: Source) -> str:
    """The sentences that may be shown, as many as fit."""
    text = ""
    for sentence in source.sentences:
        if len(text) + len(sentence) > MOST_CHARACTERS:
            break
        text += f"{sentence}\n"
    return text.strip()
