"""Rankings are scored question by question, so that two systems can be compared in pairs."""

from __future__ import annotations

import pytest

from evals.bench.quality import gains, mean, score


def test_each_question_keeps_its_own_score() -> None:
    scored = score([["a", "b"], ["x", "a"], []], [("a",), ("a",), ("a",)])

    assert scored["recall_at_5"] == [1.0, 1.0, 0.0]
    assert scored["ndcg_at_10"][0] == 1.0
    assert scored["ndcg_at_10"][1] == pytest.approx(0.6309, abs=1e-4)
    assert scored["ndcg_at_10"][2] == 0.0


def test_a_source_that_comes_twice_counts_once_at_its_best_place() -> None:
    assert score([["x", "a", "a"]], [("a",)]) == score([["x", "a"]], [("a",)])


def test_a_source_after_the_fifth_is_not_recalled() -> None:
    assert score([["1", "2", "3", "4", "5", "a"]], [("a",)])["recall_at_5"] == [0.0]


def test_the_gain_is_over_the_peer_that_is_best_at_the_measure() -> None:
    ours = {"ndcg_at_10": [1.0, 0.5], "recall_at_5": [1.0, 1.0]}
    weak = {"ndcg_at_10": [0.0, 0.0], "recall_at_5": [1.0, 0.5]}
    strong = {"ndcg_at_10": [1.0, 0.0], "recall_at_5": [0.0, 0.0]}

    ndcg, recall = gains(ours, {"weak": weak, "strong": strong})

    assert (ndcg.peer, ndcg.difference.value) == ("strong", 0.25)
    assert (recall.peer, recall.difference.value) == ("weak", 0.25)


def test_without_peers_there_is_no_gain() -> None:
    assert gains({"ndcg_at_10": [1.0], "recall_at_5": [1.0]}, {}) == ()
    assert mean([]) is None
