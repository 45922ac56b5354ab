"""Typing mistakes are repaired towards the words of the corpus; right words are never touched."""

from __future__ import annotations

import pytest

from assistant.language.sound import sound_of
from assistant.language.spelling import Repair, Speller

VOCABULARY = {
    "wijkteam": 5,
    "bijzondere": 6,
    "bijstand": 9,
    "buurt": 7,
    "maaltijd": 3,
    "preventieakkoord": 4,
    "schulden": 9,
    "mantelzorg": 5,
    "mantelzorger": 3,
    "inloop": 4,
    "eenzaam": 2,
    "dementie": 6,
}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("hulp bij schudlen", "hulp bij schulden"),
        ("mantelzrog", "mantelzorg"),
        ("ik ben eenzam", "ik ben eenzaam"),
        ("Schuldn!", "schulden!"),
        ("veur mien moeder", "voor mijn moeder"),
    ],
    ids=["swapped letters", "swapped at the end", "a letter too few", "capitals and signs", "Drents"],
)
def test_a_mistake_is_repaired(speller: Speller, text: str, repaired: str) -> None:
    assert speller.repair(text).text == repaired


@pytest.mark.parametrize(
    "text",
    [
        "hulp bij schulden",
        "een gezellige middag in de buurt",
        "mijn fiets is kapot",
        "bel 0591 680800 of mail",
        "wmo",
        "Qwertzuiop",
        "",
    ],
)
def test_a_text_without_mistakes_stays_as_it_is(speller: Speller, text: str) -> None:
    assert speller.repair(text) == Repair(text, ())


def test_every_change_is_named(speller: Speller) -> None:
    assert speller.repair("schudlen en mantelzrog").changes == (("schudlen", "schulden"), ("mantelzrog", "mantelzorg"))


def test_words_to_keep_are_kept(speller: Speller) -> None:
    assert speller.repair("schudlen", keep=frozenset({"schudlen"})).changes == ()


def test_what_was_taken_out_of_a_question_is_not_read_as_words(speller: Speller) -> None:
    assert speller.repair("mijn [bsn] en schudlen").changes == (("schudlen", "schulden"),)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("mantel zorg in de buurt", "mantelzorg in de buurt"),
        ("mantel zorch in de buurt", "mantelzorg in de buurt"),
        ("bijzonderebijstant", "bijzondere bijstand"),
        ("bijzonderebijstand", "bijzondere bijstand"),
    ],
    ids=["split", "split and misspelt", "joined and misspelt", "joined"],
)
def test_words_are_joined_and_split_as_the_corpus_writes_them(speller: Speller, text: str, repaired: str) -> None:
    assert speller.repair(text).text == repaired


@pytest.mark.parametrize(
    "text",
    ["een buurtmaaltijd", "preventieakkoorden", "WIJ-team", "SchuldMaatje", "in loop de buurt", "bel de mrna-lijn"],
    ids=["a new compound", "a plural", "capitals", "a name in two capitals", "a word too short to join", "short words"],
)
def test_a_right_word_never_becomes_another(speller: Speller, text: str) -> None:
    assert speller.repair(text).changes == ()


@pytest.mark.parametrize(
    ("heard", "word"),
    [
        ("consultasieburo", "consultatiebureau"),
        ("informasie", "informatie"),
        ("medies", "medisch"),
        ("hullep", "hulp"),
        ("arrem", "arm"),
        ("volluk", "volk"),
    ],
)
def test_a_word_spelt_as_it_sounds_has_the_sound_of_the_right_one(heard: str, word: str) -> None:
    assert sound_of(heard) == sound_of(word)
