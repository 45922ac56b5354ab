"""Recognises data of private persons, and leaves the contact of services and officials alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.nl import bsn

PRIVATE_MAIL = re.compile(
    r"\b[\w.+-]{1,64}@(?:gmail|hotmail|outlook|live|msn|yahoo|icloud|ziggo|kpnmail|kpnplanet|planet|home|hetnet|telfort|"
    r"upcmail|casema|quicknet|xs4all|online|tele2|zonnet|wxs|chello|protonmail|proton|gmx)\.(?:nl|com|net|me|de)\b",
    re.IGNORECASE,
)
NAME = r"(?:[A-Z][a-zëéïü]{1,20}|[A-Z]\.) (?:(?:van|de|der|den|ten|ter|'t|het) ){0,2}[A-Z][a-zëéïü]{2,25}"
PERSON = re.compile(rf"\b(?:mevrouw|mevr\.|mw\.|meneer|de heer|dhr\.)\s+\S|\b{NAME}", re.UNICODE)
MOBILE = re.compile(r"(?<![\w.])(?:(?:\+|00)31[ -]?(?:\(0\))?|0)[ -]?6(?:[ -]?\d){8}(?!\d)")
BIRTH = re.compile(
    r"\b(?:geboren(?: op)?|geboortedatum|geb\.)\W{0,3}\d{1,2}[\s/.-]+(?:\d{1,2}|[a-z]{3,9})[\s/.-]+\d{2,4}\b", re.I
)
NINE_DIGITS = re.compile(
    r"(?<![\d.,-])\d{9}(?![\d-])|(?<![\d.,-])\d{3}[ .]\d{2}[ .]\d{4}(?!\d)|(?<![\d.,-])\d{4}[ .]\d{2}[ .]\d{3}(?!\d)"
)
NO_BSN = re.compile(r"\b(?:rsin|kvk|btw|iban|anbi|fiscaal\w*|tel\w*|isbn|issn|order\w*|dossier\w*)\b[^.]{0,25}$", re.I)
NEAR_A_NAME = 40
"""Characters before a mobile number in which a name makes it a private one."""


def personal_data(text: str) -> tuple[str, ...]:
    """The literal pieces that look like data of a private person."""
    return tuple(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[str]:
    for match in NINE_DIGITS.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if bsn.is_valid(re.sub(r"\D", "", match.group())) and not NO_BSN.search(before):
            yield match.group()
    yield from (match.group() for match in BIRTH.finditer(text))
    yield from (match.group() for match in PRIVATE_MAIL.finditer(text))
    for match in MOBILE.finditer(text):
        if PERSON.search(text[max(0, match.start() - NEAR_A_NAME) : match.start()]):
            yield match.group()
