"""What is said when we do not know."""

from __future__ import annotations

from assistant import replies
from assistant.domain import Contact, Draft, Evidence
from assistant.writing.refusing import write_suggestions, write_unanswerable
from tests.fakes import GRONINGEN, a_passage, a_source, a_turn

DESK = a_source("loket", "Het loket helpt.", title="Loket Emmen", contact=Contact(phone="14 0591"), desk=True)


def text_of(draft: Draft) -> str:
    return " ".join(statement.text for statement in (*draft.lead, *draft.items, *draft.closing))


def test_not_knowing_leads_to_the_desk_with_how_to_reach_it() -> None:
    draft = write_unanswerable(a_turn(door=DESK))

    assert replies.UNANSWERABLE in text_of(draft)
    assert "Vraag het bij Loket Emmen, telefoon 14 0591." in text_of(draft)
    assert draft.sources == (DESK,)


def test_without_a_desk_the_visitor_is_asked_for_a_municipality() -> None:
    assert replies.NEXT_DOOR_GENERAL in text_of(write_unanswerable(a_turn()))


def test_a_place_outside_drenthe_is_named_as_that() -> None:
    draft = write_unanswerable(a_turn(places=(GRONINGEN,)))

    assert draft.lead[0].text == replies.OUTSIDE.format(place="Groningen")


def test_suggestions_are_the_titles_of_the_nearest_three() -> None:
    passages = tuple(a_passage(a_source(f"bron-{n}", title=f"Bron {n}")) for n in range(5))

    draft = write_suggestions(a_turn(passages=passages))

    assert [item.text for item in draft.items] == ["**Bron 0**", "**Bron 1**", "**Bron 2**"]


def test_a_fact_that_no_source_holds_is_said_to_be_missing() -> None:
    turn = a_turn(passages=(a_passage(),), evidence=Evidence(0.5, missing=("phone",)))

    assert write_suggestions(turn).lead[0].text == replies.MISSING_DETAIL.format(detail=replies.DETAILS["phone"])


def test_a_name_that_no_source_knows_is_said_to_be_unknown() -> None:
    turn = a_turn(passages=(a_passage(),), evidence=Evidence(0.5, unknown_names=("Thuisanker",)))

    assert write_suggestions(turn).lead[0].text == replies.UNKNOWN_NAME.format(name="Thuisanker")


def test_every_refusal_leaves_something_to_do() -> None:
    for draft in (write_unanswerable(a_turn()), write_suggestions(a_turn(passages=(a_passage(),)))):
        assert draft.closing
