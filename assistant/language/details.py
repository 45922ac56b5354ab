"""What exactly a question asks for — a number, a price, a phone, a time, a person — and whether a text gives it.

A source can be about the right subject and still not hold the fact that was asked. Then it may be offered, but not as
the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain import Source
from assistant.language.analysis import fold, lemma, terms

NUMBER_WORDS = (
    r"een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|"
    r"negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd\w*|duizend\w*|miljoen|helft|"
    r"kwart|derde|dubbele?|geen enkele?|alle"
)
NUMBER = re.compile(rf"\d|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)
PHONE = re.compile(r"\b(?:0\d{1,3}[ -]?\d[\d -]{4,}\d|0[89]00[ -]?\d{4,}|14 ?0\d{2,3}|1(?:12|13|16\d{3}|450))\b")
CLOCK = re.compile(
    r"\d{1,2}[.:]\d\d|\b(?:\d{1,2}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf) uur\b|"
    r"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*|\bdag en nacht\b|\belke (?:dag|week|ochtend|middag|avond)\b|"
    r"\bweekend\w*|\bkantoortijd\w*|\bwerkdag\w*|\b24 uur\b|\bdagelijks\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"€|\beuro\b|\bgratis\b|\bkost\w*|\bbeta\w+|\bbijdrage\b|\bprijs\b|\btarie\w+|\bvergoed\w*", re.IGNORECASE
)
STREET = re.compile(r"\b[A-Z][\w'-]*(?:straat|weg|laan|plein|singel|kade|dijk|hof|brink|pad|es)\b|\b[A-Z][\w'-]+ \d+\b")
NAME = re.compile(r"\b[A-Z][a-zëéï]+ (?:(?:van|de|der|den|ten|ter|'t) ){0,2}[A-Z][a-zëéï]+")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
COUNTED = re.compile(r"\bhoe ?veel\s+(?:procent van (?:de|het) )?(?P<noun>[\w-]+)", re.IGNORECASE)
SHARE = re.compile(r"\b(?:welk|hoeveel) (?:percentage|procent|deel)|\bpercentage\b", re.IGNORECASE)
SHARE_GIVEN = re.compile(r"procent|%|\bkwart\b|\bhelft\b|\bderde\b|\bop de\b", re.IGNORECASE)
ROLE = re.compile(
    r"\b(?:wie is (?:de |het |nu |nu de )?|hoe heet (?:de|het) |naam van (?:de|het) )"
    r"(?P<role>[a-z-]*(?:voorzitter|directeur|bestuurder|projectleider|manager|regisseur|coordinator|wethouder|"
    r"burgemeester|contactpersoon|woordvoerder|trekker|gedeputeerde|spreker))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of fact: how it is asked for, and whether a source holds it."""

    name: str
    asks: re.Pattern[str]
    held_by: Callable[[str, Source], bool]


def _any_sentence(pattern: re.Pattern[str], source: Source) -> bool:
    return any(pattern.search(sentence) for sentence in source.sentences)


def _holds_count(question: str, source: Source) -> bool:
    with_number = [s for s in source.sentences if NUMBER.search(s)]
    if SHARE.search(question):
        return any(SHARE_GIVEN.search(s) for s in with_number)
    counted = COUNTED.search(question)
    noun = lemma(fold(counted["noun"])) if counted else ""
    if noun and noun not in UNITS:
        return any(_stem(noun) in fold(s) for s in with_number)
    about = set(terms(question)) - set(terms(f"{source.title} {source.organisation or ''}")) - UNITS
    return any(_stem(term) in fold(s) for s in with_number for term in about) if about else bool(with_number)


def _holds_person(question: str, source: Source) -> bool:
    role = ROLE.search(fold(question))
    return any(NAME.search(s) and (role is None or role["role"][:8] in fold(s)) for s in source.sentences)


def _stem(noun: str) -> str:
    return noun[: max(4, len(noun) - 2)]


UNITS = frozenset(
    "euro geld tijd jaar maand week dag uur keer kost kosten betaal krijg moet mag kan is zijn er mens mensen".split()
)

DETAILS: tuple[Detail, ...] = (
    Detail(
        "phone",
        re.compile(r"\b(?:telefoon\w*|(?:welk|wat is het|op welk|het) nummer|nummer van)\b", re.I),
        lambda _, s: bool(s.contact.phone) or _any_sentence(PHONE, s),
    ),
    Detail(
        "email",
        re.compile(r"\b(?:e-?mail\w*|mail(?:en|adres)?)\b", re.I),
        lambda _, s: bool(s.contact.email) or "@" in s.text,
    ),
    Detail(
        "address",
        re.compile(r"\b(?:bezoek)?adres\b|\bwelke straat\b", re.I),
        lambda _, s: bool(s.contact.address) or _any_sentence(STREET, s),
    ),
    Detail(
        "hours",
        re.compile(
            r"\b(?:hoe laat|openingstijd\w*|welke dag\w*|welke avond\w*|wanneer (?:is|zijn) \w+(?: \w+){0,3} open)\b|"
            r"\b(?:is|zijn)\b.{0,60}\bopen\b|\bop (?:zater|zon|maan)dag\b.{0,20}\bopen\b",
            re.I,
        ),
        lambda _, s: bool(s.contact.opening_hours) or _any_sentence(CLOCK, s),
    ),
    Detail(
        "price",
        re.compile(
            r"\bwat (?:kost|betaal)\w*|\bhoeveel (?:kost|betaal|euro)\w*|\b(?:prijs|tarief|abonnement|contributie)\b|"
            r"\bgratis\b|\bkosten (?:aan|voor)\b",
            re.I,
        ),
        lambda _, s: bool(s.contact.costs) or _any_sentence(MONEY, s),
    ),
    Detail("person", ROLE, _holds_person),
    Detail("count", re.compile(r"\bhoe ?veel\b|\bpercentage\b|\bhoe groot is het aantal\b", re.I), _holds_count),
)


def missing_details(question: str, source: Source) -> tuple[str, ...]:
    """The kinds of fact that a question asks for and a source does not hold; a year that is named counts too."""
    missing = [d.name for d in DETAILS if d.asks.search(question) and not d.held_by(question, source)]
    asked_years = set(YEAR.findall(question))
    held_years = set(YEAR.findall(f"{source.title} {source.text} {source.date or ''}"))
    return tuple([*missing, "year"] if asked_years - held_years else missing)
