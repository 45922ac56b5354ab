"""A text is cut along its headings into literal pieces that the encoder takes in whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Source
from ingest.chunking import CHUNK_TOKENS, split
from tests.fakes import a_source

PARAGRAPH = "Het steunpunt helpt mantelzorgers in Exloërmond, bijv. met vervangende zorg van € 83,- per dag. " * 8


def count_words(text: str) -> int:
    return len(text.split()) + 4


def long_text() -> str:
    sections = [f"## Onderwerp {n}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n- eerste punt\n- tweede punt" for n in range(6)]
    return "\n\n".join(["# Mantelzorg", "Een inleiding vooraf.", *sections])


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", ["Eén zin.", "Twee zinnen. Hier is de tweede.\n\nEn een alinea."])
def test_a_short_text_is_one_chunk(text: str) -> None:
    [chunk] = split(a_source(text=text), count_words)

    assert (chunk.text, chunk.position, chunk.source) == (text, 0, "emmen-inloop")


def test_a_long_text_becomes_chunks_within_the_limit() -> None:
    chunks = split(a_source(text=long_text()), count_words)

    assert len(chunks) > 6
    assert all(count_words(chunk.text) <= CHUNK_TOKENS + 4 for chunk in chunks)
    assert [chunk.position for chunk in chunks] == list(range(len(chunks)))


def test_every_chunk_is_literally_in_the_text_and_together_they_are_the_whole_text() -> None:
    text = long_text()

    chunks = split(a_source(text=text), count_words)

    assert all(chunk.text in text for chunk in chunks)
    assert bare("".join(chunk.text for chunk in chunks)) == bare(text)


def test_a_paragraph_that_is_longer_than_a_chunk_is_cut_between_sentences() -> None:
    text = "".join(f"Dit is zin {n} over de kosten van mantelzorg in Exloërmond. " for n in range(90)).strip()

    chunks = split(a_source(text=text), count_words)

    assert len(chunks) > 1
    assert all(chunk.text.startswith("Dit is zin") and chunk.text.endswith("Exloërmond.") for chunk in chunks)
    assert bare("".join(chunk.text for chunk in chunks)) == bare(text)


def test_no_chunk_ends_in_the_middle_of_a_sentence() -> None:
    chunks = split(a_source(text=long_text()), count_words)

    assert all(chunk.text.endswith((".", "punt", "Mantelzorg")) for chunk in chunks)


def test_a_chunk_knows_the_headings_above_it() -> None:
    text = f"# Mantelzorg\n\n## Kosten\n\n{PARAGRAPH}\n\n### Wie betaalt?\n\n{PARAGRAPH}"

    headings = {chunk.headings for chunk in split(a_source(text=text), count_words)}

    assert ("Mantelzorg", "Kosten") in headings


def test_a_sentence_that_is_longer_than_a_chunk_is_cut_and_stays_literal() -> None:
    text = "hulp " * 1000 + "einde."

    chunks = split(a_source(text=text), count_words)

    assert len(chunks) > 1
    assert all(chunk.text in text for chunk in chunks)
    assert bare("".join(chunk.text for chunk in chunks)) == bare(text)


@pytest.mark.parametrize("text", ["", "  \n\n "])
def test_an_empty_text_has_no_chunks(text: str) -> None:
    assert split(a_source(text=text), count_words) == ()


def test_the_digest_follows_from_all_that_is_embedded_and_the_id_from_the_place() -> None:
    def chunk_of(**changes: str) -> tuple[str, str]:
        source: Source = a_source(text=changes.get("text", "Kom gerust."), title=changes.get("title", "Inloop"))
        [chunk] = split(source, count_words)
        return chunk.id, chunk.digest

    same, other_text, other_title = chunk_of(), chunk_of(text="Kom niet."), chunk_of(title="Eettafel")

    assert chunk_of() == same
    assert other_text[0] == other_title[0] == same[0]
    assert len({same[1], other_text[1], other_title[1]}) == 3


WORDS = st.sampled_from(
    ["hulp", "bij", "€ 83,-", "bijv.", "o.a.", "Exloërmond.", "Ja!", "Nee?", "\n\n", "\n", "  ", "# Kop", "## Kop/twee",
     "\n- punt", "\n1. stap", "www.voorbeeld.nl", "```", "**vet**", "|", "\n\n---\n\n", "’t", "\u00a0", "\t"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_whatever_the_text_every_chunk_is_a_literal_piece_and_no_word_is_lost(text: str) -> None:
    source = a_source(text=text.strip())

    chunks = split(source, lambda piece: 20 * len(piece.split()))

    assert all(chunk.text in source.text for chunk in chunks)
    assert bare("".join(chunk.text for chunk in chunks)) == bare(source.text)
