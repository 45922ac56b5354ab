"""Which sources and sentences an answer uses."""

from __future__ import annotations

import pytest

from assistant.writing.selecting import alike, best_sentences, near_best, shared_topic, suggestions
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


def test_only_passages_close_to_the_best_belong_to_the_answer() -> None:
    best, near, far = a_passage(fused=0.9), a_passage(fused=0.88), a_passage(fused=0.7)

    assert near_best([best, near, far]) == [best, near]
    assert near_best([]) == []


@pytest.mark.parametrize(
    ("topics", "shared"),
    [
        ([["eenzaamheid"], ["eenzaamheid", "wonen"], ["wonen"]], "eenzaamheid"),
        ([["eenzaamheid"], ["wonen"], ["werk"]], None),
        ([[], ["wonen"]], None),
        ([], None),
    ],
    ids=["most have it", "each its own", "the first has none", "no sources"],
)
def test_a_shared_topic_is_one_that_most_sources_have(topics: list[list[str]], shared: str | None) -> None:
    assert shared_topic([a_source(str(n), topics=t) for n, t in enumerate(topics)]) == shared


def test_suggested_questions_are_whole_questions_of_other_sources() -> None:
    first = a_passage(a_source("een", questions=["Waar is de inloop?"]))
    other = a_passage(a_source("twee", questions=["inloop emmen", "ik ben alleen", "Is er een eettafel?", "En?"]))

    assert suggestions(a_turn("hallo daar", passages=(first, other))) == ("Is er een eettafel?",)


def test_the_question_that_was_asked_is_not_suggested() -> None:
    other = a_passage(a_source("twee", questions=["Is er een eettafel?"]))

    assert suggestions(a_turn("is er een eettafel", passages=(a_passage(), other))) == ()
