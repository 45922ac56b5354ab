"""What `python -m ingest check` finds, each with file, line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.checking import check_corpus, read_corpus
from tests.small_corpus import write_corpus, write_source


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus without problems."""
    return write_corpus(tmp_path)


def problems(corpus: Path) -> list[str]:
    return check_corpus(corpus)[1]


def test_a_good_corpus_has_no_problems(corpus: Path) -> None:
    readings, found = check_corpus(corpus)

    assert (len(readings), found) == (12, [])


def test_an_id_that_is_used_twice_names_both_files(corpus: Path) -> None:
    first, second = corpus / "emmen-inloop.md", corpus / "z-kopie.md"
    second.write_text(first.read_text(encoding="utf-8").replace("dinsdag", "vrijdag").replace("Sedna", "wie dan ook"))

    assert any(
        problem.startswith(f"{second}:2: id: 'emmen-inloop' is used in {first} too; give one of them another id")
        for problem in problems(corpus)
    )


def test_a_reference_to_nowhere_is_found(corpus: Path) -> None:
    path = write_source(corpus, "verwijzing", verwijst_naar=["emmen-inloop", "bestaat-niet"], gemeenten=["Meppel"])

    [problem] = problems(corpus)

    assert problem.startswith(f"{path}:")
    assert "verwijst_naar: 'bestaat-niet' does not exist" in problem


@pytest.mark.parametrize("body", ["", "Bel ons.", "Dit is een tekst van meer dan acht woorden maar zonder punt"])
def test_a_body_without_a_full_sentence_is_found(corpus: Path, body: str) -> None:
    path = write_source(corpus, "leeg", body)

    [problem] = problems(corpus)

    assert problem.startswith(f"{path}:")
    assert "the body has no facts" in problem


@pytest.mark.parametrize("question", ["Inloop in Meppel", "inloop in meppel?"])
def test_a_question_that_copies_the_title_is_found(corpus: Path, question: str) -> None:
    body = "In Meppel staat de koffie elke donderdag klaar voor alle buurtbewoners."
    write_source(corpus, "meppel", body, titel="Inloop in Meppel", gemeenten=["Meppel"], vragen=[question])

    [problem] = problems(corpus)

    assert "copies the title" in problem


def test_two_bodies_that_say_the_same_for_the_same_place_are_found(corpus: Path) -> None:
    body = "In Meppel staat de koffie elke donderdag klaar voor alle buurtbewoners."
    first = write_source(corpus, "meppel-een", body, gemeenten=["Meppel"])
    second = write_source(corpus, "meppel-twee", f"{body} Welkom!", gemeenten=["Meppel"])

    [problem] = problems(corpus)

    assert problem.startswith(f"{first}:")
    assert f"says the same as {second}" in problem


def test_bodies_that_differ_in_place_or_number_are_not_the_same(corpus: Path) -> None:
    body = "De koffie staat elke donderdag om {} uur klaar voor alle buurtbewoners."
    write_source(corpus, "meppel-een", body.format(9), gemeenten=["Meppel"])
    write_source(corpus, "meppel-twee", body.format(10), gemeenten=["Meppel"])
    write_source(corpus, "assen-een", body.format(9), gemeenten=["Assen"])

    assert problems(corpus) == []


def test_a_second_desk_for_a_municipality_is_found(corpus: Path) -> None:
    path = write_source(
        corpus, "tweede-loket", "Nog een loket in Emmen, voor alles wat het eerste niet doet.", loket=True
    )

    assert any(p.startswith(f"{path}:") and "is the desk of Emmen already" in p for p in problems(corpus))


def test_problems_of_several_files_and_of_the_places_are_all_reported(corpus: Path) -> None:
    write_source(corpus, "een", gemeenten=["Emen"])
    write_source(corpus, "twee", soort="hulp")
    (corpus / "plaatsen.csv").write_text("plaats,gemeente\nEmmen,Emen\n", encoding="utf-8")

    found = problems(corpus)

    assert [any(part in problem for problem in found) for part in ("een.md:", "twee.md:", "plaatsen.csv:2:")] == [
        True
    ] * 3


def test_reading_for_the_index_refuses_a_file_that_is_wrong(corpus: Path) -> None:
    path = write_source(corpus, "een", gemeenten=["Emen"])

    with pytest.raises(CorpusError, match=rf"{path}:\d+: gemeenten.0: 'Emen' is unknown"):
        read_corpus(corpus)


def test_reading_for_the_index_refuses_an_id_that_is_used_twice(corpus: Path) -> None:
    (corpus / "z.md").write_bytes((corpus / "emmen-inloop.md").read_bytes())

    with pytest.raises(CorpusError, match="give one of them another id"):
        read_corpus(corpus)
