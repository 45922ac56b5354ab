"""Makes the question safe to keep: normal characters, and no personal data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant import replies
from assistant.domain import Answer, Outcome, Question, Turn
from assistant.language.personal_data import redact

READ_AT_MOST = 20_000
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}


class ScreenQuestion:
    """Fills `text` and `redacted`; an empty question is answered at once."""

    async def __call__(self, turn: Turn) -> Turn:
        text, redacted = screened(turn.question)
        if not text:
            return replace(turn, answer=Answer(Outcome.SMALL_TALK, replies.EMPTY))
        return replace(turn, text=text, search_text=text, redacted=redacted)


def screened(question: Question) -> tuple[str, tuple[str, ...]]:
    """The text of a question as it may be kept, and the kinds of personal data that were taken out."""
    return redact(normalise(question.text[:READ_AT_MOST]))


def normalise(text: str) -> str:
    """Composed characters, no invisible ones (zero-width, direction marks, control), single spaces."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if c in "\n\r\t" else c for c in composed if c in "\n\r\t" or unicodedata.category(c) not in INVISIBLE
    )
    return re.sub(r"\s+", " ", visible).strip()
