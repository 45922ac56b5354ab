"""Which sources and sentences an answer uses."""

from __future__ import annotations

import pytest

from assistant.domain import Contact, Kind, Source
from assistant.writing.selecting import alike, best_sentences, easiest_sentence, stands_on_card, suggestions
from tests.fakes import a_passage, a_source, a_turn

INLOOP = a_source(
    text="De inloop is er voor wie mensen wil ontmoeten. Hij is open op dinsdag om 10.00 uur. "
    "Een kop koffie kost € 1,50. Bel 0591 680800. Mail naar info@voorbeeld.nl."
)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("hoe laat gaat het open?", "10.00 uur"),
        ("wat kost het?", "€ 1,50"),
        ("wat is het telefoonnummer?", "0591 680800"),
        ("hoe kan ik ze mailen?", "info@voorbeeld.nl"),
        ("waar kan ik mensen ontmoeten?", "mensen wil ontmoeten"),
    ],
    ids=["opening hours", "costs", "phone", "e-mail", "what it is"],
)
def test_the_sentence_that_answers_the_question_is_chosen(question: str, part: str) -> None:
    [statement] = best_sentences(a_turn(question), a_passage(INLOOP), 1)

    assert part in statement.text


def test_sentences_come_in_the_order_of_the_text_and_are_literal() -> None:
    statements = best_sentences(a_turn("koffie"), a_passage(INLOOP, sentence_scores=[0.1, 0.2, 0.9, 0.1, 0.8]), 2)

    assert [s.text for s in statements] == [INLOOP.sentences[2], INLOOP.sentences[4]]
    assert all(s.quote == s.text and s.source == INLOOP for s in statements)


def test_what_was_said_already_is_not_said_again() -> None:
    statements = best_sentences(
        a_turn("koffie"), a_passage(INLOOP, sentence_scores=[0, 0, 0.9]), 1, [INLOOP.sentences[2]]
    )

    assert statements[0].text != INLOOP.sentences[2]


def test_a_short_text_gives_no_more_than_it_has() -> None:
    assert len(best_sentences(a_turn(), a_passage(a_source(text="Alleen dit.")), 3)) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Hulp bij schulden is gratis.", "De hulp bij schulden is gratis!", True),
        ("Hulp bij schulden is gratis.", "De inloop is op dinsdag.", False),
        ("", "", False),
    ],
)
def test_sentences_that_say_the_same_in_nearly_the_same_words_are_alike(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bel Sedna op 0591 680800.", True),
        ("De website van Sedna is www.sedna.nl.", True),
        ("Sedna helpt bij eenzaamheid.", False),
    ],
    ids=["phone", "website", "what it does"],
)
def test_what_the_card_shows_is_recognised(sentence: str, expected: bool) -> None:
    assert stands_on_card(sentence, a_source(contact=Contact(phone="0591 680800"))) is expected


def test_a_line_of_the_card_gives_way_to_another_sentence() -> None:
    source = a_source(text="De inloop is voor iedereen. Bel 0591 680800.", contact=Contact(phone="0591 680800"))

    [statement] = best_sentences(a_turn("ik ben alleen"), a_passage(source, sentence_scores=[0.8, 0.82]), 1)

    assert statement.text == source.sentences[0]


def test_the_latest_year_goes_before_an_earlier_one() -> None:
    source = a_source(text="In 2009 was 36 procent eenzaam. In 2016 was 39 procent eenzaam.", kind=Kind.FIGURE)

    [statement] = best_sentences(a_turn("hoeveel zijn er eenzaam"), a_passage(source, sentence_scores=[0.82, 0.8]), 1)

    assert statement.text == source.sentences[1]


def test_a_professional_reads_first_who_works_together() -> None:
    source = a_source(text="De aanpak is fijn voor iedereen. Partners zijn Sedna en de gemeente sinds 2022.")
    passage = a_passage(source, sentence_scores=[0.82, 0.8])

    [first] = best_sentences(a_turn("hoe zit dat", audience="professional"), passage, 1)
    [other] = best_sentences(a_turn("hoe zit dat", audience="inwoner"), passage, 1)

    assert (first.text, other.text) == (source.sentences[1], source.sentences[0])


def test_the_easiest_sentence_has_few_and_short_words() -> None:
    source = a_source(
        text="Gemeentelijke schuldhulpverleningsorganisaties ondersteunen rekeninghouders bij betalingsachterstanden. "
        "Je krijgt hulp bij schulden."
    )

    easiest = easiest_sentence(a_turn("schulden"), a_passage(source, sentence_scores=[0.82, 0.8]))

    assert easiest is not None
    assert easiest.text == source.sentences[1]


def test_suggested_questions_are_whole_questions_of_other_sources() -> None:
    first = a_passage(a_source("een", questions=["Waar is de inloop?"]))
    other = a_passage(a_source("twee", questions=["inloop emmen", "ik ben alleen", "Is er een eettafel?", "En?"]))

    assert suggestions(a_turn("hallo daar", passages=(first, other))) == ("Is er een eettafel?",)


def test_the_question_that_was_asked_is_not_suggested() -> None:
    other = a_passage(a_source("twee", questions=["Is er een eettafel?"]))

    assert suggestions(a_turn("is er een eettafel", passages=(a_passage(), other))) == ()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (a_source("twee", questions=["Is er een eettafel?"], audience=["professional"]), ()),
        (a_source("twee", questions=["Is er een eettafel?"], topics=["werk"]), ()),
        (a_source("twee", questions=["Is er een eettafel?"]), ("Is er een eettafel?",)),
    ],
    ids=["for professionals", "about another need", "fits"],
)
def test_a_question_is_suggested_only_to_whom_it_suits(source: Source, expected: tuple[str, ...]) -> None:
    turn = a_turn("ik ben alleen", passages=(a_passage(), a_passage(source)), needs=("eenzaamheid",))

    assert suggestions(turn) == expected


def test_a_question_about_an_emergency_is_never_suggested() -> None:
    helpline = a_source("nl-113", questions=["Met wie kan ik praten over zelfmoord?", "Wanneer bel ik 112?"])

    assert suggestions(a_turn("ik kan niet koken", passages=(a_passage(), a_passage(helpline)))) == ()


def test_a_sentence_that_leans_on_another_gives_way() -> None:
    source = a_source(text="De inloop is voor iedereen. Ook wie ver weg woont, kan er binnenlopen.")

    [statement] = best_sentences(a_turn("ik ben alleen"), a_passage(source, sentence_scores=[0.8, 0.82]), 1)

    assert statement.text == source.sentences[0]
