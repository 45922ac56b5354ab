"""Recognises places, topics and themes by the words of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assistant.domain import COUNTRY, PROVINCE, Place
from assistant.language.analysis import fold
from assistant.language.needs import COMPILED
from assistant.language.places import PlaceFinder, key_of
from assistant.language.sentences import split_sentences

READ = 8000
"""Characters of a text in which places are looked for."""
TITLE_COUNTS = 3
SHARE = 0.2
"""Share of the sentences that speak of a topic from which it is suggested."""
WIDER = {
    PROVINCE: re.compile(
        r"\b(?:heel|in de provincie|alle gemeenten (?:in|van)|inwoners van) Drenthe\b|\bDrentse gemeenten\b"
    ),
    COUNTRY: re.compile(
        r"\b(?:heel Nederland|landelijke? (?:hulplijn|organisatie|telefoonnummer|nummer|regeling))\b", re.I
    ),
}
THEME_WORDS: Mapping[str, str] = {
    "sociale basis": r"ontmoet\w*|vrijwillig\w*|mantelzorg\w*|buurthuis\w*|dorpshuis\w*|inloop\w*|welzijn\w*|maatje\w*|"
    r"eenza\w+|voedselbank\w*|schuld\w*|geldzorg\w*|minima|opvoed\w*|taal(?:huis|punt)\w*|sociaal team|sociale teams?|"
    r"dorp\w*|buurt\w*|naober\w*",
    "gezonde leefomgeving": r"beweg\w*|beweeg\w*|sport\w*|leefstijl\w*|valpreventie|rook\w*|overgewicht|voeding|"
    r"leefomgeving|wandel\w*|groen\w*|preventie\w*|gezond gewicht",
    "toegankelijke zorg": r"huisarts\w*|ziekenhuis\w*|spoedpost\w*|wijkverpleg\w*|thuiszorg\w*|wachttijd\w*|ggz|wmo|"
    r"indicatie\w*|zorgverzeker\w*|apothe\w+|verpleeghuis\w*|palliatie\w*|zorgaanbieder\w*|hulp bij het huishouden",
    "netwerkaanpak": r"netwerk\w*|samenwerk\w*|convenant\w*|coalitie\w*|regiotafel\w*|ketenaanpak\w*|partners|"
    r"akkoord\w*",
    "innovaties en transformaties": r"innovati\w*|transformati\w*|e-?health|digitale zorg|beeldbellen|pilot\w*|"
    r"technologie\w*|hybride zorg|domotica",
    "toekomstbestendige arbeidsmarkt": r"arbeidsmarkt\w*|personeel\w*|zorgmedewerker\w*|opleiding\w*|vacature\w*|"
    r"personeelstekort\w*|zij-instrom\w*|leerbedrij\w*",
}
THEMES = {theme: re.compile(rf"\b(?:{words})\b") for theme, words in THEME_WORDS.items()}


def find_municipalities(title: str, text: str, places: Sequence[Place]) -> Iterator[tuple[str, str]]:
    """(municipality, the name of the place as the text has it), the most named first. Misspelt names do not count."""
    finder = PlaceFinder(places)
    counts: Counter[str] = Counter()
    quotes: dict[str, str] = {}
    for piece, weight in ((title, TITLE_COUNTS), (text[:READ], 1)):
        for mention in finder.mentions(piece):
            quote = piece[mention.start : mention.end]
            names = {key_of(name) for name in (mention.place.name, *mention.place.variants)}
            if mention.place.municipality and key_of(quote) in names | {key_of(f"{mention.place.municipality}")}:
                counts[mention.place.municipality] += weight
                quotes.setdefault(mention.place.municipality, quote)
    for wider, pattern in WIDER.items():
        if match := pattern.search(f"{title}\n{text}"):
            counts[wider] += 1
            quotes[wider] = match.group()
    yield from ((name, quotes[name]) for name, _ in counts.most_common())


def find_topics(title: str, text: str) -> Iterator[tuple[str, str]]:
    """(topic, the words that announce it), the most frequent first."""
    yield from _subjects(title, text, COMPILED)


def find_themes(title: str, text: str) -> Iterator[tuple[str, str]]:
    """(theme, the words that announce it), the most frequent first."""
    yield from _subjects(title, text, THEMES)


def _subjects(title: str, text: str, patterns: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    sentences = [fold(sentence) for sentence in split_sentences(text)]
    counts: Counter[str] = Counter()
    quotes: dict[str, str] = {}
    for name, pattern in patterns.items():
        in_title = pattern.search(fold(title))
        hits = [match for sentence in sentences if (match := pattern.search(sentence))]
        if in_title or (len(hits) >= 2 and len(hits) >= SHARE * len(sentences)):
            counts[name] = len(hits) + (TITLE_COUNTS if in_title else 0)
            quotes[name] = (in_title or hits[0]).group()
    yield from ((name, quotes[name]) for name, _ in counts.most_common())
