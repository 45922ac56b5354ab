"""Terms are explained once, in the words of a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Exchange, Outcome, Source, Statement, Turn
from assistant.writing.explaining import MOST, Term, explained, glossary
from ingest.reading import corpus_files, read_file
from tests.fakes import a_source, a_turn

CORPUS = Path(__file__).parents[3] / "corpus"
BY_NAME = {term.name: term for term in glossary()}
RESPITE = BY_NAME["respijtzorg"]


class Shelf:
    """Holds a source for every term, that says its explanation."""

    async def source(self, id: str) -> Source | None:
        return a_source(id, " ".join(f"Dit is {term.explanation}." for term in glossary() if term.source == id))


class Empty:
    """Holds nothing."""

    async def source(self, id: str) -> Source | None:
        return None


async def texts(turn: Turn, *sentences: str) -> list[str]:
    source = a_source("bron", " ".join(sentences))
    return [s.text for s in await explained(turn, [Statement(t, source, t) for t in sentences], Shelf())]


@pytest.fixture(scope="module")
def corpus() -> dict[str, str]:
    sources = (read_file(path).source for path in corpus_files(CORPUS))
    return {source.id: source.text for source in sources}


@pytest.mark.parametrize("term", [t for t in glossary() if t.source], ids=lambda term: term.name)
def test_an_explanation_stands_in_its_source(term: Term, corpus: dict[str, str]) -> None:
    assert term.explanation in corpus[str(term.source)]


def test_a_gloss_of_our_own_states_no_number() -> None:
    assert not any(c.isdigit() for term in glossary() if term.source is None for c in term.explanation)


async def test_a_term_is_explained_right_after_its_first_sentence() -> None:
    said = await texts(a_turn(), "Respijtzorg kan in Meppel.", "Vraag respijtzorg aan.")

    assert said == [
        "Respijtzorg kan in Meppel.",
        f"Met respijtzorg bedoelen we {RESPITE.explanation}.",
        "Vraag respijtzorg aan.",
    ]


async def test_an_explanation_cites_its_source() -> None:
    _, explanation = await explained(a_turn(), [Statement("Respijtzorg kan.")], Shelf())

    assert explanation.source is not None
    assert (explanation.source.id, explanation.quote) == (RESPITE.source, RESPITE.explanation)


async def test_a_professional_needs_no_explanation() -> None:
    assert await texts(a_turn(audience="professional"), "Respijtzorg kan.") == ["Respijtzorg kan."]


async def test_a_term_is_not_explained_twice_in_a_conversation() -> None:
    before = Exchange("Wat is respijtzorg?", Outcome.ANSWERED, sources=(str(RESPITE.source),))

    assert await texts(a_turn(history=(before,)), "Respijtzorg kan.") == ["Respijtzorg kan."]


async def test_a_gloss_of_our_own_is_not_given_for_a_word_that_was_asked_before() -> None:
    before = Exchange("hulp voor mantelzorgers", Outcome.ANSWERED)

    assert len(await texts(a_turn(), "Voor mantelzorgers.")) == 2
    assert len(await texts(a_turn(history=(before,)), "Voor mantelzorgers.")) == 1


async def test_a_sentence_that_explains_the_term_itself_needs_no_other() -> None:
    assert len(await texts(a_turn(), f"Wijkverpleging is {BY_NAME['wijkverpleging'].explanation}.")) == 1
    assert len(await texts(a_turn(), "Hulp bij mantelzorg (zorgen voor een naaste) in Emmen.")) == 1


async def test_no_more_terms_are_explained_than_a_reader_can_take() -> None:
    said = await texts(a_turn(), "Respijtzorg, wijkverpleging, eerstelijnsverblijf en bijzondere bijstand.")

    assert len(said) == 1 + MOST


async def test_without_its_source_a_term_stays_unexplained() -> None:
    lead = [Statement("Respijtzorg kan.")]

    assert await explained(a_turn(), lead, Empty()) == tuple(lead)


async def test_part_of_a_longer_word_is_no_term() -> None:
    assert await texts(a_turn(), "De GGZ Drenthe is open.") == ["De GGZ Drenthe is open."]
