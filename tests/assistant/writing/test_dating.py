"""How old what was quoted is."""

from __future__ import annotations

import pytest

from assistant import replies
from assistant.domain import Kind, Source, Statement
from assistant.writing.dating import dated, lacks_year
from tests.fakes import a_source


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Een kop koffie kost € 1,50.", True),
        ("Dat is 46 procent van de volwassenen.", True),
        ("Er doen 1.650 patiënten mee.", True),
        ("Er is 2,8 miljard euro.", True),
        ("In 2024 was 46 procent eenzaam.", False),
        ("Bel 0591 680800.", False),
        ("De inloop is om 10.00 uur.", False),
        ("Voor inwoners vanaf 18 jaar.", False),
    ],
    ids=["amount", "share", "count", "sum", "names its year", "phone", "time", "age"],
)
def test_a_number_needs_a_year(sentence: str, expected: bool) -> None:
    assert lacks_year(sentence) is expected


def notes(source: Source) -> list[str]:
    written = dated([Statement(text, source, text) for text in source.sentences])
    return [statement.text for statement in written if statement.text != statement.quote]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (a_source(text="Het kost 5 euro.", date="2026-03"), [replies.AS_OF.format(date="maart 2026")]),
        (a_source(text="Het kost 5 euro."), [replies.CHECKED.format(checked="november 2026")]),
        (a_source(text="Kom gerust.", date="2026-03"), []),
        (a_source(text="Kom gerust.", date="2019-05"), [replies.STALE.format(date="mei 2019")]),
        (
            a_source(text="Het is 5 procent.", date="2019-05", kind=Kind.FIGURE),
            [replies.STALE_INFORMATION.format(date="mei 2019")],
        ),
    ],
    ids=["the date of the source", "our last look", "no number", "old help", "an old figure"],
)
def test_what_is_said_of_the_age(source: Source, expected: list[str]) -> None:
    assert notes(source) == expected


def test_each_source_is_dated_behind_its_own_sentences() -> None:
    old, new = a_source("oud", "Oude zin.", date="2019-05"), a_source("nieuw", "Nieuwe zin.")

    written = dated([Statement("Oude zin.", old, "Oude zin."), Statement("Nieuwe zin.", new, "Nieuwe zin.")])

    assert [s.source.id for s in written if s.source] == ["oud", "oud", "nieuw"]


def test_a_sentence_of_no_source_is_not_dated() -> None:
    assert dated([Statement("Dat is 5 procent.")]) == (Statement("Dat is 5 procent."),)
