"""Only what a source literally carries may stand in an answer."""

from __future__ import annotations

import logging

import pytest

from assistant import replies
from assistant.domain import Contact, Draft, Outcome, Statement
from assistant.steps.check_support import CheckSupport, checked, is_supported
from tests.fakes import a_source, a_turn

SOURCE = a_source(
    "emmen-inloop",
    "De inloop is elke dinsdag om 10.00 uur. Een kop koffie kost € 1,50 voor alle 46 deelnemers.",
    title="Inloop 55+ in Emmen",
    organisation="Sedna",
    contact=Contact(phone="0591 680800", email="info@voorbeeld.nl", website="https://voorbeeld.nl/inloop"),
    date="2023-05",
)
FIRST, SECOND = SOURCE.sentences


def says(text: str) -> Statement:
    """A template sentence on the first sentence of the source."""
    return Statement(text, SOURCE, FIRST)


def test_a_literal_sentence_of_its_source_may_stay() -> None:
    assert is_supported(Statement(SECOND, SOURCE, SECOND))


def test_a_sentence_without_a_source_states_no_fact_and_may_stay() -> None:
    assert is_supported(Statement(replies.UNANSWERABLE))


@pytest.mark.parametrize(
    "text",
    [
        "Vraag het bij Sedna, telefoon 0591 680800.",
        "Bel Inloop 55+ in Emmen: 0591 680800.",
        "Mail Sedna: info@voorbeeld.nl.",
        "Kijk op https://voorbeeld.nl/inloop.",
        "Deze informatie is van mei 2023; bel eerst even.",
        "Stand: mei 2023.",
        "Zie ook: “Inloop 55+ in Emmen”.",
        "**Inloop 55+ in Emmen** (Emmen)",
        f"Met de inloop bedoelen we {FIRST}.",
    ],
    ids=["door", "phone", "e-mail", "web address", "old", "date", "title", "line of a list", "explanation"],
)
def test_a_template_sentence_may_state_the_fields_of_its_source(text: str) -> None:
    assert is_supported(says(text))


@pytest.mark.parametrize(
    "text",
    [
        "Bel Sedna: 0591 680801.",
        "Bel Sedna: 0591 68080.",
        "Bel Sedna: 680800.",
        "Bel Humanitas: 0591 680800.",
        "Mail Sedna: info@ergens-anders.nl.",
        "Kijk op https://kwaad.nl/inloop.",
        "Stand: mei 2025.",
        "**Inloop 55+ in Emmen** (Assen)",
        "Met de inloop bedoelen we gratis taart.",
        "Met 0900-1234 bedoelen we " + FIRST + ".",
        "De inloop is om 10.00 uur.",
        "Een kop koffie kost € 1,50.",
        "Sedna is de beste.",
    ],
    ids=[
        "wrong phone",
        "part of a phone",
        "end of a phone",
        "name of another",
        "wrong e-mail",
        "foreign web address",
        "wrong year",
        "wrong place",
        "invented explanation",
        "a number as a term",
        "own words",
        "a number of another sentence",
        "an opinion",
    ],
)
def test_a_template_sentence_with_anything_else_is_dropped(text: str) -> None:
    assert not is_supported(says(text))


def test_a_quote_that_is_not_in_the_source_is_dropped() -> None:
    assert not is_supported(Statement("Er is elke dag koffie.", SOURCE, "Er is elke dag koffie."))


def test_a_quote_of_another_source_is_dropped() -> None:
    other = a_source("assen-inloop", "In Assen is de inloop op maandag.")

    assert not is_supported(Statement(FIRST, other, FIRST))


def test_unsupported_sentences_are_dropped_from_every_part_of_a_draft() -> None:
    good, bad = Statement(FIRST, SOURCE, FIRST), Statement("Gelogen.", SOURCE, "Gelogen.")

    draft = checked(Draft(lead=(bad, good), items=(good, bad), closing=(bad,), short=(good, bad)))

    assert (draft.lead, draft.items, draft.closing, draft.short) == ((good,), (good,), (), (good,))


async def test_a_draft_of_which_nothing_is_left_becomes_that_we_do_not_know() -> None:
    lies = Draft(lead=(Statement("Gelogen.", SOURCE, "Gelogen."),))

    turn = await CheckSupport()(a_turn(outcome=Outcome.ANSWERED, draft=lies))

    assert turn.outcome is Outcome.UNANSWERABLE
    assert turn.draft is not None
    assert turn.draft.lead[0].text == replies.UNANSWERABLE


async def test_a_supported_draft_keeps_its_outcome() -> None:
    draft = Draft(lead=(Statement(FIRST, SOURCE, FIRST),))

    turn = await CheckSupport()(a_turn(outcome=Outcome.ANSWERED, draft=draft))

    assert (turn.outcome, turn.draft) == (Outcome.ANSWERED, draft)


def test_what_was_dropped_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        is_supported(Statement("Truus is gek.", SOURCE, "Truus is gek."))

    assert "emmen-inloop" in caplog.text
    assert "Truus" not in caplog.text
