"""What a question means by its vector as a whole: the second net, that knows a crisis or a refusal in unheard words.

One example may lie near by chance; here all examples and all questions of the sources speak together, as the weights
of a logistic regression (`meaning.json`, made by `python -m evals learn`). They fit the encoder that they were learned
with only; with another one the nearest example decides (`examples.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike

from assistant.domain import Beyond, Outcome
from assistant.rules.examples import NO_CRISIS

OURS, BEYOND = "ours", "beyond"
"""The subjects of what we look up, and of what no source knows; the others are values of `Outcome`."""

CRISIS, CRISIS_LEAD = 0.4, 0.005
"""Share of the three crises together from which a question may be one, and by how much (in cosine) an example of one
must then lie nearer than any question of a source."""

LOOKALIKE_LEAD = 0.005
"""The same over any example of what only looks like a crisis."""

CERTAIN_CRISIS, CERTAIN_LEAD, CERTAIN_LOOKALIKE_LEAD = 0.7, -0.02, -0.01
"""Share from which it is enough that an example lies nearly as near as any source and any look-alike."""

INNOCENT, INNOCENT_LEAD = 0.25, -0.01
"""Share of the three crises together below which words of a crisis may be harmless, and how much nearer (in cosine) a
look-alike or a question of a source must then lie than any example of a crisis. In cross-validation over the examples
none of the 1,669 crises that the rules find stays below both and speaks from a distance."""

FAR, FAR_LEAD = 0.02, 0.02
"""The same for a text that does not speak from a distance: it must lie very much farther from every crisis. In
three-fold cross-validation over the examples this ends 11 of 67 false alarms of rules that are not certain, and sets
none of 1,402 crises aside that these rules find."""

SURE: Mapping[Outcome, tuple[float, float]] = {
    Outcome.REFUSED_UNSAFE: (0.6, -0.06),
    Outcome.REFUSED_MEDICAL: (0.6, -0.02),
    Outcome.REFUSED_PERSONAL_ADVICE: (0.6, -0.02),
    Outcome.REFUSED_OFF_TOPIC: (0.6, -0.02),
    Outcome.SMALL_TALK: (0.6, -0.02),
}
"""Share from which a question is refused before the sources are weighed, and the lead (in cosine) that an example of
that refusal must have over the questions of the sources. Like the rest chosen on the tuning set."""

SURELY_OURS = 0.8
"""Share from which an example of a refusal says nothing about whether the sources answer a question."""

PERHAPS = 0.3
"""Share from which a question that no source answers is refused as what it most looks like."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A linear reading of the vectors of one encoder (`model`).

    A subject's score is the product of its weights with the vector, plus its constant.
    """

    model: str
    subjects: tuple[str, ...]
    weights: ArrayLike
    """A row of numbers for each subject."""
    constants: ArrayLike
    lessons: Mapping[str, int] = field(default_factory=dict)
    """How many questions of each subject it was learned from."""

    def shares(self, vector: Sequence[float]) -> dict[str, float]:
        """How likely each subject is, from 0 to 1 and 1 together."""
        scores = (np.asarray(self.weights) @ np.asarray(vector) + np.asarray(self.constants)).tolist()
        most = max(scores)
        powers = [math.exp(score - most) for score in scores]
        total = sum(powers)
        return {subject: power / total for subject, power in zip(self.subjects, powers, strict=True)}


def read_meaning(text: str) -> Meaning:
    """What `python -m evals learn` wrote."""
    learned = json.loads(text)
    rows = learned["subjects"]
    weights = np.array([row["weights"] for row in rows.values()])
    constants = np.array([row["constant"] for row in rows.values()])
    return Meaning(learned["model"], tuple(rows), weights, constants, learned["lessons"])


@cache
def learned_meaning(model: str) -> Meaning | None:
    """The weights that were learned with this encoder, None for another one."""
    meaning = read_meaning((files(__package__) / "meaning.json").read_text(encoding="utf-8"))
    return meaning if meaning.model == model else None


def sure_crisis(shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float) -> Outcome | None:
    """The crisis that a question surely is; `nearest` and `best_source` are those of `nearest_outcome`.

    An example of it must also lie as near as any ordinary question that no source answers.
    """
    crises = {subject: share for subject, share in shares.items() if subject.startswith("crisis_")}
    example = max((_score(subject, nearest) for subject in crises), default=0.0)
    share = sum(crises.values())
    lead, over_lookalike = (
        (CERTAIN_LEAD, CERTAIN_LOOKALIKE_LEAD) if share >= CERTAIN_CRISIS else (CRISIS_LEAD, LOOKALIKE_LEAD)
    )
    unknown = nearest_unknown(nearest)
    ordinary = unknown.score if unknown else 0.0
    needed = max(best_source + lead, _score(NO_CRISIS, nearest) + over_lookalike, ordinary)
    if share < CRISIS or example < needed:
        return None
    return Outcome(max(crises, key=lambda subject: crises[subject]))


def is_innocent(
    shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float, *, from_a_distance: bool
) -> bool:
    """Whether a question with words of a crisis means something else; `nearest` and `best_source` as in the rest."""
    limit, lead = (INNOCENT, INNOCENT_LEAD) if from_a_distance else (FAR, FAR_LEAD)
    crises = [subject for subject in shares if subject.startswith("crisis_")]
    example = max((_score(subject, nearest) for subject in crises), default=0.0)
    share = sum(shares[subject] for subject in crises)
    return example > 0 and share < limit and max(best_source, _score(NO_CRISIS, nearest)) >= example + lead


def sure_refusal(shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float) -> Outcome | None:
    """The refusal, or the small talk, that a question surely is."""
    for outcome, (share, lead) in SURE.items():
        if shares.get(outcome, 0.0) >= share:
            return outcome if _score(outcome, nearest) >= best_source + lead else None
    return None


def likely_refusal(shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float) -> Outcome | None:
    """What a question most looks like when no source answers it, None when that is no refusal.

    An example of it must lie as near as any source, and as any example of what no source knows.
    """
    likeliest = max(shares, key=lambda subject: shares[subject], default=OURS)
    if likeliest not in SURE or shares[likeliest] < PERHAPS:
        return None
    unknown = nearest_unknown(nearest)
    others = max(best_source, unknown.score if unknown else 0.0)
    return Outcome(likeliest) if _score(likeliest, nearest) >= others else None


def nearest_unknown(nearest: Sequence[Beyond]) -> Beyond | None:
    """The nearest example of what no source knows, leaving out refusals and crises; `nearest` is in order."""
    return next((example for example in nearest if example.subject not in {NO_CRISIS, *Outcome}), None)


def _score(subject: str, nearest: Sequence[Beyond]) -> float:
    """The cosine of the nearest example of a subject, 0 without one."""
    return max((example.score for example in nearest if example.subject == subject), default=0.0)
