"""What a question means as a whole: the second net, that knows a crisis or a refusal in unheard words.

One example may lie near by chance; here all examples and all questions of the sources speak together, as the weights
of a small network (`meaning.json`, made by `python -m evals learn`). They fit the encoder that they were learned with
only; with another one the nearest example decides (`examples.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Beyond, Outcome
from assistant.embedding import Encoding
from assistant.rules.examples import NO_CRISIS

OURS, BEYOND = "ours", "beyond"
"""The subjects of what we look up, and of what no source knows; the others are values of `Outcome`."""

PER_LOG_ODDS, OVER_LOOKALIKE, OVER_SOURCE = 0.7, 47.0, 26.0
"""What speaks for a crisis: the log odds of the three crises together, and by how much (in cosine) the nearest example
of one lies nearer than what only looks like one, and than any question of a source. Fitted by logistic regression on
4,000 texts that the networks and the examples did not know."""

CRISIS = 1.0
"""Sum from which a question is a crisis. Chosen on two batches of 390 and 460 crises that were made to be hard and were
not learned from (there the net alone hears 87 and 82 % and takes 3 % of 1,080 ordinary sentences beside them for one),
and on the tuning set, where 0.6 hears no more and raises two more alarms."""

INNOCENT = -1.5
"""Sum below which words of a crisis in a text that speaks from a distance are harmless. In five-fold cross-validation
over the examples it ends 21 of 33 such false alarms and sets one of 23 crises aside that the rules find (in Drents)."""

FAR, FAR_LEAD = 0.02, 0.02
"""Share of the three crises together below which words of a crisis may be harmless where nothing speaks from a
distance, and how much nearer (in cosine) a look-alike or a question of a source must then lie than any example of a
crisis. In the same cross-validation it sets none of 1,281 crises aside."""

SMALLEST = 1e-4
"""A share below this is as good as none."""

SURE: Mapping[Outcome, tuple[float, float]] = {
    Outcome.REFUSED_UNSAFE: (0.45, -0.06),
    Outcome.REFUSED_MEDICAL: (0.45, -0.02),
    Outcome.REFUSED_PERSONAL_ADVICE: (0.45, -0.02),
    Outcome.REFUSED_OFF_TOPIC: (0.45, -0.02),
    Outcome.SMALL_TALK: (0.45, -0.02),
}
"""Share from which a question is refused before the sources are weighed, and the lead (in cosine) that an example of
that refusal must have over the questions of the sources. Like the rest chosen on the tuning set."""

SURELY_OURS = 0.8
"""Share from which an example of a refusal says nothing about whether the sources answer a question."""

PERHAPS = 0.3
"""Share from which a question that no source answers is refused as what it most looks like."""


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A perceptron with one hidden layer of rectified units.

    `hidden` (units, width + 1) and `scores` (subjects, units + 1) hold the weights; the last column is added as it is.
    """

    hidden: Floats
    scores: Floats

    @property
    def width(self) -> int:
        """How many numbers it reads."""
        return int(self.hidden.shape[1]) - 1

    def shares(self, numbers: Floats) -> Floats:
        """How likely each subject is, from 0 to 1 and 1 together."""
        active = np.maximum(self.hidden[:, :-1] @ numbers + self.hidden[:, -1], 0.0)
        scores = self.scores[:, :-1] @ active + self.scores[:, -1]
        powers = np.exp(scores - scores.max())
        shares: Floats = powers / powers.sum()
        return shares


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What was learned with one encoder (`model`): a network that reads its layers, and one that reads its vectors."""

    model: str
    subjects: tuple[str, ...]
    of_layers: Network
    of_vector: Network
    """For an engine that tells no layers; it hears less."""
    lessons: Mapping[str, int] = field(default_factory=dict)
    """How many questions of each subject they were learned from."""

    def shares(self, encoding: Encoding) -> dict[str, float]:
        """How likely each subject is, from 0 to 1 and 1 together."""
        if encoding.layers is not None and len(encoding.layers) == self.of_layers.width:
            shares = self.of_layers.shares(encoding.layers)
        else:
            shares = self.of_vector.shares(np.array(encoding.vector, np.float32))
        return dict(zip(self.subjects, shares.tolist(), strict=True))


def read_meaning(text: str) -> Meaning:
    """What `python -m evals learn` wrote."""
    learned = json.loads(text)
    of_layers, of_vector = (_read_network(learned[name]) for name in ("of_layers", "of_vector"))
    return Meaning(learned["model"], tuple(learned["subjects"]), of_layers, of_vector, learned["lessons"])


def _read_network(written: Mapping[str, Sequence[Sequence[float]]]) -> Network:
    return Network(*(np.array(written[name], np.float32) for name in ("hidden", "scores")))


@cache
def learned_meaning(model: str) -> Meaning | None:
    """The weights that were learned with this encoder, None for another one."""
    meaning = read_meaning((files(__package__) / "meaning.json").read_text(encoding="utf-8"))
    return meaning if meaning.model == model else None


def sure_crisis(shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float) -> Outcome | None:
    """The crisis that a question surely is; `nearest` and `best_source` are those of `nearest_outcome`."""
    if crisis_score(shares, nearest, best_source) < CRISIS:
        return None
    return Outcome(max(_crises(shares), key=lambda subject: shares[subject]))


def crisis_score(shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float) -> float:
    """How much the meaning of a question speaks for a crisis, minus infinity without any example of one."""
    example = max((_score(subject, nearest) for subject in _crises(shares)), default=0.0)
    if not example:
        return -math.inf
    share = sum(shares[subject] for subject in _crises(shares))
    log_odds = math.log((share + SMALLEST) / (1 - share + SMALLEST))
    over_lookalike, over_source = example - _score(NO_CRISIS, nearest), example - best_source
    return PER_LOG_ODDS * log_odds + OVER_LOOKALIKE * over_lookalike + OVER_SOURCE * over_source


def is_innocent(
    shares: Mapping[str, float], nearest: Sequence[Beyond], best_source: float, *, from_a_distance: bool
) -> bool:
    """Whether a question with words of a crisis means something else; `nearest` and `best_source` as in the rest."""
    example = max((_score(subject, nearest) for subject in _crises(shares)), default=0.0)
    if from_a_distance or not example:
        return example > 0 and crisis_score(shares, nearest, best_source) < INNOCENT
    share = sum(shares[subject] for subject in _crises(shares))
    return share < FAR and max(best_source, _score(NO_CRISIS, nearest)) >= example + FAR_LEAD


def _crises(shares: Mapping[str, float]) -> list[str]:
    return [subject for subject in shares if subject.startswith("crisis_")]


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
