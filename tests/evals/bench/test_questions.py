"""Visitors never meet a cache by accident, and a peer is asked what we are asked."""

from __future__ import annotations

from itertools import islice

from evals.bench.questions import OPENERS, Asked, golden_questions, new_questions, repeated_questions
from evals.cases import CaseSet, choose, load_cases

TEXTS = [f"Wie helpt mij met vraag {n}?" for n in range(50)]


def test_no_new_question_is_asked_twice() -> None:
    many = 3 * len(TEXTS) * len(OPENERS)

    texts = [body["question"] for body in islice(new_questions(TEXTS), many)]

    assert len(texts) == len(set(texts)) == many
    assert list(new_questions([])) == []


def test_new_questions_are_the_same_in_every_run() -> None:
    assert list(islice(new_questions(TEXTS), 500)) == list(islice(new_questions(TEXTS), 500))


def test_a_repeated_question_comes_back_the_more_the_more_it_is_asked() -> None:
    asked = [body["question"] for body in islice(repeated_questions(TEXTS), 2000)]

    counts = sorted((asked.count(text) for text in set(asked)), reverse=True)
    assert counts[0] > 5 * counts[20]
    assert len(counts) <= len(TEXTS)


def test_golden_questions_stand_alone_and_have_known_sources() -> None:
    cases = {case.text: case for case in choose(load_cases(), CaseSet.TUNE)}

    asked = golden_questions(CaseSet.TUNE)

    assert len(asked) > 100
    assert all(question.right for question in asked)
    assert not any(cases[question.text].history for question in asked)
    assert len({question.text for question in asked}) == len(asked)


def test_a_peer_reads_the_municipality_that_the_visitor_chose() -> None:
    assert Asked("Wie helpt mij?", "Emmen", None, ("a",)).for_peers == "Wie helpt mij? Emmen"
    assert Asked("Wie helpt mij?", None, None, ("a",)).for_peers == "Wie helpt mij?"
