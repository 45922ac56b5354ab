"""A corpus of a dozen sources in the corpus format, small enough to index within a test run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FRONT_MATTER: Mapping[str, Any] = {
    "soort": "dienst",
    "gemeenten": ["Emmen"],
    "themas": ["sociale basis"],
    "onderwerpen": ["eenzaamheid"],
    "doelgroep": ["inwoner", "professional"],
    "bron": "https://voorbeeld.nl/inloop",
    "bron_titel": "Inloop – voorbeeld.nl",
    "uitgever": "voorbeeld.nl",
    "gecontroleerd": "2026-11-22",
}
"""What every file needs; a key with None is left out of the file."""

PLACES = """\
plaats,gemeente,soort,varianten
Emmen,Emmen,gemeente,gemeente Emmen|Emm'n
Klazienaveen,Emmen,dorp,Klazienaven
Assen,Assen,gemeente,gemeente Assen
Kloosterveen,Assen,wijk,
Coevorden,Coevorden,gemeente,gemeente Coevorden|Koevern
Dalen,Coevorden,dorp,
Hoogeveen,Hoogeveen,gemeente,gemeente Hoogeveen
"""
PLACES_OUTSIDE = "plaats,provincie\nGroningen,Groningen\nZwolle,Overijssel\n"

LOCAL_HELP: Mapping[str, tuple[dict[str, Any], str]] = {
    "emmen-inloop": (
        {
            "titel": "Buurthuis De Marke: inloop in Emmen",
            "organisatie": "Sedna",
            "contact": {"telefoon": "0591 680800", "website": "https://voorbeeld.nl/inloop"},
            "vragen": [
                "Waar kan ik mensen ontmoeten in Emmen?",
                "ik zit hele dagen alleen thuis, waar kan ik koffie drinken",
                "Is er een inloop bij mij in de buurt?",
            ],
        },
        "Buurthuis De Marke in Emmen heeft een inloop voor iedereen die mensen wil ontmoeten. "
        "De inloop is elke dinsdag van 10.00 tot 12.00 uur. Een kop koffie kost € 1,50.\n\n"
        "Aanmelden hoeft niet. Vragen? Bel Sedna, tel. 0591 680800.",
    ),
    "emmen-geldloket": (
        {
            "titel": "Loket Geldzaken Emmen",
            "organisatie": "Gemeente Emmen",
            "onderwerpen": ["geldzorgen"],
            "contact": {"telefoon": "14 0591"},
            "loket": True,
            "vragen": ["Wie helpt mij met schulden in Emmen?", "ik kan mijn rekeningen niet betalen"],
        },
        "Het Loket Geldzaken van de gemeente Emmen helpt inwoners met schulden en betalingsachterstanden. "
        "Hulp bij schulden is gratis. Een gesprek maak je via 14 0591.",
    ),
    "assen-geldloket": (
        {
            "titel": "Loket Geldzaken Assen",
            "gemeenten": ["Assen"],
            "onderwerpen": ["geldzorgen"],
            "contact": {"telefoon": "14 0592"},
            "loket": True,
            "vragen": ["Wie helpt mij met schulden in Assen?", "schuldhulp assen"],
        },
        "Het Loket Geldzaken van de gemeente Assen helpt inwoners met geldzorgen en schulden. "
        "Hulp bij schulden is gratis. Bel 14 0592 voor een afspraak.",
    ),
    "coevorden-mantelzorg": (
        {
            "titel": "Steunpunt Mantelzorg Coevorden",
            "gemeenten": ["Coevorden"],
            "onderwerpen": ["mantelzorg"],
            "contact": {"email": "mantelzorg@voorbeeld.nl"},
            "vragen": ["Wie helpt mij als mantelzorger in Coevorden?", "ik zorg voor mijn moeder en houd het niet vol"],
        },
        "Het Steunpunt Mantelzorg in Coevorden helpt mensen die voor een naaste zorgen. "
        "Je kunt er terecht voor een luisterend oor, tips en vervangende mantelzorg. "
        "Mailen kan naar mantelzorg@voorbeeld.nl.",
    ),
}

WIDE_HELP: Mapping[str, tuple[dict[str, Any], str]] = {
    "drenthe-dementie": (
        {
            "titel": "Ketenzorg Dementie Drenthe",
            "gemeenten": ["heel Drenthe"],
            "themas": ["netwerkaanpak"],
            "onderwerpen": ["dementie"],
            "bron_datum": "2016-03",
            "vragen": ["Wie helpt als mijn man dementie heeft?", "casemanager dementie aanvragen"],
        },
        "Een casemanager dementie helpt mensen met dementie en hun naasten in heel Drenthe. "
        "De huisarts kan je verwijzen naar een casemanager.",
    ),
    "drenthe-loket": (
        {
            "titel": "Zorgbelang Drenthe",
            "soort": "organisatie",
            "gemeenten": ["heel Drenthe"],
            "onderwerpen": ["clientondersteuning"],
            "contact": {"telefoon": "0592 330 000"},
            "loket": True,
            "vragen": ["Wie denkt met mij mee over zorg?", "onafhankelijke cliëntondersteuning drenthe"],
        },
        "Zorgbelang Drenthe denkt mee met inwoners van Drenthe die vragen hebben over zorg en ondersteuning. "
        "Bellen kan via 0592 330 000.",
    ),
    "nl-113": (
        {
            "titel": "113 Zelfmoordpreventie",
            "soort": "hulplijn",
            "gemeenten": ["heel Nederland"],
            "onderwerpen": ["mentale-gezondheid"],
            "contact": {"telefoon": "113"},
            "vragen": ["Met wie kan ik praten als ik aan zelfmoord denk?"],
        },
        "Denk je aan zelfmoord, dan kun je dag en nacht 113 bellen. Ook 0800-0113 is gratis. Anoniem bellen kan.",
    ),
    "nl-112": (
        {
            "titel": "112 bij levensgevaar",
            "soort": "hulplijn",
            "gemeenten": ["heel Nederland"],
            "onderwerpen": ["veiligheid"],
            "contact": {"telefoon": "112"},
            "vragen": ["Wanneer bel ik 112?"],
        },
        "Bel 112 bij levensgevaar of als er direct gevaar is. Het nummer is dag en nacht bereikbaar.",
    ),
    "nl-veilig-thuis": (
        {
            "titel": "Veilig Thuis",
            "soort": "hulplijn",
            "gemeenten": ["heel Nederland"],
            "onderwerpen": ["veiligheid"],
            "contact": {"telefoon": "0800-2000"},
            "vragen": ["Waar meld ik huiselijk geweld?"],
        },
        "Veilig Thuis geeft advies en hulp bij huiselijk geweld en kindermishandeling. Bel gratis 0800-2000.",
    ),
}

INFORMATION: Mapping[str, tuple[dict[str, Any], str]] = {
    "gezonde-marke": (
        {
            "titel": "Gezonde Marke: wat is het?",
            "soort": "organisatie",
            "gemeenten": ["heel Drenthe"],
            "themas": ["netwerkaanpak"],
            "onderwerpen": ["clientondersteuning"],
            "vragen": ["Wat is Gezonde Marke?", "Wie werken samen in Gezonde Marke?"],
        },
        "Gezonde Marke is een netwerkorganisatie van zorg, welzijn en gemeenten in Drenthe. "
        "Het doel is om zorg in Drenthe goed, bereikbaar en betaalbaar te houden.",
    ),
    "cijfers-eenzaamheid": (
        {
            "titel": "Eenzaamheid in Drenthe in cijfers",
            "soort": "cijfer",
            "gemeenten": ["heel Drenthe"],
            "bron_datum": "2025-06-01",
            "vragen": ["Hoeveel mensen in Drenthe zijn eenzaam?"],
        },
        "In Drenthe voelt 46 procent van de volwassenen zich eenzaam, bleek in 2024. "
        "Onder 75-plussers is dat 52 procent.",
    ),
    "project-dorpssteunpunt": (
        {
            "titel": "Dorpssteunpunten in Zuidoost-Drenthe",
            "soort": "project",
            "gemeenten": ["Emmen", "Coevorden"],
            "onderwerpen": ["vrijwilligerswerk"],
            "vragen": ["Wat is een dorpssteunpunt?", "Welke projecten zijn er in Zuidoost-Drenthe?"],
        },
        "Een dorpssteunpunt is een plek in het dorp waar vrijwilligers en beroepskrachten elkaar helpen. "
        "In Zuidoost-Drenthe draait dit project sinds 2022.",
    ),
}

SOURCES = {**LOCAL_HELP, **WIDE_HELP, **INFORMATION}


def write_source(
    corpus: Path, id: str = "emmen-inloop", body: str = LOCAL_HELP["emmen-inloop"][1], **keys: object
) -> Path:
    """One file of the corpus; `keys` add to the front matter, and None takes a key out."""
    matter = {"id": id, "titel": "Inloop in Emmen", **FRONT_MATTER, **keys}
    block = yaml.safe_dump(
        {key: value for key, value in matter.items() if value is not None}, allow_unicode=True, sort_keys=False
    )
    corpus.mkdir(parents=True, exist_ok=True)
    path = corpus / f"{id}.md"
    path.write_text(f"---\n{block}---\n\n{body}\n", encoding="utf-8")
    return path


def write_corpus(corpus: Path) -> Path:
    """The whole small corpus, with its places."""
    for id, (keys, body) in SOURCES.items():
        write_source(corpus, id, body, **keys)
    (corpus / "plaatsen.csv").write_text(PLACES, encoding="utf-8")
    (corpus / "plaatsen-buiten.csv").write_text(PLACES_OUTSIDE, encoding="utf-8")
    return corpus
