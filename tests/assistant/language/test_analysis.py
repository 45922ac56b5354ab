"""The terms that the lexical search compares, and their weights."""

from __future__ import annotations

import math

import pytest

from assistant.language.analysis import (
    fold,
    idf,
    lemma,
    question_weights,
    term_id,
    terms,
    text_weights,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Exloërmond", "exloermond"),
        ("CAFÉ ’t Hoekje", "cafe 't hoekje"),
        ("cafe\u0301", "cafe"),
        ("ĳsbaan", "ijsbaan"),
        ("één", "een"),
    ],
)
def test_folding_takes_away_capitals_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bel 0591-680800, of mail!", ["bel", "0591-680800", "of", "mail"]),
        ("auto's en mee-eten", ["auto's", "en", "mee-eten"]),
        ("€ 83,- per maand", ["83", "per", "maand"]),
        ("", []),
    ],
    ids=["numbers", "apostrophes and hyphens", "amounts", "nothing"],
)
def test_words_keep_hyphens_and_inner_apostrophes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("form", "base"), [("kinderen", "kind"), ("schulden", "schuld"), ("helpt", "helpen"), ("qwertzuiop", "qwertzuiop")]
)
def test_a_word_is_brought_to_its_dictionary_form(form: str, base: str) -> None:
    assert lemma(form) == base


def test_two_ways_of_asking_the_same_share_their_terms() -> None:
    assert set(terms("Hulp bij schulden?")) == set(terms("hulp voor mijn schuld"))


def test_stop_words_are_no_terms() -> None:
    assert terms("waar kan ik dat in de wijk doen") == [lemma("wijk")]


def test_a_word_with_a_hyphen_counts_whole_and_in_parts() -> None:
    assert set(terms("mee-eten")) >= {lemma("mee-eten"), lemma("eten")}


def test_the_dimension_of_a_term_fits_in_32_bits_and_stays_the_same() -> None:
    assert term_id("schuld") == term_id("schuld")
    assert 0 <= term_id("schuld") < 2**32
    assert term_id("schuld") != term_id("mantelzorg")


def test_a_term_that_is_repeated_weighs_more_but_never_without_end() -> None:
    once = text_weights(["koffie"], average_length=1)[term_id("koffie")]
    often = text_weights(["koffie"] * 50, average_length=50)[term_id("koffie")]

    assert once < often < 2.5


def test_a_term_weighs_less_in_a_longer_text() -> None:
    short = text_weights(["koffie", "thee"], average_length=4)
    long = text_weights(["koffie", *"abcdefgh"], average_length=4)

    assert short[term_id("koffie")] > long[term_id("koffie")]


def test_a_text_without_terms_has_an_empty_vector() -> None:
    assert text_weights([], average_length=0) == {}


def test_each_distinct_term_of_a_question_counts_once() -> None:
    assert question_weights(["koffie", "koffie", "thee"]) == {term_id("koffie"): 1.0, term_id("thee"): 1.0}


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [(0, math.log(10.5 / 0.5 + 1)), (1, math.log(9.5 / 1.5 + 1)), (10, math.log(0.5 / 10.5 + 1))],
)
def test_a_rarer_term_has_a_higher_idf_and_none_is_negative(frequency: int, expected: float) -> None:
    assert idf("koffie", {"koffie": frequency}, searched=10) == pytest.approx(expected)
    assert expected > 0
