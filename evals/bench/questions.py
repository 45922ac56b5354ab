"""What is asked: golden questions to compare answers, and a stream of questions for visitors that never ends.

No question is ever printed or kept: those of the report set must stay unseen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from assistant.domain import MUNICIPALITIES, Audience, Question, Turn
from evals.cases import Case, CaseSet, choose, load_cases
from evals.judging import is_answerable
from evals.running import Record

OPENERS = (
    "{}",
    "Goedemorgen. {}",
    "Een vraag voor mijn buurvrouw. {}",
    "Mijn broer wil dit graag weten: {}",
    "Ik vraag dit voor een cliënt. {}",
    "Weet jij dit misschien? {}",
    "Ik kom er zelf niet uit. {}",
    "Dit is voor mijn moeder. {}",
    "Kun je mij helpen? {}",
    "Ik ben vrijwilliger en krijg deze vraag vaak. {}",
    "Op mijn werk vroeg iemand: {}",
    "Nog even over iets anders. {}",
)
"""The same question in another mouth is a text that no cache has seen."""

REPEATED = 300
"""Questions that visitors share in the mix `repeated`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the sources that a fair judge accepts."""

    text: str
    municipality: str | None
    audience: Audience | None
    right: tuple[str, ...]

    @property
    def for_peers(self) -> str:
        """A peer has no field for the municipality, so whoever asks it writes it down."""
        return self.text if self.municipality is None else f"{self.text} {self.municipality}"

    def as_job(self) -> dict[str, Any]:
        """For another process."""
        return {**asdict(self), "for_peers": self.for_peers}


def golden_questions(which: CaseSet, limit: int | None = None) -> list[Asked]:
    """The stand-alone questions that the corpus answers and whose sources are known, each text once.

    A follow-up would need the earlier questions, which a bare retrieval does not get.
    """
    found: dict[str, Asked] = {}
    for case in choose(load_cases(), which):
        if case.expect.sources and not case.history and _is_answerable(case):
            found.setdefault(case.text, Asked(case.text, case.municipality, case.audience, case.expect.sources))
    chosen = list(found.values())
    random.Random(1).shuffle(chosen)  # the files hold one kind of question after the other
    return chosen[:limit]


def new_questions(texts: Sequence[str]) -> Iterator[dict[str, str | None]]:
    """Bodies for the API of which no two have the same text, without end.

    When every text was asked with every opener, a number behind it makes it new.
    """
    order = random.Random(2)
    texts = list(dict.fromkeys(texts))
    order.shuffle(texts)
    for round in count() if texts else ():
        for opener in OPENERS:
            for text in texts:
                yield _body(opener.format(text) + (f" {round}" if round else ""), order)


def repeated_questions(texts: Sequence[str]) -> Iterator[dict[str, str | None]]:
    """Bodies of which the n-th most asked comes 1/n as often as the first, without end."""
    order = random.Random(3)
    shared = [_body(text, order) for text in order.sample(list(texts), min(REPEATED, len(texts)))]
    weights = [1 / place for place in range(1, len(shared) + 1)]
    for _ in count():
        yield order.choices(shared, weights)[0]


def _body(text: str, order: random.Random) -> dict[str, str | None]:
    """Half of the visitors chose a municipality."""
    return {"question": text, "municipality": order.choice(MUNICIPALITIES) if order.random() < 0.5 else None}


def _is_answerable(case: Case) -> bool:
    return is_answerable(Record(case, Turn(Question(case.text))))
