"""Takes personal data out of a question before anything is stored, logged or searched.

Numbers are checked where a check exists (BSN by its eleven-test, IBAN by ISO 7064 through python-stdnum). Helpline
numbers that the rules know are no personal data.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import iban
from stdnum.nl import bsn

BSN_DIGITS = 9
PUBLIC_NUMBERS = frozenset({"112", "113", "08000113", "08002000", "09008844", "144", "1450", "116123", "116111"})

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?:[\s,]{0,3}(?:nr\.?|nummer)?\s?\d{1,5}(?:\s?[a-z])?\b)?", re.IGNORECASE
)
STREET = re.compile(
    r"\b[A-Z][\w'-]{2,40}(?:straat|laan|weg|plein|dijk|kade|hof|singel|pad|steeg|brink|akkers|es)\s\d{1,5}(?:\s?[a-zA-Z])?\b"
)
PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\d(?:[\s().-]{0,2}\d){8,12}(?!\w)")
YEARS_OR_DATE = re.compile(
    r"(?:19|20)\d\d[ .-](?:19|20)\d\d"
    r"|(?:0?[1-9]|[12]\d|3[01])[ .-](?:0?[1-9]|1[0-2])[ .-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[ .-](?:0[1-9]|1[0-2])[ .-](?:0[1-9]|[12]\d|3[01])"
)
NINE_DIGITS = re.compile(r"(?<!\d)(?:\d{9}|(?<!\d[ .-])\d(?:[ .-]?\d){7,8}(?![ .-]\d))(?!\d)")
BIRTH_DATE = re.compile(
    r"\b(?:geboren(?:\s+op)?|geboortedatum|geb\.?|gebdatum)\W{0,3}\d{1,2}[\s/.-]+(?:\d{1,2}|[a-z]{3,9})[\s/.-]+\d{2,4}\b",
    re.IGNORECASE,
)
POSTCODE_WORDS = frozenset(
    """
    van en in is te op om de er ik je we ze of
    """.split()
)


def redact(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with `[e-mail]`, `[bsn]` … instead of personal data, and the kinds that were taken out."""
    found: list[str] = []
    for name, pattern, is_personal in RULES:
        text, hit = _replace(text, name, pattern, is_personal)
        found += [name] if hit else []
    return text, tuple(found)


def _replace(text: str, name: str, pattern: re.Pattern[str], is_personal: Callable[[str], bool]) -> tuple[str, bool]:
    hit = False

    def mask(match: re.Match[str]) -> str:
        nonlocal hit
        if not is_personal(match.group()):
            return match.group()
        hit = True
        return f"[{name}]"

    return pattern.sub(mask, text), hit


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_bsn(text: str) -> bool:
    digits = _digits(text)
    if YEARS_OR_DATE.fullmatch(text) or (digits.startswith(("0800", "0900")) and len(digits) != BSN_DIGITS):
        return False  # a free or paid number has 8 digits, or 11
    return bool(bsn.is_valid(digits.zfill(9)))


def _is_phone(text: str) -> bool:
    digits = _digits(text)
    return digits not in PUBLIC_NUMBERS and digits.startswith(("0", "31", "6")) and not digits.startswith("0800")


def _is_iban(text: str) -> bool:
    return bool(iban.is_valid(text))


def _is_address(text: str) -> bool:
    letters = re.sub(r"[^a-z]", "", text.lower())[:2]
    if letters not in POSTCODE_WORDS:
        return True
    # "in 2019 en 2020" is no address, but "7811 EN 12" is one.
    return bool(re.search(r"\d[a-zA-Z]?$", text.strip())) and not re.match(r"\d{4}\s[a-z]{2}\b", text)


def _always(_: str) -> bool:
    return True


RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail", EMAIL, _always),
    ("rekeningnummer", IBAN, _is_iban),
    ("geboortedatum", BIRTH_DATE, _always),
    ("bsn", NINE_DIGITS, _is_bsn),
    ("telefoonnummer", PHONE, _is_phone),
    ("adres", ADDRESS, _is_address),
    ("adres", STREET, _always),
)
