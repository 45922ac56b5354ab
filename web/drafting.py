"""A turn on the page while it is written: the events that our script shows, in the same templates as the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi.responses import HTMLResponse

from assistant.domain import Question
from assistant.language.personal_data import redact
from assistant.steps.screen_question import normalise
from assistant.streaming import CheckedSentence, Progress
from web.choices import Choice
from web.kept_turns import KeptTurn
from web.problems import Problem
from web.streaming import Begun, Told, Watched
from web.templating import Templates

MARKS = range(1, 100)
"""Numbers that a mark may have before its citation is there."""
Finish = Callable[[KeptTurn], Awaitable[HTMLResponse]]


class Drafting:
    """One turn that grows; `finished` gives the finished one, as htmx adds it."""

    def __init__(self, templates: Templates, choice: Choice, question: Question, finished: Finish) -> None:
        self._templates = templates
        self._choice = choice
        self._question = redact(normalise(question.text))[0]
        self._finished = finished
        self._anchor = ""
        self._text = ""

    async def event(self, event: Watched) -> Told:
        """The name and the data of an event for our script."""
        match event:
            case Begun():
                self._anchor = KeptTurn(event.conversation, event.turn, "", {}).anchor
                return "begin", {"resume": resume_address(self._choice, event.conversation, event.turn)}
            case Progress():
                return "progress", {"text": event.text}
            case CheckedSentence():
                self._text += event.before + event.text
                return "draft", {"html": self._draft()}
            case KeptTurn():
                address = self._choice.address(event.conversation) if event.saved else None
                return "turn", {"html": written(await self._finished(event)), "address": address}
            case Problem():
                return "problem", {"html": self._render("parts/problem.html", problem=event)}
        return None

    def _draft(self) -> str:
        values = {"question": self._question, "text": self._text, "numbers": MARKS, "anchor": self._anchor}
        return self._render("parts/draft.html", **values)

    def _render(self, name: str, **values: Any) -> str:
        return written(self._templates.render(name, **values))


def written(page: HTMLResponse) -> str:
    """The text of a rendered template."""
    return bytes(page.body).decode()


def resume_address(choice: Choice, conversation: UUID, turn: UUID) -> str:
    """Where the finished turn can be read when the connection broke."""
    frame = {"kader": choice.kader, "site": choice.site} if choice.kader else {}
    return f"/gesprek/{conversation}/beurt/{turn}?{urlencode({**choice.chosen(), **frame})}"
