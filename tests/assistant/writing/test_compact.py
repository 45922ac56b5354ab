"""Answers for a professional."""

from __future__ import annotations

from assistant.domain import Contact, Kind, Scores
from assistant.writing.compact import write_compact
from tests.fakes import a_passage, a_source, a_turn

PROJECT = a_source(
    "project",
    "Het project is fijn. Partners zijn Sedna en de gemeente sinds 2026.",
    kind=Kind.PROJECT,
    title="Optimaal Leven",
    contact=Contact(phone="0591 680800", email="info@voorbeeld.nl"),
)
FITTING = Scores(base=0.89, fused=0.89, question=0.95)


def test_each_sentence_has_its_line_and_the_contact_follows() -> None:
    draft = write_compact(a_turn(passages=(a_passage(PROJECT),), audience="professional"))

    assert [item.text for item in draft.items] == [
        *PROJECT.sentences,
        "Contact: Optimaal Leven, 0591 680800, info@voorbeeld.nl.",
    ]


def test_the_heading_names_the_subject_and_the_place_and_is_not_warm() -> None:
    turn = a_turn("eenzaamheid", passages=(a_passage(PROJECT),), municipality="Emmen", needs=("eenzaamheid",))

    assert [s.text for s in write_compact(turn).lead] == ["Over eenzaamheid in Emmen:"]


def test_further_sources_are_named_when_they_are_near() -> None:
    names = ("zorg", "wonen", "werk", "geld")
    second, third, fourth, far = (a_source(n, f"Over {n}.", kind=Kind.POLICY, title=f"Nota {n}") for n in names)
    near = (a_passage(second, scores=FITTING), a_passage(third, scores=FITTING), a_passage(fourth, scores=FITTING))

    draft = write_compact(a_turn(passages=(a_passage(PROJECT), *near, a_passage(far, fused=0.7))))

    assert [s.text for s in draft.closing] == ["Zie ook: “Nota wonen”.", "Of: “Nota werk”."]
