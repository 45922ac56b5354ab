"""How well a ranking of sources fits what fair judges accept, and how much better ours is, case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures

from evals.bench.figures import Gain, Score, score_of
from evals.intervals import estimate
from evals.measures.ranking import SCORES

MEASURES = ("ndcg_at_10", "recall_at_5")

Scored = Mapping[str, Sequence[float]]
"""Measure → one score for each question, in order."""


def score(rankings: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> dict[str, list[float]]:
    """Each question's scores; every accepted source counts as equally right, an empty ranking as all wrong."""
    wanted = [ir_measures.Qrel(str(n), source, 1) for n, sources in enumerate(right) for source in sources]
    found = [
        ir_measures.ScoredDoc(str(n), source, -float(place))
        for n, ranking in enumerate(rankings)
        for place, source in enumerate(dict.fromkeys(ranking))
    ]
    scores: dict[str, list[float]] = {name: [0.0] * len(right) for name in MEASURES}
    names = {str(SCORES[name]): name for name in MEASURES}
    for metric in ir_measures.iter_calc([SCORES[name] for name in MEASURES], wanted, found):
        scores[names[str(metric.measure)]][int(metric.query_id)] = float(metric.value)
    return scores


def mean(scores: Sequence[float]) -> Score | None:
    """The mean with its interval."""
    return score_of(estimate([(value, 1.0) for value in scores]))


def gains(ours: Scored, peers: Mapping[str, Scored]) -> tuple[Gain, ...]:
    """For each measure, ours against the peer that is best at it."""
    found = []
    for measure in MEASURES:
        best = max(peers, key=lambda name: sum(peers[name][measure]), default=None)
        if best is None:
            continue
        pairs = zip(ours[measure], peers[best][measure], strict=True)
        difference = mean([mine - theirs for mine, theirs in pairs])
        if difference is not None:
            found.append(Gain(measure=measure, peer=best, difference=difference))
    return tuple(found)
