"""What goes into the index comes out of it the same."""

from __future__ import annotations

import uuid

import pytest

from assistant.domain import Contact, Kind, Manifest, Place, Source
from assistant.errors import IndexUnavailable
from assistant.index import Point
from assistant.index.points import (
    embedded_text,
    manifest_point,
    point_id,
    read_chunk,
    read_manifest,
    read_source,
    searched_terms,
    source_points,
    texts_to_embed,
    without_questions,
)
from assistant.language.analysis import terms
from tests.fakes import HashingEmbedder, a_chunk, a_source

FULL = a_source(
    "emmen-cafe",
    "Café ’t Hoekje is er voor iedereen. Een kop koffie kost € 1,50.\n\nAanmelden hoeft niet.",
    title="Café ’t Hoekje: koffie en een praatje",
    kind=Kind.SERVICE,
    organisation="Sedna",
    municipalities=["Emmen", "Coevorden"],
    topics=["eenzaamheid", "vrijwilligerswerk"],
    audience=["inwoner", "professional"],
    contact=Contact("0591 680800", "koffie@voorbeeld.nl", None, "https://voorbeeld.nl", "dinsdag 10.00 uur", "€ 1,50"),
    date="2023-05",
    desk=True,
    questions=["Waar drink ik koffie?", "ik ben alleen"],
)


def points_of(source: Source, *texts: str, headings: tuple[str, ...] = ()) -> list[Point]:
    chunks = [a_chunk(text, source=source.id, position=n, headings=headings) for n, text in enumerate(texts)]
    embedder = HashingEmbedder()
    needed = texts_to_embed(source, chunks)
    vectors = dict(zip(needed, embedder.embed_texts([text for _, text in needed]), strict=True))
    return source_points(source, chunks, vectors, chunk_length=10.0, question_length=4.0)


def of_type(points: list[Point], type: str) -> list[Point]:
    return [point for point in points if point.payload["type"] == type]


@pytest.mark.parametrize("source", [FULL, a_source()], ids=["every field", "only what is needed"])
def test_a_source_survives_the_round_trip(source: Source) -> None:
    [point] = of_type(points_of(source, source.text), "source")

    assert read_source(point) == source


def test_a_chunk_survives_the_round_trip_with_its_sentences() -> None:
    chunk = a_chunk("Elke dinsdag open. Aanmelden hoeft niet.", position=0, headings=["Inloop", "Wanneer"])

    [point] = of_type(points_of(a_source(), chunk.text, headings=chunk.headings), "chunk")

    assert read_chunk(point) == (chunk, ("Elke dinsdag open.", "Aanmelden hoeft niet."))


def test_a_manifest_survives_the_round_trip() -> None:
    manifest = Manifest(
        generation="20261123T010203-abcdef",
        embedding_model="bundled:e5-small",
        dimension=384,
        created="2026-11-23T01:02:03+00:00",
        sources=2,
        chunks=3,
        searched=5,
        digests={"emmen-inloop": "ab12"},
        document_frequency={"koffie": 2, "één": 1},
        words={"koffie": 4},
        places=(Place("Exloërmond", "Borger-Odoorn", "dorp", ("2e Exloërmond",)), Place("Zwolle", None, "elders")),
        ground="1/0",
        desks={"Emmen": "emmen-loket"},
    )

    assert read_manifest(manifest_point(manifest)) == manifest


def test_only_the_source_and_the_manifest_have_no_vector() -> None:
    points = points_of(FULL, FULL.text)

    assert {p.payload["type"] for p in points if p.dense is None} == {"source"}
    assert {p.payload["type"] for p in points if p.sparse is not None} == {"chunk", "question"}


def test_every_point_of_a_source_can_be_filtered_like_the_source() -> None:
    points = points_of(FULL, FULL.text)

    for point in points:
        assert point.payload["source"] == "emmen-cafe"
        assert point.payload["kind"] == "dienst"
        assert point.payload["municipalities"] == ["Emmen", "Coevorden"]
        assert point.payload["topics"] == ["eenzaamheid", "vrijwilligerswerk"]


def test_each_sentence_of_a_chunk_is_a_point_that_knows_its_chunk_and_number() -> None:
    points = points_of(a_source(), "Elke dinsdag open. Aanmelden hoeft niet.", "Bel Sedna.")

    chunks = [point.id for point in of_type(points, "chunk")]
    found = [(point.payload["chunk"], point.payload["number"]) for point in of_type(points, "sentence")]
    assert found == [(chunks[0], 0), (chunks[0], 1), (chunks[1], 0)]


def test_ids_are_uuids_that_stay_the_same_and_differ_between_points() -> None:
    once, again = points_of(FULL, "Een.", "Twee."), points_of(FULL, "Een.", "Twee.")

    ids = [point.id for point in once]
    assert ids == [point.id for point in again]
    assert len(set(ids)) == len(ids)
    assert all(str(uuid.UUID(id)) == id for id in ids)


def test_a_chunk_is_embedded_with_its_title_and_headings_on_lines_of_their_own() -> None:
    chunk = a_chunk("Elke dinsdag.", headings=["Wanneer"])

    assert embedded_text(a_source(title="Inloop in Emmen"), chunk) == "Inloop in Emmen\nWanneer\nElke dinsdag."


def test_a_text_is_embedded_once_however_often_it_stands_there() -> None:
    chunks = [a_chunk("Bel Sedna.", position=0), a_chunk("Bel Sedna.", position=1)]

    texts = texts_to_embed(a_source(title="Bel Sedna."), chunks)

    assert len(texts) == len(set(texts))


def test_questions_are_embedded_as_questions_and_all_else_as_text() -> None:
    texts = texts_to_embed(FULL, [a_chunk(FULL.text)])

    assert {text for role, text in texts if role == "question"} == set(FULL.questions)


def test_the_lexical_search_compares_chunks_first_and_then_questions() -> None:
    bags = searched_terms(FULL, [a_chunk("Elke dinsdag.")])

    assert [len(bags), bags[1:]] == [3, [terms(question) for question in FULL.questions]]


@pytest.mark.parametrize(
    "payload",
    [{"type": "source", "source": "x"}, {"type": "source", "source": "x", "title": 3, "kind": "onbekend"}],
    ids=["fields are missing", "a value is no longer allowed"],
)
def test_a_source_that_this_version_cannot_read_makes_the_index_unavailable(payload: dict[str, object]) -> None:
    with pytest.raises(IndexUnavailable, match="cannot read"):
        read_source(Point(point_id("source", "x"), payload))


def test_a_chunk_without_sentences_makes_the_index_unavailable() -> None:
    [point] = of_type(points_of(a_source(), "Bel Sedna."), "chunk")
    older = {key: value for key, value in point.payload.items() if key != "sentences"}

    with pytest.raises(IndexUnavailable, match="cannot read"):
        read_chunk(Point(point.id, older))


def test_a_manifest_point_without_a_manifest_makes_the_index_unavailable() -> None:
    with pytest.raises(IndexUnavailable, match="cannot read"):
        read_manifest(Point(point_id("manifest"), {"type": "manifest"}))


def test_questions_that_are_left_out_are_gone_and_the_others_stay() -> None:
    source = without_questions(FULL, frozenset({"ik ben alleen", "een andere vraag"}))

    assert source.questions == ("Waar drink ik koffie?",)
