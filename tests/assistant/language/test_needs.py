"""The need behind a resident's words."""

from __future__ import annotations

import pytest

from assistant.domain import TOPICS
from assistant.language.clauses import parts_with_needs
from assistant.language.needs import PHRASES, recognise_needs


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("ik heb niemand om mee te praten", "eenzaamheid"),
        ("ik kan mijn rekeningen niet betalen", "geldzorgen"),
        ("ik zorg elke dag voor mijn man", "mantelzorg"),
        ("mijn moeder vergeet steeds meer", "dementie"),
        ("ik moet naar het ziekenhuis en heb geen auto", "vervoer"),
        ("mijn vrouw is overleden", "rouw"),
        ("mijn zoon blowt, hij is verslaafd", "verslaving"),
    ],
)
def test_a_need_is_recognised_without_its_official_name(text: str, need: str) -> None:
    assert need in recognise_needs(text)


@pytest.mark.parametrize("text", ["", "wat is gezonde marke", "hallo"])
def test_a_text_without_a_need_has_none(text: str) -> None:
    assert recognise_needs(text) == ()


def test_every_topic_of_the_corpus_has_its_words() -> None:
    assert set(PHRASES) == set(TOPICS)


def test_a_story_with_two_needs_is_cut_into_a_piece_for_each() -> None:
    text = "Ik heb hoge schulden bij de bank, en mijn moeder heeft dementie en dwaalt door het dorp."

    parts = parts_with_needs(text)

    assert len(parts) == 2
    assert all(part in text for part in parts)
    assert "schulden" in parts[0]
    assert "dementie" in parts[1]


def test_a_short_question_with_one_need_is_not_cut() -> None:
    assert parts_with_needs("Wie helpt met schulden, in Emmen?") == ()


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("mijn verwarming is kapot", "dementie"),
        ("waar meld ik verward gedrag", "dementie"),
        ("de huisarts heeft geen tijd", "wonen"),
        ("hulp bij huiselijk geweld", "wonen"),
    ],
)
def test_a_word_that_only_begins_like_a_need_is_none(text: str, other: str) -> None:
    assert other not in recognise_needs(text)
