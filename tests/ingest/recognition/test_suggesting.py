"""What is recognised is literally there, and useful often enough to be worth a look."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Source
from ingest.places import read_places
from ingest.readers import Extract
from ingest.reading import corpus_files, read_file
from ingest.recognition import Suggestion, Suggestions, suggest
from tests.fakes import ASSEN, EMMEN, GRONINGEN, KLAZIENAVEEN

TEXT = (
    "Het inloophuis in Klazienaveen is er voor wie zich eenzaam voelt. Kom koffie drinken, want gezelligheid helpt.\n\n"
    "- Maandag: 9.00 - 12.00 uur\n- Telefoon: (0591) 68 08 00 of 14 0591\n- Mail: info@inloop-emmen.nl.\n\n"
    "Adres: Langestraat 12a, 7891 GC Klazienaveen. Zie www.inloop-emmen.nl/contact. Een kop koffie kost € 1,50.\n\n"
    "Laatst gewijzigd op 3 maart 2025"
)


def values(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.value for suggestion in suggestions]


@pytest.fixture(scope="module")
def found() -> Suggestions:
    return suggest(Extract("Inloophuis Het Trefpunt", TEXT), (EMMEN, KLAZIENAVEEN, ASSEN, GRONINGEN))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("municipalities", ["Emmen"]),
        ("phone", ["(0591) 68 08 00", "14 0591"]),
        ("email", ["info@inloop-emmen.nl"]),
        ("address", ["Langestraat 12a, 7891 GC Klazienaveen"]),
        ("website", ["www.inloop-emmen.nl/contact"]),
        ("opening_hours", ["Maandag: 9.00 - 12.00 uur"]),
        ("costs", ["Een kop koffie kost € 1,50"]),
        ("date", ["2025-03-03"]),
    ],
)
def test_each_field_is_found(found: Suggestions, field: str, expected: list[str]) -> None:
    assert values(getattr(found, field)) == expected


def test_the_topic_of_a_text_is_the_first_suggestion(found: Suggestions) -> None:
    assert found.topics[0].value == "eenzaamheid"


def test_every_suggestion_quotes_what_was_read(found: Suggestions) -> None:
    suggestions = [s for field in fields(found) for s in getattr(found, field.name)]

    plain = " ".join(f"Inloophuis Het Trefpunt {TEXT}".lower().split())
    assert suggestions
    assert all(suggestion.quote.lower() in plain for suggestion in suggestions)


def test_a_misspelt_place_and_one_outside_drenthe_are_no_suggestion() -> None:
    text = "Wij helpen in Klazinaveen en in de stad Groningen."

    assert suggest(Extract("Hulp", text), (EMMEN, KLAZIENAVEEN, GRONINGEN)).municipalities == ()


def test_markup_and_columns_go_before_the_text() -> None:
    item = {
        "@type": "Organization",
        "telephone": "0592-123456",
        "address": {"streetAddress": "Brink 1", "postalCode": "9401 HS", "addressLocality": "Assen"},
        "url": "https://voorbeeld.nl",
    }
    extract = Extract(
        "X", "Bel 0591 68 08 00.", items=(item,), fields={"contact.telefoon": "0800-2000", "gemeenten": "Assen"}
    )

    found = suggest(extract)

    assert [(s.value, s.origin) for s in found.phone] == [
        ("0800-2000", "kolom"),
        ("0592-123456", "schema.org"),
        ("0591 68 08 00", "tekst"),
    ]
    assert values(found.address) == ["Brink 1, 9401 HS Assen"]
    assert values(found.municipalities) == ["Assen"]


def test_nothing_is_suggested_where_nothing_is_said() -> None:
    found = suggest(Extract("Titel", "Een korte tekst zonder iets."), (EMMEN, ASSEN))

    assert all(getattr(found, field.name) == () for field in fields(found))


@pytest.fixture(scope="module")
def judged(real_corpus: Path) -> list[tuple[Suggestions, Source]]:
    """Suggestions for a third of our own sources, next to what editors chose."""
    places = read_places(real_corpus)
    sources = [read_file(path).source for path in list(corpus_files(real_corpus))[::3]]
    return [(suggest(Extract(source.title, source.text), places), source) for source in sources]


@pytest.mark.parametrize(
    ("field", "right_at_least", "made_at_least"),
    [("municipalities", 0.9, 0.5), ("themes", 0.85, 0.4), ("topics", 0.85, 0.6)],
)
def test_the_first_suggestion_is_mostly_what_editors_chose(
    judged: list[tuple[Suggestions, Source]], field: str, right_at_least: float, made_at_least: float
) -> None:
    made = [
        (getattr(found, field)[0].value, getattr(source, field)) for found, source in judged if getattr(found, field)
    ]

    right = sum(first in chosen for first, chosen in made)
    print(f"{field}: {right} of {len(made)} first suggestions right, for {len(made)} of {len(judged)} texts")
    assert right >= right_at_least * len(made)
    assert len(made) >= made_at_least * len(judged)


@given(st.text(max_size=300))
def test_any_text_gives_suggestions_that_stand_in_it(text: str) -> None:
    found = suggest(Extract("", text))

    plain = "".join(text.split())
    for name in ("phone", "email", "address", "website", "opening_hours", "costs"):
        assert all("".join(s.quote.split()) in plain for s in getattr(found, name))
