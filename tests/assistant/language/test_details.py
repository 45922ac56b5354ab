"""Which fact a question asks for, and whether a source holds it."""

from __future__ import annotations

import pytest

from assistant import replies
from assistant.domain import Contact, Source
from assistant.language.details import DETAILS, missing_details
from tests.fakes import a_source

BARE = a_source(text="De inloop is er voor wie mensen wil ontmoeten. Kom gerust eens kijken.")


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("Wat is het telefoonnummer van de inloop?", "phone"),
        ("Wat is het e-mailadres?", "email"),
        ("Wat is het adres van de inloop?", "address"),
        ("Wat zijn de openingstijden?", "hours"),
        ("Wat kost de inloop?", "price"),
        ("Is de inloop gratis?", "price"),
        ("Wie is de directeur van de inloop?", "person"),
        ("Hoeveel bezoekers komen er?", "count"),
        ("aantal bezoekers inloop", "count"),
        ("Hoe groot is het aantal bezoekers?", "count"),
        ("voorzitter inloop", "person"),
        ("Wie is nu de coördinator van de inloop?", "person"),
        ("Welk bedrag kreeg de inloop?", "amount"),
        ("inloop emmen subsidiebedrag", "amount"),
        ("op welke verdieping is de inloop", "facility"),
        ("Kan ik er printen?", "facility"),
        ("In welk jaar is de inloop begonnen?", "since"),
        ("looptijd inloop", "since"),
        ("Is de inloop geëvalueerd?", "result"),
        ("Wat deed de inloop in 2019?", "year"),
    ],
)
def test_a_fact_that_the_source_does_not_hold_is_missing(question: str, detail: str) -> None:
    assert detail in missing_details(question, BARE)


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Wat is het telefoonnummer?", a_source(text="Kom gerust.", contact=Contact(phone="14 0591"))),
        ("Wat is het telefoonnummer?", a_source(text="Bel 0591 680800.")),
        ("Wat is het e-mailadres?", a_source(text="Mail naar info@voorbeeld.nl.")),
        ("Wat is het adres?", a_source(text="De inloop is aan de Kerkstraat.")),
        ("Wat zijn de openingstijden?", a_source(text="Open op dinsdag.")),
        ("Wat kost het?", a_source(text="Een kop koffie kost € 1,50.")),
        ("Hoeveel bezoekers komen er?", a_source(text="Elke week komen er twintig bezoekers.")),
        ("Wat deed de inloop in 2019?", a_source(text="De inloop begon in 2019.")),
        ("aantal bezoekers per week", a_source(text="Elke week komen er twintig bezoekers.")),
        ("aantal vaste bezoekers", a_source(text="Elke week komen er twintig bezoekers.")),
        ("voorzitter inloop", a_source(text="De voorzitter is Anna de Boer.")),
        ("Welk bedrag kreeg de inloop?", a_source(text="De gemeente gaf 2 miljoen.")),
        ("Op welke verdieping is het?", a_source(text="De inloop is op de eerste verdieping.")),
        ("looptijd inloop", a_source(text="De inloop begon in 2019.")),
        ("Wat was de uitkomst?", a_source(text="Het bleek te helpen.")),
        ("Hoeveel procent is eenzaam?", a_source(text="De helft is eenzaam.")),
    ],
    ids=[
        "phone as contact",
        "phone in the text",
        "e-mail",
        "street",
        "day",
        "price",
        "count in words",
        "year",
        "number",
        "number of a kind",
        "role in a few words",
        "amount",
        "facility",
        "term",
        "result",
        "share",
    ],
)
def test_a_fact_that_the_source_holds_is_not_missing(question: str, source: Source) -> None:
    assert missing_details(question, source) == ()


