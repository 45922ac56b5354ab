"""A second check that needs no judge: leave out a question that editors wrote for a source, and ask it.

The question is not in the index that is asked, so finding its source takes understanding, not looking up.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import Assistant
from assistant.domain import MUNICIPALITIES, Answer, Question, Source
from assistant.language.analysis import terms
from assistant.settings import Settings
from evals.intervals import Estimate, estimate
from evals.judging import cited_ids
from ingest import refresh

SAME = 0.5
"""Share of terms in common (Jaccard) from which two bodies say the same."""

VECTORS = "vectors.sqlite"


@dataclass(frozen=True, slots=True)
class Sample:
    """A question that was left out, the source it was written for, and the ids that say the same for the same place."""

    question: str
    source: Source
    twins: frozenset[str]

    @property
    def municipality(self) -> str | None:
        """What a visitor would have chosen: the one municipality that the source is for."""
        local = [m for m in self.source.municipalities if m in MUNICIPALITIES]
        return local[0] if len(local) == len(self.source.municipalities) == 1 else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A sample and its answer."""

    sample: Sample
    answer: Answer

    def is_cited(self, *, first: bool = False, twins: bool = False) -> bool:
        """Whether the source (or, with `twins`, one that says the same) is cited; with `first`, before all others."""
        right = {self.sample.source.id} | (self.sample.twins if twins else frozenset())
        return not right.isdisjoint(cited_ids(self.answer)[: 1 if first else None])


def draw_samples(sources: Sequence[Source], count: int, seed: int) -> list[Sample]:
    """One random question of each of `count` random sources; the same for the same seed."""
    chance = random.Random(seed)
    able = sorted((s for s in sources if s.questions), key=lambda s: s.id)
    chosen = chance.sample(able, min(count, len(able)))
    return [Sample(chance.choice(source.questions), source, twins_of(source, sources)) for source in chosen]


def twins_of(source: Source, sources: Iterable[Source]) -> frozenset[str]:
    """The other sources for the same municipalities with the same title, or with half of all terms in common."""
    rivals = [s for s in sources if s.id != source.id and set(s.municipalities) == set(source.municipalities)]
    mine = set(terms(source.text))
    return frozenset(
        s.id
        for s in rivals
        if s.title.casefold() == source.title.casefold() or _jaccard(mine, set(terms(s.text))) >= SAME
    )


async def ask_left_out(settings: Settings, corpus: Path, *, count: int, seed: int) -> list[Asked]:
    """Builds an index without the questions in a temporary folder, and asks them.

    The questions are drawn from the index of `settings`, which must be in line with the corpus; the vectors that lie
    beside it are used again.
    """
    samples = draw_samples(await _all_sources(settings), count, seed)
    with TemporaryDirectory(prefix="markewijzer-evals-") as folder:
        if (settings.data_dir / VECTORS).exists():
            shutil.copy(settings.data_dir / VECTORS, folder)
        elsewhere = settings.model_copy(update={"data_dir": Path(folder), "qdrant_url": None})
        await refresh(elsewhere, corpus, left_out=frozenset(sample.question for sample in samples))
        return await _ask(elsewhere, samples)


async def _all_sources(settings: Settings) -> list[Source]:
    assistant = Assistant.open(settings=settings)
    try:
        return await assistant.sources()
    finally:
        await assistant.close()


async def _ask(settings: Settings, samples: Iterable[Sample]) -> list[Asked]:
    assistant = Assistant.open(settings=settings)
    try:
        return [Asked(s, await assistant.ask(Question(s.question, s.municipality))) for s in samples]
    finally:
        await assistant.close()


def rates(asked: Sequence[Asked]) -> dict[str, Estimate | None]:
    """The four figures, by a title to print."""
    kinds = {"the source is cited": {}, "the source is first": {"first": True}}
    return {
        title + (", or one that says the same" if twins else ""): estimate(
            [(float(a.is_cited(twins=twins, **kind)), 1.0) for a in asked]
        )
        for twins in (False, True)
        for title, kind in kinds.items()
    }


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
