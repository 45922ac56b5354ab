"""Places are found as people write them, and ordinary words are left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from assistant.domain import Place
from assistant.language.analysis import words
from assistant.language.places import PlaceFinder, display_name, key_of, municipalities
from ingest.checking import read_corpus
from ingest.places import read_places


@pytest.fixture(scope="module")
def places(real_corpus: Path) -> tuple[Place, ...]:
    return read_places(real_corpus)


@pytest.fixture(scope="module")
def finder(real_corpus: Path, places: tuple[Place, ...]) -> PlaceFinder:
    """The places as the program knows them: with all words of the corpus, which are never a misspelt place."""
    known: Counter[str] = Counter()
    for reading in read_corpus(real_corpus):
        source = reading.source
        for text in (source.title, source.text, *source.questions):
            known.update(words(text))
    return PlaceFinder(places, known_words=known)


def names(finder: PlaceFinder, text: str) -> list[str]:
    return [display_name(place) for place in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("ik woon in Klazienaveen", "Emmen"),
        ("hulp bij schulden in exloermond", "Borger-Odoorn"),
        ("EMMER-COMPASCUUM", "Emmen"),
        ("inloop nieuw amsterdam", "Emmen"),
        ("wie helpt in 't Haantje?", "Coevorden"),
        ("gemeente aa en hunze", "Aa en Hunze"),
        ("loket Aa & Hunze", "Aa en Hunze"),
        ("borger odoorn", "Borger-Odoorn"),
        ("mantelzorg, Emm'n", "Emmen"),
        ("hulp in hogeveen", "Hoogeveen"),
        ("vervoer klazinaveen", "Emmen"),
        ("een vriend in Coeverden", "Coevorden"),
        ("iets te doen in meppl?", "Meppel"),
    ],
    ids=lambda value: str(value),
)
def test_a_place_is_found_in_every_way_of_writing(finder: PlaceFinder, text: str, municipality: str) -> None:
    assert municipalities(finder.find(text)) == (municipality,)


@pytest.mark.parametrize(
    "text",
    [
        "ik zoek een gesprek",
        "met wie kan ik praten in een gesprek",
        "ik kom bij een loket",
        "Een gesprek met anderen",
        "ik wil naar anderen toe",
        "ik hoop dat de prijzen van het eten weer gaan dalen",
        "er is beslag op mijn loon gelegd",
        "ze is erg in de war",
        "Heeft mijn gemeente een sportcoach?",
        "betaalt de gemeente mee",
        "wat is er te doen bij mij in de wijk",
        "Hoe kan ik me aansluiten bij Eén tegen eenzaamheid?",
        "vrijwilligers in het westen van het land",
        "heel Drenthe",
        "mijn moeder heeft vorst in de tuin",
        "wat mankeert mij as ik duuzelig bin",
        "bedankt",
        "",
    ],
)
def test_ordinary_words_are_no_place(finder: PlaceFinder, text: str) -> None:
    assert names(finder, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik woon in Een", "Een"),
        ("hulp in Anderen", "Anderen"),
        ("ik woon in Dalen", "Dalen"),
        ("buurthuis in roden", "Roden"),
        ("ik kom uit de Wijk", "de Wijk"),
    ],
)
def test_a_village_with_the_name_of_a_word_is_found_where_a_place_is_announced(
    finder: PlaceFinder, text: str, name: str
) -> None:
    assert names(finder, text) == [name]


def test_two_places_are_both_found_in_order_and_each_once(finder: PlaceFinder) -> None:
    assert names(finder, "Van Emmen naar Assen, en terug naar Emmen") == ["Emmen", "Assen"]


def test_the_longest_name_wins(finder: PlaceFinder) -> None:
    assert names(finder, "Zuidlaren of Borger-Odoorn") == ["Zuidlaren", "Borger-Odoorn"]


@pytest.mark.parametrize("name", ["Groningen", "Zwolle", "Stadskanaal", "Den Haag"])
def test_a_place_outside_drenthe_is_found_without_a_municipality(finder: PlaceFinder, name: str) -> None:
    [place] = finder.find(f"ik woon in {name.lower()}")

    assert (display_name(place), place.municipality) == (name, None)


def test_a_word_that_the_corpus_uses_is_never_a_misspelt_place() -> None:
    places = [Place("Hoogeveen", "Hoogeveen", "gemeente")]

    assert PlaceFinder(places).find("hoogeven")
    assert not PlaceFinder(places, known_words={"hoogeven"}).find("hoogeven")


@pytest.mark.parametrize("written", ["nij-buunen", "Nei Buinen", "nie-buunen"])
def test_a_new_village_is_also_found_as_it_is_called_there(written: str) -> None:
    places = [Place("Nieuw-Buinen", "Borger-Odoorn", "dorp", ("Nieuw Buunen",))]

    assert PlaceFinder(places).find(f"waor kan ik koffiedrinken, {written}") == tuple(places)


def test_a_word_before_a_place_is_not_taken_for_gemeente() -> None:
    places = [
        Place("Hoogeveen", "Hoogeveen", "stad"),
        Place("gemeente Hoogeveen", "Hoogeveen", "gemeente", ("gem Hoogeveen",)),
    ]
    text = "geen geld hoogeveen"

    assert PlaceFinder(places).without_names(text) == "geen geld"
    assert PlaceFinder(places).without_names("gem. hoogeveen") == ""


def test_without_places_nothing_is_found() -> None:
    assert PlaceFinder([]).find("ik woon in Emmen") == ()


def test_every_place_of_the_corpus_is_found_with_its_municipality(
    finder: PlaceFinder, places: tuple[Place, ...]
) -> None:
    # Some names stand for villages in more than one municipality, and then any of these will do.
    allowed: dict[str, set[str | None]] = defaultdict(set)
    for place in places:
        allowed[key_of(display_name(place))].add(place.municipality)

    wrong = {}
    for place in places:
        found = finder.find(f"ik woon in {display_name(place)}")
        if [p.municipality in allowed[key_of(display_name(place))] for p in found] != [True]:
            wrong[place.name] = found
    assert wrong == {}


def test_every_spelling_variant_of_the_corpus_leads_to_its_municipality(
    finder: PlaceFinder, places: tuple[Place, ...]
) -> None:
    wrong = {}
    for place in places:
        for variant in place.variants:
            found = finder.find(f"ik woon in {variant}")
            if place.municipality not in {p.municipality for p in found}:
                wrong[variant] = found
    assert wrong == {}


def test_no_question_of_the_corpus_gives_a_place_that_it_does_not_name(finder: PlaceFinder, real_corpus: Path) -> None:
    wrong = []
    for reading in read_corpus(real_corpus):
        for question in reading.source.questions:
            for place in finder.find(question):
                spellings = {key_of(display_name(place)), *map(key_of, place.variants)}
                if not any(f" {spelling} " in f" {key_of(' '.join(words(question)))} " for spelling in spellings):
                    wrong.append((question, place.name))
    assert wrong == []


def test_a_text_of_twenty_thousand_characters_is_searched_in_no_time(finder: PlaceFinder) -> None:
    text = "ik woon in een huis bij anderen en wil naar Emmen " * 400

    assert names(finder, text) == ["Emmen"]
