"""What the sources say nothing about is read as strictly as what they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Beyond
from assistant.errors import CorpusError
from ingest.beyond import NAME, read_beyond


def test_every_example_comes_with_its_subject(tmp_path: Path) -> None:
    text = "- onderwerp: paspoort\n  deur: gemeente\n  vragen:\n  - Hoe verleng ik mijn paspoort?\n  - paspoort kwijt\n"
    (tmp_path / NAME).write_text(text, encoding="utf-8")

    assert read_beyond(tmp_path) == (
        Beyond("Hoe verleng ik mijn paspoort?", "paspoort"),
        Beyond("paspoort kwijt", "paspoort"),
    )


def test_a_corpus_without_the_file_has_none(tmp_path: Path) -> None:
    assert read_beyond(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- onderwerp: 'geen eind\n", rf"{NAME}:\d+: not valid YAML"),
        ("- onderwerp: paspoort\n  deur: kerk\n  vragen: [paspoort]\n", rf"{NAME}:\d+: 0\.deur: .*'gemeente'"),
        ("- onderwerp: paspoort\n  deur: gemeente\n", rf"{NAME}:\d+: 0\.vragen: Field required"),
        ("onderwerp: paspoort\n", rf"{NAME}:\d+: "),
    ],
    ids=["bad YAML", "unknown door", "no questions", "no list"],
)
def test_a_mistake_names_the_file_and_the_field(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")

    with pytest.raises(CorpusError, match=message):
        read_beyond(tmp_path)
