"""A person in danger is answered first, with or without an index."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from assistant import replies
from assistant.domain import Beyond, Outcome, Question, Source, Turn
from assistant.embedding import Encoding
from assistant.errors import IndexUnavailable
from assistant.library import Library
from assistant.rules.examples import NO_CRISIS
from assistant.rules.meaning import OURS, Meaning, Network
from assistant.steps import watch_for_crisis
from assistant.steps.watch_for_crisis import WatchForCrisis
from tests.fakes import a_turn

CRISES = [
    ("ik wil niet meer leven", Outcome.CRISIS_SUICIDE),
    ("mijn man ligt op de grond en ademt niet meer", Outcome.CRISIS_DANGER),
    ("mijn man slaat mij", Outcome.CRISIS_VIOLENCE),
]


@pytest.mark.parametrize(("text", "outcome"), CRISES, ids=[outcome for _, outcome in CRISES])
async def test_without_an_index_the_numbers_are_given(text: str, outcome: Outcome) -> None:
    turn = await WatchForCrisis(None)(a_turn(text))

    assert turn.answer is not None
    assert turn.answer.outcome is outcome
    assert all(number in turn.answer.text for number in replies.CRISIS_NUMBERS[outcome])
    assert turn.answer.cards == ()
    assert turn.answer.citations == ()


@pytest.mark.parametrize(("text", "outcome"), CRISES, ids=[outcome for _, outcome in CRISES])
async def test_with_an_index_the_helplines_are_cards_with_a_literal_quote(
    library: Library, text: str, outcome: Outcome
) -> None:
    turn = await WatchForCrisis(library)(a_turn(text))

    assert turn.answer is not None
    assert [card.source.id for card in turn.answer.cards] == list(replies.CRISIS_SOURCES[outcome])
    for citation in turn.answer.citations:
        assert citation.quote in citation.source.text
    assert [card.citation for card in turn.answer.cards] == [c.number for c in turn.answer.citations]


async def test_somebody_who_names_a_place_also_sees_its_desk(library: Library) -> None:
    turn = await WatchForCrisis(library)(a_turn("ik wil niet meer leven, ik woon in Klazienaveen"))

    assert turn.answer is not None
    assert turn.municipality == "Emmen"
    assert turn.answer.cards[-1].source.id == "emmen-geldloket"


async def test_the_text_as_typed_is_read_not_only_what_is_left_of_it() -> None:
    turn = await WatchForCrisis(None)(Turn(Question("ik wil niet meer leven"), text="iets anders"))

    assert turn.answer is not None
    assert turn.answer.outcome is Outcome.CRISIS_SUICIDE


async def test_an_ordinary_question_goes_on() -> None:
    turn = await WatchForCrisis(None)(a_turn("Waar is er een inloop in Emmen?"))

    assert not turn.finished
    assert not turn.distressed


async def test_the_text_of_a_crisis_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await WatchForCrisis(None)(a_turn("ik wil niet meer leven sinds Truus weg is"))

    assert "crisis_suicide" in caplog.text
    assert "Truus" not in caplog.text


BOOK = "Ik zoek een boek over een meisje dat zichzelf snijdt"
"""A rule finds words of a crisis here, and it is not certain."""

LOOKALIKE = (Beyond("…", NO_CRISIS, 0.95), Beyond("…", "crisis_suicide", 0.85))
CRISIS = (Beyond("…", "crisis_suicide", 0.95), Beyond("…", NO_CRISIS, 0.85))


@dataclass
class FixedSearch:
    """Knows beforehand how near the examples lie; `failure` is raised, and `wait` seconds pass, before it says so."""

    nearest: Sequence[Beyond]
    failure: Exception | None = None
    wait: float = 0.0
    asked: list[str] = field(default_factory=list)

    async def encoding(self, text: str) -> Encoding:
        self.asked.append(text)
        await asyncio.sleep(self.wait)
        if self.failure:
            raise self.failure
        return Encoding((1.0,))

    async def examples(self, text: str, words: str) -> tuple[Sequence[Beyond], float]:
        return self.nearest, 0.8

    def known(self, id: str) -> Source | None:
        return None


def a_meaning(share: float) -> Meaning:
    """Reads everything as a question for us that has this share of a crisis."""
    always = Network(np.zeros((1, 2), np.float32), np.array([[0.0, math.log(1 - share)], [0.0, math.log(share)]]))
    return Meaning("a model", (OURS, "crisis_suicide"), always, always)


INNOCENT, DOUBTFUL = a_meaning(0.01), a_meaning(0.1)


async def watched(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    text: str = BOOK,
    *,
    search: FixedSearch,
    meaning: Meaning | None = INNOCENT,
) -> Turn:
    monkeypatch.setattr(library, "search", search)
    return await WatchForCrisis(library, learned=lambda model: meaning)(a_turn(text))


async def test_words_of_a_crisis_in_a_book_are_none(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = await watched(library, monkeypatch, search=FixedSearch(LOOKALIKE))

    assert not turn.finished
    assert turn.set_aside is Outcome.CRISIS_SUICIDE


NEAR = "Mijn dochter snijdt zichzelf altijd bij het koken"
"""The same rule, in words that do not speak from a distance."""


async def test_what_does_not_speak_from_a_distance_must_lie_very_far_from_every_crisis(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = FixedSearch(LOOKALIKE)

    assert not (await watched(library, monkeypatch, NEAR, search=search)).finished
    assert (await watched(library, monkeypatch, NEAR, search=search, meaning=DOUBTFUL)).finished
    assert not (await watched(library, monkeypatch, BOOK, search=search, meaning=DOUBTFUL)).finished


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        (BOOK, CRISIS),
        ("Ik zoek een boek, maar eigenlijk wil ik dood", LOOKALIKE),
        ("Mijn dochter snijdt zichzelf", LOOKALIKE),
        (f"{NEAR}. {'Ze is er al lang mee bezig en wij weten niet wat we moeten. ' * 4}", LOOKALIKE),
        ("Mój mąż mnie bije, gdzie jest film", LOOKALIKE),
    ],
    ids=["an example of a crisis is nearer", "a certain rule", "a cry", "a long story", "another language"],
)
async def test_one_sign_that_misses_is_enough_to_answer_the_crisis(
    library: Library, monkeypatch: pytest.MonkeyPatch, text: str, nearest: Sequence[Beyond]
) -> None:
    turn = await watched(library, monkeypatch, text, search=FixedSearch(nearest))

    assert turn.answer is not None
    assert turn.answer.outcome.is_crisis


async def test_an_encoder_without_learned_weights_excuses_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await watched(library, monkeypatch, search=FixedSearch(LOOKALIKE), meaning=None)).finished


@pytest.mark.parametrize(
    "failure", [IndexUnavailable("away"), RuntimeError("the encoder broke")], ids=["index", "encoder"]
)
async def test_when_the_meaning_cannot_be_known_the_crisis_is_answered(
    library: Library, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    assert (await watched(library, monkeypatch, search=FixedSearch(LOOKALIKE, failure))).finished


async def test_a_slow_index_does_not_hold_up_a_crisis(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_for_crisis, "PATIENCE", 0.01)

    assert (await watched(library, monkeypatch, search=FixedSearch(LOOKALIKE, wait=5))).finished


async def test_a_clear_crisis_is_answered_without_asking_the_index(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = FixedSearch(LOOKALIKE)

    await watched(library, monkeypatch, "ik weet niet meer wat ik moet, ik wil dood", search=search)

    assert search.asked == []


async def test_only_the_screened_text_reaches_the_search(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    search = FixedSearch(LOOKALIKE)
    monkeypatch.setattr(library, "search", search)
    turn = Turn(Question(f"{BOOK}, bel 06 12345678"), text=f"{BOOK}, bel [telefoon]")

    await WatchForCrisis(library, learned=lambda model: INNOCENT)(turn)

    assert search.asked == [turn.text]
