"""Answers to “welke projecten …”."""

from __future__ import annotations

from assistant.domain import Kind
from assistant.writing.listing import SHOWN, matching, write_list
from tests.fakes import a_passage, a_source, a_turn

PROJECT = a_passage(
    a_source("project", title="Dorpssteunpunten", kind=Kind.PROJECT, municipalities=["Emmen", "Coevorden"])
)
SERVICE = a_passage(a_source("dienst", title="Inloop", municipalities=["heel Drenthe"]), fused=0.89)


def test_only_the_kind_that_was_asked_is_listed() -> None:
    turn = a_turn("Welke projecten zijn er?", passages=(SERVICE, PROJECT))

    assert [p.source.id for p in matching(turn)] == ["project"]


def test_only_the_theme_that_was_asked_is_listed() -> None:
    theme = a_passage(a_source("netwerk", themes=["netwerkaanpak"]))
    turn = a_turn("Welke bronnen gaan over de netwerkaanpak?", passages=(theme, SERVICE))

    assert [p.source.id for p in matching(turn)] == ["netwerk"]


def test_without_a_source_of_that_kind_the_nearest_are_listed() -> None:
    turn = a_turn("Welke hulplijnen zijn er?", passages=(PROJECT, SERVICE))

    assert [p.source.id for p in matching(turn)] == ["project", "dienst"]


def test_a_line_names_the_source_and_where_it_is() -> None:
    draft = write_list(a_turn("alles", passages=(PROJECT, SERVICE)))

    assert [item.text for item in draft.items] == ["**Dorpssteunpunten** (Emmen, Coevorden)", "**Inloop**"]
    assert "2 bronnen" in draft.lead[0].text


def test_one_source_is_called_one() -> None:
    assert "één bron" in write_list(a_turn("alles", passages=(PROJECT,))).lead[0].text


def test_a_long_list_is_cut_and_says_how_many_there_are() -> None:
    many = tuple(a_passage(a_source(f"dienst-{n}")) for n in range(SHOWN + 3))

    draft = write_list(a_turn("alles", passages=many))

    assert len(draft.items) == SHOWN
    assert str(SHOWN + 3) in draft.lead[0].text
    assert "3" in draft.closing[0].text
