"""The JSON of the API, as DESIGN promises it to others."""

from __future__ import annotations

import json

from assistant.domain import Answer, Card, Contact, Kind, Outcome, Selection
from assistant.presentation import (
    answer_as_json,
    citation_as_json,
    passage_as_json,
    search_result_as_json,
    source_as_json,
)
from tests.fakes import a_citation, a_passage, a_source

SEDNA = a_source(
    "emmen-inloop",
    organisation="Sedna",
    contact=Contact("0591 680800", "info@voorbeeld.nl", "Marktplein 1", "https://voorbeeld.nl", "dinsdag", "€ 1,50"),
    date="2023-05",
)


def test_an_answer_has_exactly_the_promised_fields() -> None:
    answer = Answer(
        Outcome.ANSWERED,
        "Loop binnen. [1]",
        citations=(a_citation(),),
        cards=(Card(SEDNA, SEDNA.summary, 1),),
        suggestions=("En in Assen?",),
        short_text="Loop binnen. [1]",
        selection=Selection(municipality="Emmen", kind="project", total=2),
        municipality="Emmen",
        milliseconds=12.5,
    )

    body = answer_as_json(answer, conversation="c", turn="t")

    assert {key: value for key, value in body.items() if key not in {"citations", "cards"}} == {
        "conversation": "c",
        "turn": "t",
        "outcome": "answered",
        "text": "Loop binnen. [1]",
        "suggestions": ["En in Assen?"],
        "short_text": "Loop binnen. [1]",
        "selection": {
            "query": "",
            "municipality": "Emmen",
            "theme": None,
            "topic": None,
            "kind": "project",
            "total": 2,
        },
        "municipality": "Emmen",
        "language": "nl",
        "engine": "extractive",
        "milliseconds": 12.5,
    }
    assert set(body["citations"][0]) == set(
        "number source title publisher url quote link source_date checked stale".split()
    )
    assert set(body["cards"][0]) == set(
        "source title organisation summary phone email address website opening_hours costs "
        "municipalities citation source_date stale".split()
    )


def test_an_answer_is_plain_json_with_its_dutch_letters() -> None:
    answer = Answer(Outcome.UNANSWERABLE, "Ik vond geen café in Exloërmond.")

    body = answer_as_json(answer, conversation="c", turn="t")

    assert json.loads(json.dumps(body, ensure_ascii=False)) == body


def test_a_citation_carries_its_quote_and_dates() -> None:
    citation = citation_as_json(a_citation(2, SEDNA))

    assert (citation["number"], citation["source"], citation["quote"]) == (2, "emmen-inloop", SEDNA.summary)
    assert (citation["source_date"], citation["checked"]) == ("2023-05", "2026-11-22")


def test_a_card_shows_contact_only_as_the_source_gives_it() -> None:
    answer = Answer(Outcome.ANSWERED, "", cards=(Card(SEDNA, "Samenvatting.", 1), Card(a_source("leeg"), "Niets.", 2)))

    full, empty = answer_as_json(answer, conversation="c", turn="t")["cards"]

    assert (full["phone"], full["costs"], full["summary"]) == ("0591 680800", "€ 1,50", "Samenvatting.")
    assert {empty[key] for key in ("phone", "email", "address", "website", "opening_hours", "costs")} == {None}


def test_a_search_result_has_exactly_the_promised_fields() -> None:
    passage = a_passage(a_source(kind=Kind.PROJECT), fused=0.87654321)

    assert passage_as_json(passage) == {
        "source": "emmen-inloop",
        "title": "Inloop in Emmen",
        "kind": "project",
        "summary": "De inloop in Emmen is elke dinsdag open voor wie mensen wil ontmoeten.",
        "url": "https://voorbeeld.nl/inloop",
        "municipalities": ["Emmen"],
        "themes": ["sociale basis"],
        "topics": ["eenzaamheid"],
        "score": 0.8765,
    }


def test_a_list_by_filter_has_no_scores() -> None:
    assert search_result_as_json(SEDNA, None)["score"] is None


def test_a_source_shows_its_text_and_contact_but_not_its_search_questions() -> None:
    body = source_as_json(a_source(questions=["ik ben alleen"], contact=Contact(phone="113")))

    assert body["contact"]["phone"] == "113"
    assert body["text"].startswith("De inloop in Emmen")
    assert "ik ben alleen" not in json.dumps(body)


def test_an_answer_that_is_no_list_has_no_selection() -> None:
    body = answer_as_json(Answer(Outcome.UNANSWERABLE, "Dat weet ik niet."), conversation="c", turn="t")

    assert (body["selection"], body["short_text"]) == (None, "")
