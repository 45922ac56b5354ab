"""What the editors decided about answers: a pause, a fixed answer, a notice. A crisis always comes before them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic

from sqlalchemy import select

from assistant import Assistant
from assistant.domain import Answer, Card, Citation, Outcome, Source, Turn
from assistant.errors import StoreError
from assistant.language.analysis import terms, words
from assistant.language.personal_data import redact
from assistant.steps.cite_sources import cite
from assistant.steps.screen_question import normalise
from web.database import AWAY, AnyRow, Database, reason_of
from web.tables import fixed_answers, notices, switches

logger = logging.getLogger(__name__)

PAUSE = "pauze"
"""The switch that stops answering; its value is `{"on": bool, "message": str}`."""
KNOWN_FOR = 1.0
"""Seconds that decisions are taken to be what they were: a crowd asks a hundred questions in that time."""
ENGINE = "redactie"
"""Who wrote an answer that is the editors' own."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that the editors decided that may bear on a turn now."""

    pause: str | None
    """What is said instead of an answer, None when we answer."""
    fixed: Sequence[AnyRow]
    notices: Sequence[AnyRow]


NONE = Decisions(None, (), ())


class Interventions:
    """Lets the editors' decisions bear on an answer. Never fails: without a database the answer stays what it was.

    What is decided here counts at once, and in other processes within a second: that long it is not read again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = NONE
        self._known_until = 0.0

    def forget(self) -> None:
        """The next answer reads anew what was decided."""
        self._known_until = 0.0

    async def amend(self, turn: Turn, assistant: Assistant) -> Turn:
        """The turn with the answer that the editors want for it."""
        assert turn.answer is not None
        if turn.answer.outcome.is_crisis:
            return turn
        decisions = await self._decisions()
        if decisions.pause is not None:
            return replace(turn, answer=rewritten(turn.answer, Outcome.FAILED, decisions.pause))
        for row in decisions.fixed:
            if answers(row, turn):
                return replace(turn, answer=await fixed_answer(row, turn.answer, assistant))
        fitting = [row.text for row in decisions.notices if concerns(row, turn)]
        return replace(turn, answer=with_notices(turn.answer, fitting)) if fitting else turn

    async def may_replace(self, text: str) -> bool:
        """Whether the answer to this question may be another one than ours: a pause, or a fixed answer."""
        decisions = await self._decisions()
        asked = redact(normalise(text))[0]
        return decisions.pause is not None or any(
            same_question(q, asked) for row in decisions.fixed for q in row.questions
        )

    async def _decisions(self) -> Decisions:
        if monotonic() >= self._known_until:
            until = monotonic() + KNOWN_FOR
            self._known, self._known_until = await self._read(), until
        return self._known

    async def _read(self) -> Decisions:
        today = date.today().isoformat()
        current = (notices.c.starts <= today) & (notices.c.ends >= today)
        try:
            pauses, fixed, current_notices = await self._database.read_each(
                select(switches.c.value).where(switches.c.name == PAUSE),
                select(fixed_answers).where(fixed_answers.c.active).order_by(fixed_answers.c.created),
                select(notices).where(current).order_by(notices.c.created),
            )
        except AWAY as exc:
            logger.warning("answering without the editors' decisions, the database is away: %s", reason_of(exc))
            return NONE
        pause = next((row.value["message"] for row in pauses if row.value["on"]), None)
        return Decisions(pause, fixed, current_notices)


def answers(row: AnyRow, turn: Turn) -> bool:
    """Whether a fixed answer is for this question, and for where it is asked."""
    if row.municipality and row.municipality != turn.municipality:
        return False
    return any(same_question(question, turn.text) for question in row.questions)


def same_question(one: str, other: str) -> bool:
    """The same words, or at least two words of weight and the same ones, in whatever order and form."""
    if words(one) == words(other):
        return bool(words(one))
    weighty = set(terms(one))
    return len(weighty) > 1 and weighty == set(terms(other))


async def fixed_answer(row: AnyRow, given: Answer, assistant: Assistant) -> Answer:
    """The editors' text with the sources that they named, as far as the index still has them."""
    try:
        found = [source for id in row.sources if (source := await assistant.source(id)) is not None]
    except StoreError as exc:
        logger.warning("a fixed answer is given without its sources: %s", exc)
        found = []
    numbered = list(enumerate(found, 1))
    missing = "".join(f" [{number}]" for number, _ in numbered if f"[{number}]" not in row.text)
    citations = tuple(cited(number, source) for number, source in numbered)
    cards = tuple(Card(source, source.summary, number) for number, source in numbered if source.is_help)
    answer = rewritten(given, Outcome.ANSWERED, row.text + missing)
    return replace(answer, citations=citations, cards=cards)


def cited(number: int, source: Source) -> Citation:
    """A citation of what the source says first."""
    return cite(number, source, source.summary)


def concerns(row: AnyRow, turn: Turn) -> bool:
    """Whether a notice is about what was asked and answered."""
    assert turn.answer is not None
    if not turn.answer.outcome.cites and turn.answer.outcome is not Outcome.UNANSWERABLE:
        return False
    shown = [*(c.source for c in turn.answer.citations), *(c.source for c in turn.answer.cards)]
    topics = {*turn.needs, *(topic for source in shown for topic in source.topics)}
    themes = {theme for source in shown for theme in source.themes}
    return (
        (not row.municipality or row.municipality == turn.municipality)
        and (not row.theme or row.theme in themes)
        and (not row.topic or row.topic in topics)
    )


def with_notices(answer: Answer, texts: Sequence[str]) -> Answer:
    """The notices above the answer, set apart from what the sources say."""
    above = "\n\n".join(f"> **Let op:** {' '.join(text.split())}" for text in texts)
    short = f"{above}\n\n{answer.short_text}" if answer.short_text else ""
    return replace(answer, text=f"{above}\n\n{answer.text}", short_text=short)


def rewritten(given: Answer, outcome: Outcome, text: str) -> Answer:
    """An answer in the editors' words; what was understood of the question stays."""
    return Answer(
        outcome,
        text,
        engine=ENGINE,
        municipality=given.municipality,
        language=given.language,
        milliseconds=given.milliseconds,
    )
