"""What an answer says while it is being written: progress, each sentence once it is checked, and the finished turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.domain import Draft, Statement, Turn


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done now, in Dutch and for the visitor: “Ik lees 4 bronnen”. May be shown and replaced."""

    text: str


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """One more piece of the answer, as Markdown with its `[n]` marks; it is never taken back.

    `before` is what stands between it and the piece before: `""`, a space, a line or a paragraph. All pieces of a
    stream together, each with its `before`, are the text of the finished answer.
    """

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of every stream: the whole turn, with its answer, citations and cards."""

    turn: Turn


Event = Progress | CheckedSentence | Finished
Tell = Callable[[Event], None]
"""Takes an event at once and does not wait; a step calls it in the order in which the visitor reads."""


def nobody(event: Event) -> None:
    """For a turn that nobody watches."""


class Teller:
    """Tells the pieces of one answer, with the marks that they will have in the end: sources count in order of use."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._numbers: dict[str, int] = {}
        self._told = 0

    def prose(self, statements: Iterator[Statement] | tuple[Statement, ...], *, opens: bool = False) -> None:
        """Sentences of one paragraph; the first one `opens` a new paragraph."""
        for statement in statements:
            self._piece(statement, "\n\n" if opens else " ", "")
            opens = False

    def rest(self, draft: Draft) -> None:
        """The list and what to do next, after the lead."""
        for n, item in enumerate(draft.items):
            self._piece(item, "\n" if n else "\n\n", "- ")
        self.prose(draft.closing, opens=True)

    def _piece(self, statement: Statement, before: str, bullet: str) -> None:
        self._tell(CheckedSentence(bullet + self._marked(statement), before if self._told else ""))
        self._told += 1

    def _marked(self, statement: Statement) -> str:
        if statement.source is None:
            return statement.text
        number = self._numbers.setdefault(statement.source.id, len(self._numbers) + 1)
        return f"{statement.text} [{number}]"
