"""What is read before the cards stays short."""

from __future__ import annotations

from assistant.domain import Draft, Statement
from assistant.writing.trimming import MOST_WORDS, trimmed, words
from tests.fakes import a_source

LONG = " ".join(["woord"] * 60) + "."
SOURCE = a_source("bron", f"{LONG} Kort.")
ALSO = Statement("Zie ook: “Nota”.", SOURCE, "Kort.")
TERM = Statement("Met de Wmo bedoelen we een wet.")


def quoted(text: str) -> Statement:
    return Statement(text, SOURCE, text)


def test_a_short_answer_stays_whole() -> None:
    draft = Draft(lead=(quoted("Kort."), TERM), closing=(ALSO,))

    assert trimmed(draft) == draft


def test_what_helps_least_goes_first() -> None:
    draft = trimmed(Draft(lead=(quoted(LONG), TERM, quoted(" ".join(["zin"] * 42))), closing=(ALSO,)))

    assert ALSO not in draft.closing
    assert TERM in draft.lead


def test_of_several_sources_to_see_the_last_goes_first() -> None:
    too = Statement("Of: “Verslag”.", SOURCE, "Kort.")
    draft = Draft(lead=(quoted(LONG), quoted(" ".join(["zin"] * 46))), closing=(ALSO, too))

    assert trimmed(draft).closing == (ALSO,)


def test_a_long_answer_keeps_its_first_sentence() -> None:
    draft = trimmed(Draft(lead=(quoted(LONG), TERM, quoted(LONG), quoted(LONG)), closing=(ALSO,)))

    assert draft.lead == (quoted(LONG),)
    assert words(draft) <= MOST_WORDS


def test_a_list_is_as_long_as_it_is() -> None:
    draft = Draft(lead=(quoted("Kort."),), items=(quoted(LONG), quoted(LONG)), closing=(ALSO,))

    assert trimmed(draft) == draft
