"""What would change, in ids and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.domain import Contact, Manifest
from ingest.comparing import Difference, Piece, changed_fields, compare, word_diff
from tests.fakes import a_source


def shown(pieces: Sequence[Piece]) -> str:
    """The pieces with the signs that a terminal shows."""
    signs = {"gone": "[-{}-]", "new": "[+{}+]"}
    return " ".join(signs.get(piece.mark, "{}").format(piece.text) for piece in pieces)


def test_sources_are_new_changed_or_gone() -> None:
    live = Manifest("g", "m", 3, "2026", digests={"blijft": "a", "verandert": "b", "verdwijnt": "c"})

    difference = compare(live, {"blijft": "a", "verandert": "B", "nieuw": "d"})

    assert difference == Difference(new=("nieuw",), changed=("verandert",), gone=("verdwijnt",))


def test_without_a_live_generation_everything_is_new() -> None:
    assert compare(None, {"een": "a", "twee": "b"}) == Difference(new=("een", "twee"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Een kop koffie kost € 1,50.", "Een kop koffie kost € 2,-.", "Een kop koffie kost € [-1,50.-] [+2,-.+]"),
        ("Kom gerust binnen.", "Kom gerust een keer binnen.", "Kom gerust [+een keer+] binnen."),
        ("Bel of mail ons.", "Bel ons.", "Bel [-of mail-] ons."),
        ("", "Nieuwe tekst.", "[+Nieuwe tekst.+]"),
        ("Gelijk.", "Gelijk.", "Gelijk."),
    ],
    ids=["replaced", "added", "removed", "from nothing", "the same"],
)
def test_a_diff_shows_the_words_that_changed(before: str, after: str, expected: str) -> None:
    assert shown(word_diff(before, after)) == expected


def test_what_stayed_far_from_a_change_is_cut() -> None:
    before = " ".join(f"woord{n}" for n in range(100))

    pieces = word_diff(before, before.replace("woord50", "anders"))

    assert shown(pieces).startswith("… woord42 woord43")
    assert "[-woord50-] [+anders+]" in shown(pieces)
    assert shown(pieces).endswith("woord58 …")


def test_no_word_is_lost_between_the_texts() -> None:
    before, after = "De inloop is op dinsdag en donderdag open.", "De nieuwe inloop is elke dinsdag open."

    pieces = word_diff(before, after)

    assert " ".join(p.text for p in pieces if p.mark != "new") == before
    assert " ".join(p.text for p in pieces if p.mark != "gone") == after


def test_a_change_is_told_by_the_names_that_editors_know() -> None:
    before = a_source(contact=Contact(phone="0591 680800"))
    after = replace(before, contact=Contact(phone="0591 680801"), title="Inloop in Klazienaveen")

    fields = {name: shown(pieces) for name, pieces in changed_fields(before, after)}

    assert fields == {
        "titel": "Inloop in [-Emmen-] [+Klazienaveen+]",
        "contact": "0591 [-680800-] [+680801+]",
    }
