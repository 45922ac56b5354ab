"""A file of the corpus becomes a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from ingest.reading import corpus_files, read_file
from tests.small_corpus import write_corpus, write_source


def test_a_file_is_read_with_its_text_and_where_that_starts(tmp_path: Path) -> None:
    path = write_source(tmp_path, "emmen-inloop", "# Kop\n\nKom gerust binnen.")

    reading = read_file(path)

    assert reading.source.text == "# Kop\n\nKom gerust binnen."
    assert path.read_text(encoding="utf-8").splitlines()[reading.body_line] == "# Kop"


def test_the_digest_changes_with_any_byte_and_only_then(tmp_path: Path) -> None:
    path = write_source(tmp_path)
    before = read_file(path).digest

    assert read_file(path).digest == before
    path.write_bytes(path.read_bytes() + b" ")
    assert read_file(path).digest != before


def test_windows_line_ends_make_no_difference_to_the_text(tmp_path: Path) -> None:
    path = write_source(tmp_path, body="Eerste alinea.\n\nTweede alinea.")
    unix = read_file(path).source
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_file(path).source == unix


def test_a_line_of_dashes_in_the_text_does_not_end_the_front_matter(tmp_path: Path) -> None:
    path = write_source(tmp_path, body="Boven de streep.\n\n---\n\nOnder de streep.")

    assert read_file(path).source.text.endswith("Onder de streep.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Alleen tekst.\n", ":1: no front matter"),
        (b"---\nid: x\nzonder eind\n", ":1: no front matter"),
        (b"", ":1: no front matter"),
        (b"---\nid: caf\xe9\n---\n", ":1: cannot be read"),
        (b"---\nid: x\nsoort: hulp\n---\n", ":3: soort: "),
    ],
    ids=["no fence", "no closing fence", "empty", "not UTF-8", "a wrong field"],
)
def test_a_file_that_cannot_be_read_is_reported_with_its_path_and_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "kapot.md"
    path.write_bytes(content)

    with pytest.raises(CorpusError) as caught:
        read_file(path)

    assert all(problem.startswith(f"{path}:") for problem in caught.value.problems)
    assert any(problem.startswith(f"{path}{message}") for problem in caught.value.problems)


def test_a_kind_of_file_without_a_reader_is_refused_with_the_known_kinds(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no reader for '\.docx', only for .*\.md"):
        read_file(tmp_path / "tarieven.docx")


def test_the_files_of_a_corpus_are_sorted_and_hold_only_sources(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    write_source(tmp_path / "hulp" / "emmen", "emmen-dieper")
    (tmp_path / "README.md").write_text("Uitleg.", encoding="utf-8")
    (tmp_path / "notitie.txt").write_text("Niets.", encoding="utf-8")

    files = list(corpus_files(tmp_path))

    assert len(files) == 13
    assert files == sorted(files)
    assert not {path.name for path in files} & {"README.md", "notitie.txt", "plaatsen.csv"}


def test_a_corpus_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nergens:1: no such folder.*--corpus"):
        list(corpus_files(tmp_path / "nergens"))