@pytest.mark.parametrize("question", ["Waar kan ik mensen ontmoeten?", "ik ben eenzaam", "Wat is de inloop?"])
def test_a_question_without_a_particular_fact_misses_nothing(question: str) -> None:
    assert missing_details(question, BARE) == ()


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Hoe laat is de inloop op zondag open?", "De inloop is op dinsdag open van 9.00 tot 12.00 uur.", ("hours",)),
        ("Hoe laat is de inloop op dinsdag open?", "De inloop is op dinsdag open van 9.00 tot 12.00 uur.", ()),
        ("Hoe laat is de inloop op zondag open?", "De inloop is dagelijks open vanaf 9.00 uur.", ()),
        ("kan dat ook in het weekend", "De inloop is op dinsdag open van 9.00 tot 12.00 uur.", ("hours",)),
        ("kan dat ook in het weekend", "De inloop is op zaterdag open van 9.00 tot 12.00 uur.", ()),
        ("hoe kom ik er, ik heb geen rijbewijs", "De inloop is in het dorpshuis.", ()),
        ("rijbewijs verlengen", "De inloop is in het dorpshuis.", ("matter",)),
        ("Hoeveel uur kraamzorg krijg ik?", "Je krijgt minimaal 24 uur kraamzorg.", ()),
        ("Hoeveel uur kraamzorg krijg ik?", "In 2020 begon de kraamzorg in Emmen.", ("count",)),
        ("Hoeveel bezoekers komen er?", "Een bezoeker vertelt over een inloop.", ("count",)),
        ("Hoeveel valtrainingen worden betaald?", "Je krijgt 1 valpreventietraining per jaar betaald.", ()),
        ("Hoeveel weken wacht je bij de inloop?", "De inloop begon 3 weken geleden.", ("wait",)),
        ("Hoe heet de directeur van de inloop?", "De directeur van Inloop Emmen is trots.", ("person",)),
        ("Hoe heet de directeur van de inloop?", "De directeur van de inloop is Jan Jansen.", ()),
    ],
)
def test_a_fact_counts_only_when_it_is_the_one_that_was_asked(
    question: str, text: str, missing: tuple[str, ...]
) -> None:
    assert missing_details(question, a_source(text=text, title="Inloop Emmen")) == missing


@pytest.mark.parametrize(
    "question",
    [
        "Mijn zus is in 2003 overleden en nu pas rouw ik. Is er een praatgroep?",
        "Mijn man viel in 2019, waar vinden we dagbesteding?",
    ],
)
def test_a_year_in_a_story_is_not_asked_for(question: str) -> None:
    assert missing_details(question, BARE) == ()


def test_a_year_in_a_question_about_oneself_is_asked_for() -> None:
    assert "year" in missing_details("Hoeveel krijg ik in 2019?", BARE)


@pytest.mark.parametrize(
    "question",
    [
        "Mijn paspoort is verlopen, waar kan ik terecht?",
        "de lantaarnpaal doet het niet, wie belt de inloop",
        "mag ik de eik omzagen of heb ik een kapvergunning nodig",
        "bezwaar tegen de woz",
    ],
)
def test_an_everyday_matter_is_missing_from_a_source_that_does_not_name_it(question: str) -> None:
    assert "matter" in missing_details(question, BARE)


def test_an_everyday_matter_that_the_source_names_is_not_missing() -> None:
    source = a_source(text="Ook zonder paspoort krijg je zorg.")

    assert missing_details("Krijg ik zorg zonder paspoort?", source) == ()


def test_a_waiting_time_for_something_else_is_missing() -> None:
    question = "Hoeveel weken wachttijd is er voor huishoudelijke hulp?"

    assert missing_details(question, a_source(text="De wachttijd voor therapie is 14 weken.")) == ("wait",)
    assert missing_details(question, a_source(text="De wachttijd voor huishoudelijke hulp is 3 weken.")) == ()


@pytest.mark.parametrize(
    "question",
    [
        "een aantal vragen over de inloop",
        "Is het aantal bezoekers gedaald?",
        "dagopvang zou een uitkomst zijn",
        "mijn moeder kan niet zonder lift naar boven, waar is een inloop",
        "coördinator vrijwilligers in mijn dorp gezocht voor vervoer",
        "ik wil zelf kiezen wie mij helpt, kan dat met een budget",
    ],
)
def test_words_of_a_fact_that_nobody_asks_for_are_none(question: str) -> None:
    assert missing_details(question, BARE) == ()


def test_every_fact_that_may_be_missing_has_its_words() -> None:
    told = set(replies.DETAILS) | {"matter"}

    assert {detail.name for detail in DETAILS} | {"year"} <= told
