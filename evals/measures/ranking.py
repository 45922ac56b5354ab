"""How well the search ranks, apart from what the answer does with it; computed by ir-measures."""

from __future__ import annotations

from functools import lru_cache, partial

import ir_measures
from ir_measures import RR, R, Success, nDCG

from evals.intervals import Count
from evals.judging import is_answerable
from evals.measures.measure import Measure
from evals.running import Record

SCORES = {"success_at_5": Success @ 5, "recall_at_5": R @ 5, "rr_at_10": RR @ 10, "ndcg_at_10": nDCG @ 10}


def ranking_score(record: Record, name: str) -> Count | None:
    """One score of the passages as they were ranked, where the search ran and the right sources are known."""
    right = record.case.expect.sources
    if not right or not is_answerable(record) or "FindPassages" not in record.turn.milliseconds:
        return None
    ranking = tuple(passage.source.id for passage in record.turn.passages)
    return _scores(ranking, right)[name], 1.0


@lru_cache(maxsize=4096)
def _scores(ranking: tuple[str, ...], right: tuple[str, ...]) -> dict[str, float]:
    """Every accepted source counts as equally right."""
    if not ranking:
        return dict.fromkeys(SCORES, 0.0)
    wanted = [ir_measures.Qrel("q", source, 1) for source in right]
    found = [ir_measures.ScoredDoc("q", source, -float(place)) for place, source in enumerate(ranking)]
    values = ir_measures.calc_aggregate(list(SCORES.values()), wanted, found)
    return {name: float(values[score]) for name, score in SCORES.items()}


def _measure(name: str, title: str) -> Measure:
    return Measure(name, "Ranking of the search", title, partial(ranking_score, name=name))


RANKING: tuple[Measure, ...] = (
    _measure("success_at_5", "Success@5: a right source among the first five"),
    _measure("recall_at_5", "R@5: of all accepted sources, those among the first five"),
    _measure("rr_at_10", "RR@10: one over the place of the first right source"),
    _measure("ndcg_at_10", "nDCG@10"),
)
