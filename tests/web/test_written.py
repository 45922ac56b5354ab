"""An answer as one text loses nothing that the page shows, and says nothing twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.presentation import answer_as_json
from tests.web.fake_assistant import SEDNA, answered, cite
from web.interventions import with_notices
from web.written import left_over, source_line, under_the_text, written_out

ANSWER = answered("Emmen")


def as_json(answer: Any) -> dict[str, Any]:
    return answer_as_json(answer, conversation="", turn="")


def test_who_heard_every_sentence_only_misses_what_stands_under_them() -> None:
    answer = as_json(ANSWER)

    assert left_over(answer, ANSWER.text) == under_the_text(answer)
    assert ANSWER.text + left_over(answer, ANSWER.text) == written_out(answer)


def test_who_heard_nothing_gets_it_all() -> None:
    answer = as_json(ANSWER)

    assert left_over(answer, "") == written_out(answer)


def test_a_notice_of_the_editors_comes_after_what_was_told_already() -> None:
    answer = as_json(with_notices(ANSWER, ["De balie is dicht."]))

    rest = left_over(answer, ANSWER.text)

    assert rest.startswith("\n\n> **Let op:** De balie is dicht.\n\n**Hier kun je terecht**")
    assert "Samen koffiedrinken" not in rest


def test_an_answer_that_became_another_one_is_told_whole() -> None:
    rest = left_over(as_json(ANSWER), "Een zin die niet in het antwoord staat.")

    assert rest.strip().startswith(ANSWER.text)


def test_a_fixed_reply_has_nothing_under_it() -> None:
    assert under_the_text(as_json(replace(ANSWER, citations=(), cards=()))) == ""


def test_brackets_in_a_title_do_not_break_its_link() -> None:
    citation = cite(replace(SEDNA, title="Wet [Wgs]", date=None), 3)

    line = source_line(as_json(replace(ANSWER, citations=(citation,)))["citations"][0])

    assert line.startswith("- [3] [Wet (Wgs)](<https://www.sedna-emmen.nl/")
    assert line.endswith("Sedna, gecontroleerd op 22 november 2026.")
