"""Puts the golden questions, and what visitors asked most, to two generations, and shows which answers would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answering import answering_steps
from assistant.domain import Answer, Outcome, Question, Turn
from assistant.errors import CorpusError
from assistant.library import Library
from assistant.pipeline import run
from assistant.settings import Settings
from assistant.yaml_text import read_yaml
from ingest.collecting import Progress
from ingest.limits import Asked

NAME = "proefvragen.yaml"
REPLAYING = "Vragen opnieuw stellen"
LONGEST = 1500
"""Characters of an answer that a report shows."""

Expected = Literal["antwoord", "crisis", "geen antwoord"]


class Golden(BaseModel):
    """A question that must stay answered. With `bronnen`, one of them must be cited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vraag: Annotated[str, Field(min_length=3)]
    gemeente: str | None = None
    verwacht: Expected = "antwoord"
    bronnen: tuple[str, ...] = ()

    def passes(self, answer: Answer) -> bool:
        """Whether this answer is a good one."""
        if self.verwacht == "crisis":
            return answer.outcome.is_crisis
        if self.verwacht == "geen antwoord":
            return answer.outcome not in {Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE, Outcome.FAILED}
        answered = answer.outcome in {Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE}
        return answered and (not self.bronnen or not set(self.bronnen).isdisjoint(cited(answer)))


@dataclass(frozen=True, slots=True)
class Reply:
    """What of an answer is shown next to another."""

    outcome: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question of which the answer would change. `times` is how often visitors asked it, 0 for a golden one."""

    question: str
    municipality: str | None
    before: Reply
    after: Reply
    times: int = 0
    fell: bool = False
    """A golden question that was answered well, and would not be any more."""


@dataclass(frozen=True, slots=True)
class Replay:
    """How many questions were put to both generations, and which answers differ."""

    asked: int = 0
    changed: tuple[ChangedAnswer, ...] = ()

    @property
    def fallen(self) -> tuple[str, ...]:
        """The golden questions that fell."""
        return tuple(change.question for change in self.changed if change.fell)


def read_golden(corpus: Path) -> tuple[Golden, ...]:
    """The golden questions of a corpus; one without the file has none. Raises `CorpusError`."""
    path = corpus / NAME
    if not path.exists():
        return ()
    try:
        return TypeAdapter(tuple[Golden, ...]).validate_python(read_yaml(path.read_text(encoding="utf-8")) or ())
    except yaml.YAMLError as exc:
        line = getattr(getattr(exc, "problem_mark", None), "line", 0) + 1
        raise CorpusError([f"{path}:{line}: not valid YAML; check colons and quotes"]) from exc
    except ValidationError as exc:
        raise CorpusError([f"{path}:1: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()]) from exc


def unknown_sources(corpus: Path, ids: frozenset[str]) -> list[str]:
    """A golden question names sources that exist. Raises `CorpusError` when the file is wrong."""
    return [
        f"{corpus / NAME}:1: bronnen: {id!r} does not exist; name the id of a source in the corpus"
        for golden in read_golden(corpus)
        for id in golden.bronnen
        if id not in ids
    ]


async def replay(
    settings: Settings,
    live: Library,
    candidate: Library,
    golden: Sequence[Golden],
    asked: Sequence[Asked],
    progress: Progress,
) -> Replay:
    """Asks each question twice. What a generation answered well before must stay answered well."""
    questions: list[Golden | Asked] = [*golden, *asked]
    changed = []
    progress(REPLAYING, 0, len(questions))
    for done, question in enumerate(questions, 1):
        if change := await _compare(settings, live, candidate, question):
            changed.append(change)
        progress(REPLAYING, done, len(questions))
    return Replay(len(questions), tuple(sorted(changed, key=lambda c: (not c.fell, -c.times))))


async def _compare(
    settings: Settings, live: Library, candidate: Library, asked: Golden | Asked
) -> ChangedAnswer | None:
    question = question_of(asked)
    before, after = [await _answer(settings, library, question) for library in (live, candidate)]
    if _reply(before) == _reply(after):
        return None
    fell = isinstance(asked, Golden) and asked.passes(before) and not asked.passes(after)
    times = asked.times if isinstance(asked, Asked) else 0
    return ChangedAnswer(question.text, question.municipality, _reply(before), _reply(after), times, fell)


def question_of(asked: Golden | Asked) -> Question:
    """What is asked, as a visitor would."""
    if isinstance(asked, Golden):
        return Question(asked.vraag, asked.gemeente)
    return Question(asked.question, asked.municipality)


async def _answer(settings: Settings, library: Library, question: Question) -> Answer:
    turn = await run(answering_steps(settings, library), Turn(question))
    return turn.answer or Answer(Outcome.FAILED, "")


def _reply(answer: Answer) -> Reply:
    return Reply(answer.outcome.value, answer.text[:LONGEST], cited(answer))


def cited(answer: Answer) -> tuple[str, ...]:
    """The ids of what an answer rests on, in order of use, and of its cards."""
    ids = [c.source.id for c in answer.citations] + [c.source.id for c in answer.cards]
    return tuple(dict.fromkeys(ids))
