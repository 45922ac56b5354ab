"""Finds contact details in a text, each literally as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
WEBSITE = re.compile(
    r"\b(?:https?://[^\s<>\"')]{4,200}|www\.[\w-]{2,63}(?:\.[\w-]{2,63}){1,4}(?:/[^\s<>\"')]{0,150})?)"
)
POSTCODE = r"[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}"
STREET = (
    r"[A-Z][\w.'’-]{1,40}(?:\s(?:[A-Z][\w.'’-]{1,30}|van|de|der|den|het|ten|ter|op|aan)){0,4}\s\d{1,5}"
    r"(?:\s?-?\s?[a-zA-Z]\b)?"
)
PLACE = r"[A-Z][\w'’-]{2,30}(?:[ -][A-Z][\w'’-]{1,30}){0,2}"
ADDRESS = re.compile(
    rf"(?<!\w){STREET}(?:,?\s+|\s*\n){POSTCODE}(?:,?\s{{1,2}}{PLACE})?|(?<!\w){STREET},?\s+(?:in|te)\s+{PLACE}"
)
SHORT_NUMBER = re.compile(
    r"(?<![\d.,€])(?:14\s?0\d{2,3}|(?:bel|telefoon|nummer|tel\.?)\W{1,3}(?:113|112|144))(?![\d.,]*\d)", re.IGNORECASE
)
CLOCK = r"\d{1,2}(?:[.:]\d\d)?"
DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?"
HOURS = re.compile(
    rf"{DAY}[^.!?\n]{{0,80}}?{CLOCK}\s*(?:uur\s*)?(?:-|–|tot(?: en met)?|en|t/m)\s*{CLOCK}(?:\s*uur)?", re.IGNORECASE
)
COSTS = re.compile(
    r"[^.!?\n]{0,120}(?:€\s?\d+(?:[.,]\d{2}|,-)?|\b\d+(?:,\d\d)? euro\b|\bgratis\b|\bkosteloos\b|\bgeen kosten\b)"
    r"[^.!?\n]{0,120}",
    re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[str]:
    """Dutch phone numbers, service numbers and short numbers of municipalities (`14 0591`)."""
    found: list[tuple[int, str]] = []
    for match in phonenumbers.PhoneNumberMatcher(text, "NL"):
        if match.number.country_code == 31 and phonenumbers.is_valid_number(match.number):
            found.append((match.start, match.raw_string))
    for short in SHORT_NUMBER.finditer(text):
        found.append((short.start(), re.sub(r"^\D+", "", short.group())))
    yield from (number for _, number in sorted(found))


def find_mails(text: str) -> Iterator[str]:
    """E-mail addresses."""
    yield from (match.group().rstrip(".") for match in MAIL.finditer(text))


def find_websites(text: str) -> Iterator[str]:
    """Web addresses."""
    yield from (match.group().rstrip(".,;:") for match in WEBSITE.finditer(text))


def find_addresses(text: str) -> Iterator[str]:
    """A street with a number, and a postcode or a place."""
    yield from (" ".join(match.group().split()) for match in ADDRESS.finditer(text))


def find_hours(text: str) -> Iterator[str]:
    """Days with the times of opening."""
    yield from (" ".join(match.group().split()) for match in HOURS.finditer(text))


def find_costs(text: str) -> Iterator[str]:
    """Sentences, or the part of a sentence, that name a price."""
    yield from (match.group().strip(" -*") for match in COSTS.finditer(text))
