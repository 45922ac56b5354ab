"""True and false rewordings of the corpus, and what the check on a model's sentences makes of them."""

from __future__ import annotations

import random

import pytest

from assistant.embedding import Embedder
from evals.support import FALSE, TRUE, Trial, cosine_alone, least_support, shares, try_rewordings
from tests.fakes import a_source

ONE = "Bij Sedna in Emmen kun je ook terecht voor hulp bij schulden (gratis), zodat je niet alleen staat."
NEXT = "De inloop in Assen is elke dinsdag van 10.00 tot 12.00 uur open voor iedereen."


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("without what stands in brackets", ONE.replace(" (gratis)", "")),
        ("without a light word", ONE.replace("ook ", "")),
        ("without its reason or example", "Bij Sedna in Emmen kun je ook terecht voor hulp bij schulden (gratis)."),
        ("two sentences joined", f"{ONE[:-1]} en d{NEXT[1:]}"),
    ],
)
def test_a_true_rewording(kind: str, text: str) -> None:
    assert TRUE[kind](ONE, NEXT, random.Random(1)) == text


def test_a_place_is_moved() -> None:
    assert TRUE["the place moved"]("Bij Sedna kun je praten.", "", random.Random(1)) == "Je kunt bij Sedna praten."


@pytest.mark.parametrize("kind", FALSE)
def test_a_false_rewording_is_another_sentence_or_none(kind: str) -> None:
    made = FALSE[kind]("Sedna helpt in Emmen niet alleen op 12 mei in Klazienaveen.", NEXT, random.Random(1))

    assert made
    assert made not in ONE


def test_what_the_check_lets_pass_is_counted_by_kind(embedder: Embedder) -> None:
    source = a_source(text=f"{ONE} {NEXT}")

    trials = try_rewordings([source], embedder, count=1, seed=1)

    found = shares(trials)
    assert all(share.value == 0 for (true, _), share in found.items() if not true)
    assert found[True, "without a light word"].value == 1


def test_the_least_cosine_looks_at_true_sentences_that_the_words_carry() -> None:
    def trial(cosine: float, *, true: bool = True, carried: bool = True) -> Trial:
        return Trial("kind", true, "", a_source(), carried, cosine)

    trials = [trial(0.95), trial(0.97), trial(0.5, carried=False), trial(0.4, true=False)]

    assert least_support(trials) == 0.95
    assert cosine_alone(trials) == 1.0
