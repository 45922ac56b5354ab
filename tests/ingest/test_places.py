"""The list of places is checked as strictly as the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Place
from assistant.errors import CorpusError
from ingest.places import read_places
from tests.small_corpus import write_corpus


def test_places_come_with_their_variants_and_those_of_drenthe_first(tmp_path: Path) -> None:
    places = read_places(write_corpus(tmp_path))

    assert Place("Klazienaveen", "Emmen", "dorp", ("Klazienaven",)) in places
    assert places[-1] == Place("Zwolle", None, "elders", (), "Overijssel")


def test_a_corpus_without_a_list_has_no_places(tmp_path: Path) -> None:
    assert read_places(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plaats,gemeente\nEmmen,Emen\n", r"plaatsen\.csv:2: gemeente 'Emen' is unknown; write one of: Aa en Hunze"),
        ("plaats,gemeente\nEmmen,Emmen\n,Emmen\n", r"plaatsen\.csv:3: plaats or gemeente is empty"),
        ("dorp,gemeente\nEmmen,Emmen\n", r"plaatsen\.csv:1: columns plaats and gemeente are needed"),
    ],
    ids=["unknown municipality", "empty name", "missing column"],
)
def test_a_mistake_is_reported_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "plaatsen.csv").write_text(text, encoding="utf-8")

    with pytest.raises(CorpusError, match=message):
        read_places(tmp_path)


def test_a_list_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    (tmp_path / "plaatsen.csv").write_bytes(b"plaats,gemeente\nExlo\xebrmond,Borger-Odoorn\n")

    with pytest.raises(CorpusError, match=r"plaatsen\.csv:1: .*UTF-8"):
        read_places(tmp_path)
