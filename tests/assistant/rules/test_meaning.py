"""A question is known by its meaning as a whole, where the nearest examples agree."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from assistant.domain import Beyond, Outcome
from assistant.embedding import BUNDLED, Embedder, Encoding, encode_questions
from assistant.rules.examples import NO_CRISIS
from assistant.rules.meaning import (
    BEYOND,
    OURS,
    SURE,
    Meaning,
    Network,
    is_innocent,
    learned_meaning,
    likely_refusal,
    nearest_unknown,
    sure_crisis,
    sure_refusal,
)
from evals.learning import lessons

LINEAR = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], np.float32)
"""Hidden units that hand on two numbers as they are."""

TWO = Meaning(
    "a model",
    (OURS, "small_talk"),
    of_layers=Network(
        np.array([[1.0, 0.0, -1.0, 0.0, 0.0]], np.float32), np.array([[0.0, 0.0], [4.0, 0.0]], np.float32)
    ),
    of_vector=Network(LINEAR, np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.5]], np.float32)),
)
SUICIDE, TALK = "crisis_suicide", "small_talk"


def near(**scores: float) -> tuple[Beyond, ...]:
    """One example of each subject, nearest first."""
    return tuple(Beyond("…", subject, score) for subject, score in sorted(scores.items(), key=lambda kv: -kv[1]))


def test_the_shares_of_all_subjects_are_one_together() -> None:
    shares = TWO.shares(Encoding((1.0, 1.0)))

    assert shares[TALK] == pytest.approx(1 / (1 + math.exp(1.0 - 2.5)))
    assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("third", "share"), [(0.0, 1 / (1 + math.exp(-4.0))), (2.0, 0.5)], ids=["active", "at rest"])
def test_where_layers_are_told_they_are_read_instead_of_the_vector(third: float, share: float) -> None:
    encoding = Encoding((1.0, 1.0), np.array([1.0, 5.0, third, 5.0], np.float32))

    assert TWO.shares(encoding)[TALK] == pytest.approx(share)


def test_layers_of_another_width_are_not_read() -> None:
    encoding = Encoding((1.0, 1.0), np.array([1.0, 5.0], np.float32))

    assert TWO.shares(encoding) == TWO.shares(Encoding((1.0, 1.0)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik zoek een wandelclub in Meppel voor mijn moeder", None),
        ("hij zegt dat hij mij en de kinderen iets aandoet als ik wegga", "crisis_violence"),
    ],
)
@pytest.mark.parametrize("told", [True, False], ids=["its layers", "the vector alone"])
def test_what_was_learned_tells_a_crisis_from_what_is_ours(
    embedder: Embedder, text: str, expected: str | None, *, told: bool
) -> None:
    learned = learned_meaning(BUNDLED)
    [encoding] = encode_questions(embedder, [text])
    assert learned is not None
    assert encoding.layers is not None
    assert len(encoding.layers) == learned.of_layers.width

    shares = learned.shares(encoding if told else Encoding(encoding.vector))

    assert max(shares, key=lambda subject: shares[subject]) == (expected or OURS)


def test_weights_count_for_the_encoder_that_they_were_learned_with_only() -> None:
    assert learned_meaning("another/model") is None
    assert learned_meaning(BUNDLED) is not None


def test_every_crisis_and_refusal_was_learned() -> None:
    learned = learned_meaning(BUNDLED)

    assert learned is not None
    assert {OURS, BEYOND, *SURE, *(o for o in Outcome if o.is_crisis)} == set(learned.subjects)


def test_the_weights_know_the_examples_as_they_are_now() -> None:
    learned = learned_meaning(BUNDLED)
    now = Counter(subject for subject in lessons((), ()).values() if subject != OURS)

    assert learned is not None
    taught = {subject: count for subject, count in learned.lessons.items() if subject not in {OURS, BEYOND}}
    assert taught == dict(now), "the examples changed: run `python -m evals learn`"


@pytest.mark.parametrize(
    ("shares", "nearest", "expected"),
    [
        ({SUICIDE: 0.3, "crisis_danger": 0.2, OURS: 0.5}, {SUICIDE: 0.87}, Outcome.CRISIS_SUICIDE),
        ({SUICIDE: 0.2, "crisis_danger": 0.6, OURS: 0.2}, {SUICIDE: 0.87}, Outcome.CRISIS_DANGER),
        ({SUICIDE: 0.1, OURS: 0.9}, {SUICIDE: 0.87}, None),
        ({SUICIDE: 0.1, OURS: 0.9}, {SUICIDE: 0.9}, Outcome.CRISIS_SUICIDE),
        ({SUICIDE: 0.6, OURS: 0.4}, {SUICIDE: 0.85}, None),
        ({SUICIDE: 0.6, OURS: 0.4}, {SUICIDE: 0.87, NO_CRISIS: 0.88}, None),
        ({SUICIDE: 0.95, OURS: 0.05}, {SUICIDE: 0.83, NO_CRISIS: 0.82}, Outcome.CRISIS_SUICIDE),
        ({SUICIDE: 0.95, OURS: 0.05}, {SUICIDE: 0.78, NO_CRISIS: 0.78}, None),
        ({SUICIDE: 1.0, OURS: 0.0}, {}, None),
    ],
    ids=[
        "all crises count together",
        "the likeliest line is named",
        "hardly likely",
        "hardly likely, but very near",
        "a source lies about as near",
        "what only looks like one lies nearer",
        "nearly certain, and nearly as near as a source",
        "nearly certain, but a source lies much nearer",
        "no example",
    ],
)
def test_a_crisis_is_likely_as_a_whole_and_near(
    shares: dict[str, float], nearest: dict[str, float], expected: Outcome | None
) -> None:
    assert sure_crisis(shares, near(**{NO_CRISIS: 0.85} | nearest), best_source=0.85) == expected


@pytest.mark.parametrize(
    ("share", "score", "refused"),
    [(0.5, 0.85, True), (0.4, 0.85, False), (0.5, 0.80, False)],
    ids=["likely and near", "hardly likely", "a source lies nearer"],
)
def test_a_refusal_is_sure_when_it_is_likely_and_near(share: float, score: float, refused: bool) -> None:
    found = sure_refusal({TALK: share, OURS: 1 - share}, near(small_talk=score), best_source=0.85)

    assert found == (Outcome.SMALL_TALK if refused else None)


@pytest.mark.parametrize(
    ("shares", "nearest", "refused"),
    [
        ({TALK: 0.4, OURS: 0.3}, {TALK: 0.9}, True),
        ({TALK: 0.3, OURS: 0.4}, {TALK: 0.9}, False),
        ({TALK: 0.4, OURS: 0.3}, {TALK: 0.9, "paspoort": 0.91}, False),
        ({TALK: 0.4, OURS: 0.3}, {TALK: 0.84}, False),
        ({}, {TALK: 0.9}, False),
    ],
    ids=[
        "likeliest",
        "ours is likelier",
        "what no source knows lies nearer",
        "a source lies nearer",
        "nothing learned",
    ],
)
def test_what_we_cannot_answer_is_refused_as_what_it_most_looks_like(
    shares: dict[str, float], nearest: dict[str, float], refused: bool
) -> None:
    assert likely_refusal(shares, near(**nearest), best_source=0.85) == (Outcome.SMALL_TALK if refused else None)


def test_what_no_source_knows_is_neither_a_refusal_nor_a_crisis() -> None:
    nearest = near(small_talk=0.95, geen_crisis=0.94, crisis_danger=0.93, paspoort=0.9, afval=0.8)

    found = nearest_unknown(nearest)

    assert found is not None
    assert found.subject == "paspoort"
    assert nearest_unknown(near(small_talk=0.95)) is None


@pytest.mark.parametrize(
    ("distance", "share", "crisis", "lookalike", "source", "innocent"),
    [
        (True, 0.1, 0.90, 0.94, 0.90, True),
        (True, 0.1, 0.90, 0.90, 0.98, True),
        (True, 0.7, 0.90, 0.94, 0.90, False),
        (True, 0.1, 0.93, 0.90, 0.90, False),
        (False, 0.01, 0.90, 0.925, 0.85, True),
        (False, 0.01, 0.90, 0.85, 0.925, True),
        (False, 0.03, 0.90, 0.95, 0.85, False),
        (False, 0.01, 0.90, 0.915, 0.90, False),
    ],
    ids=[
        "a look-alike is nearer",
        "a source is nearer",
        "the whole looks like a crisis",
        "a crisis is nearest",
        "near by, and a look-alike is much nearer",
        "near by, and a source is much nearer",
        "near by, and the whole may be a crisis",
        "near by, and a look-alike is hardly nearer",
    ],
)
def test_words_of_a_crisis_are_innocent_when_whole_and_example_agree(
    *, distance: bool, share: float, crisis: float, lookalike: float, source: float, innocent: bool
) -> None:
    """Who does not speak from a distance must lie much farther from a crisis."""
    nearest = near(**{SUICIDE: crisis, NO_CRISIS: lookalike})

    assert is_innocent({SUICIDE: share, OURS: 1 - share}, nearest, source, from_a_distance=distance) is innocent


def test_without_any_example_of_a_crisis_nothing_is_innocent() -> None:
    shares = {SUICIDE: 0.0, OURS: 1.0}

    assert not is_innocent(shares, near(**{NO_CRISIS: 0.95}), 0.9, from_a_distance=True)
