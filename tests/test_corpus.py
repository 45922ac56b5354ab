"""The corpus of this repository keeps its promises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant import replies
from assistant.domain import MUNICIPALITIES, Outcome, Source
from assistant.steps.find_passages import NETWORK
from ingest.checking import check_corpus
from ingest.reading import Reading


@pytest.fixture(scope="module")
def checked(real_corpus: Path) -> tuple[list[Reading], list[str]]:
    return check_corpus(real_corpus)


@pytest.fixture(scope="module")
def sources(checked: tuple[list[Reading], list[str]]) -> Mapping[str, Source]:
    return {reading.source.id: reading.source for reading in checked[0]}


def test_the_corpus_has_no_problems(checked: tuple[list[Reading], list[str]]) -> None:
    assert checked[1] == []


def test_the_ids_are_the_ones_that_others_rely_on(sources: Mapping[str, Source]) -> None:
    # A new source is added to this list; an id that was given out is never taken away.
    promised = (Path(__file__).parent / "source_ids.txt").read_text(encoding="utf-8").split()

    assert sorted(sources) == promised
    assert len(promised) == 649


def test_every_source_is_asked_for_in_three_to_twelve_ways(sources: Mapping[str, Source]) -> None:
    assert {id: n for id, source in sources.items() if not 3 <= (n := len(source.questions)) <= 12} == {}


def test_every_body_has_thirty_to_two_hundred_words(sources: Mapping[str, Source]) -> None:
    assert {id: n for id, source in sources.items() if not 30 <= (n := len(source.text.split())) <= 200} == {}


def test_every_sentence_stands_literally_in_its_text(sources: Mapping[str, Source]) -> None:
    assert [id for id, source in sources.items() if any(s not in source.text for s in source.sentences)] == []


def test_the_network_can_be_reached(sources: Mapping[str, Source]) -> None:
    assert sources[NETWORK].contact.website


@pytest.mark.parametrize("outcome", replies.CRISIS_SOURCES)
def test_the_numbers_that_we_give_in_a_crisis_stand_in_our_sources(
    sources: Mapping[str, Source], outcome: Outcome
) -> None:
    evidence = " ".join(sources[id].text for id in replies.CRISIS_SOURCES[outcome])

    for number in replies.CRISIS_NUMBERS[outcome]:
        assert re.search(rf"(?<!\d){number}(?!\d)", evidence)
        assert number in replies.CRISIS[outcome]


@pytest.mark.parametrize("outcome", replies.CRISIS)
def test_after_words_that_only_sound_like_a_crisis_we_give_its_numbers_and_no_others(outcome: Outcome) -> None:
    numbers = re.findall(r"\d[\d-]*\d", replies.IN_CASE[outcome])

    assert numbers
    assert set(numbers) <= set(replies.CRISIS_NUMBERS[outcome])


@pytest.mark.parametrize("outcome", replies.CRISIS)
def test_a_crisis_text_gives_no_number_that_is_not_accounted_for(outcome: Outcome) -> None:
    numbers = re.findall(r"\d[\d-]*\d", replies.CRISIS[outcome])

    assert set(numbers) == set(replies.CRISIS_NUMBERS[outcome])


def test_every_municipality_has_sources_of_its_own(sources: Mapping[str, Source]) -> None:
    served = {municipality for source in sources.values() for municipality in source.municipalities}

    assert set(MUNICIPALITIES) <= served
