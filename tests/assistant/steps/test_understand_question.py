"""What a question asks, where, and what it leans on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import Exchange, Outcome, Place, Question, Turn
from assistant.language.places import PlaceFinder
from assistant.language.spelling import Speller
from assistant.steps.understand_question import TO_TALK, UnderstandQuestion
from tests.fakes import ASSEN, EMMEN, GRONINGEN, KLAZIENAVEEN, a_turn

WORDS = {"schulden": 9, "mantelzorg": 5, "mantelzorgers": 3, "hulp": 9, "inloop": 4}
EARLIER = Exchange(
    "Wie helpt mij met schulden in Emmen?",
    Outcome.ANSWERED,
    municipality="Emmen",
    search_text="Wie helpt mij met schulden",
    sources=("emmen-geldloket",),
)


async def understood(turn: Turn) -> Turn:
    places = PlaceFinder([EMMEN, KLAZIENAVEEN, ASSEN, GRONINGEN], known_words=WORDS)
    return await UnderstandQuestion(places, Speller(WORDS))(turn)


def chosen(text: str, municipality: str | None = None) -> Turn:
    return a_turn(text, question=Question(text, municipality))


@pytest.mark.parametrize(
    ("turn", "municipality"),
    [
        (chosen("hulp bij schulden in Klazienaveen"), "Emmen"),
        (chosen("hulp bij schulden in klazienaven"), "Emmen"),
        (chosen("hulp bij schulden", "Assen"), "Assen"),
        (chosen("hulp bij schulden in Klazienaveen", "Assen"), "Emmen"),
        (chosen("hulp bij schulden in Groningen", "Assen"), None),
        (chosen("hulp bij schulden"), None),
        (a_turn("hulp bij mantelzorg", history=(EARLIER,)), "Emmen"),
        (a_turn("en in Assen?", history=(EARLIER,)), "Assen"),
    ],
    ids=[
        "a village belongs to its municipality",
        "a misspelt village",
        "the one that was chosen",
        "a named place goes before the chosen one",
        "a place outside Drenthe goes before the chosen one",
        "none",
        "the one of the conversation",
        "a new place goes before the conversation",
    ],
)
async def test_the_municipality_is_the_one_that_the_visitor_means(turn: Turn, municipality: str | None) -> None:
    assert (await understood(turn)).municipality == municipality


@pytest.mark.parametrize(
    "text", ["Welke projecten zijn er in Emmen?", "noem alle organisaties", "een overzicht van regelingen graag"]
)
async def test_a_request_for_a_list_is_recognised(text: str) -> None:
    assert (await understood(a_turn(text))).wants_list


@pytest.mark.parametrize("text", ["Wie helpt mij met schulden?", "Welke dag is de inloop?", "Is alle hulp gratis?"])
async def test_another_question_is_no_request_for_a_list(text: str) -> None:
    assert not (await understood(a_turn(text))).wants_list


async def test_the_audience_is_the_one_that_was_chosen() -> None:
    turn = a_turn("hulp", question=Question("hulp", audience="professional"))

    assert (await understood(turn)).audience == "professional"


async def test_a_follow_up_is_searched_with_the_question_that_it_leans_on() -> None:
    turn = await understood(a_turn("wat kost dat?", history=(EARLIER,)))

    assert "schulden" in turn.search_text
    assert "kost" in turn.search_text


async def test_a_follow_up_about_a_detail_is_about_the_sources_that_were_cited() -> None:
    turn = await understood(a_turn("hoe kan ik ze bellen?", history=(EARLIER,)))

    assert turn.about == ("emmen-geldloket",)


async def test_a_follow_up_about_another_place_is_about_other_sources() -> None:
    turn = await understood(a_turn("en wat kost dat in Assen?", history=(EARLIER,)))

    assert turn.about == ()
    assert turn.municipality == "Assen"


@pytest.mark.parametrize("text", ["Assen", "ik woon in Assen", "in de gemeente Assen"])
async def test_a_place_alone_asks_the_earlier_question_again(text: str) -> None:
    turn = await understood(a_turn(text, history=(EARLIER,)))

    assert turn.search_text == "Wie helpt mij met schulden"
    assert turn.municipality == "Assen"


async def test_a_question_that_stands_alone_does_not_drag_the_earlier_one_along() -> None:
    turn = await understood(a_turn("Wie helpt mantelzorgers die overbelast zijn?", history=(EARLIER,)))

    assert "schulden" not in turn.search_text
    assert turn.about == ()


async def test_a_typing_mistake_is_repaired_and_said() -> None:
    turn = await understood(a_turn("hulp bij schudlen"))

    assert "schulden" in turn.search_text
    assert turn.corrected == "schulden"


async def test_the_text_that_is_kept_stays_as_it_was_typed() -> None:
    turn = await understood(a_turn("hulp bij schudlen in klazienaven"))

    assert turn.text == "hulp bij schudlen in klazienaven"


async def test_a_question_of_only_a_place_is_still_searched() -> None:
    assert (await understood(a_turn("in Emmen"))).search_text


async def test_a_follow_up_after_a_detail_leans_on_the_subject_and_not_on_the_detail() -> None:
    detail = Exchange("wat kost dat?", Outcome.ANSWERED, "Emmen", "Wie helpt mij met schulden wat kost dat?")

    turn = await understood(a_turn("en voor jongeren?", history=(EARLIER, detail)))

    assert turn.search_text == "Wie helpt mij met schulden en voor jongeren?"


@pytest.mark.parametrize("text", ["heb je ook een mailadres?", "wat zijn de openingstijden?", "welk telefoonnummer?"])
async def test_a_detail_is_asked_of_the_sources_that_were_cited(text: str) -> None:
    turn = await understood(a_turn(text, history=(EARLIER,)))

    assert turn.about == EARLIER.sources


async def test_a_source_can_be_pointed_at_by_its_number() -> None:
    two = Exchange("hulp", Outcome.ANSWERED, search_text="hulp", sources=("emmen-geldloket", "emmen-inloop"))

    turn = await understood(a_turn("en de tweede?", history=(two,)))

    assert turn.about == ("emmen-inloop",)


async def test_a_municipality_with_a_hyphen_alone_answers_our_question() -> None:
    places = PlaceFinder([Place("Midden-Drenthe", "Midden-Drenthe", "gemeente")])

    turn = await UnderstandQuestion(places, Speller(WORDS))(a_turn("Midden-Drenthe", history=(EARLIER,)))

    assert (turn.search_text, turn.municipality) == (EARLIER.search_text, "Midden-Drenthe")


async def test_only_repairs_that_carry_meaning_are_shown() -> None:
    assert (await understood(a_turn("veur mien schudlen"))).corrected == "schulden"


async def test_who_asks_in_drents_asks_for_themselves_too() -> None:
    turn = await understood(chosen("waor kan mien moe naortoe as ze vergeterig wordt"))

    assert turn.about_me


@pytest.mark.parametrize(
    ("text", "for_somebody"),
    [
        ("bakkie doen in Emmen, ben weduwe", True),
        ("Is er in onze gemeente iets voor eenzame ouderen?", True),
        ("Wat is bekend over de levensverwachting in onze provincie?", False),
        ("cijfers eenzaamheid Emmen", False),
    ],
)
async def test_who_asks_for_themselves_is_told_from_who_asks_for_a_figure(text: str, *, for_somebody: bool) -> None:
    assert (await understood(chosen(text))).about_me is for_somebody


async def test_who_only_says_how_they_feel_is_led_to_somebody_to_talk_to() -> None:
    turn = await understood(a_turn("verdrietig"))

    assert (turn.search_text, turn.about_me) == (TO_TALK, True)


async def test_the_next_door_of_an_answer_that_knew_nothing_is_no_subject() -> None:
    unknown = replace(EARLIER, outcome=Outcome.UNANSWERABLE)

    turn = await understood(a_turn("wat kost dat?", history=(unknown,)))

    assert turn.about == ()
