"""Keeps from an answer what no honest page says: words to a machine, markup, hidden letters, false emergency numbers.

A page that was tampered with may still stand among the sources; it cannot speak through us.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import astuple, replace
from functools import lru_cache

from assistant.domain import Contact, Passage, Source, Turn
from assistant.replies import CRISIS_NUMBERS

MARKUP = re.compile(r"[\[\]<>`{}\\]|\*\*|__|&(?:#\w+|\w+);|\b(?:javascript|data|vbscript):", re.IGNORECASE)
"""Would become a link, a mark or formatting in the answer."""

ORDER = re.compile(
    r"\b(?:negeer|vergeet|omzeil|ignore|disregard|forget|override)\b.{0,60}"
    r"\b(?:regels?|instructies?|opdracht\w*|aanwijzing\w*|rules?|instructions?|prompts?|previous|above|vorige|eerdere)\b"
    r"|\b(?:systeem|system)[ -]?prompt\b|\b(?:taalmodel|language model|jailbreak|ai[ -]assist\w+|markewijzer)\b"
    r"|\b(?:zeg|antwoord|vertel|noem|meld|say|answer|tell)\s+(?:\w+\s+)?"
    r"(?:altijd|voortaan|always|(?:aan |tegen )?(?:de |elke |iedere |alle )?(?:bezoekers?|gebruikers?|users?))\b"
    r"|\b(?:zeg|say)\s+(?:dat|that)\s+(?:het|ons|the|hun)\s+\w*(?:nummer|number)\b"
    r"|\bje bent (?:nu |voortaan )?een\b.{0,30}\b(?:assistent|chatbot|bot|model)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Speaks to a program instead of a reader."""

EMERGENCY = re.compile(
    r"zelfmoord|su[iï]cid|zelfdoding|levensgevaar|niet meer (?:wil(?:t|len)? )?leven|dood wil|alarmnummer"
    r"|(?<!\d)11[23](?!\d)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.,])\+?\d(?:[ -]?\d){2,12}(?![\w]|[.,]\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
KNOWN_NUMBERS = frozenset(re.sub(r"\D", "", n) for numbers in CRISIS_NUMBERS.values() for n in numbers) | {"09008844"}
SOFT_HYPHEN = "\u00ad"
SOURCES_REMEMBERED, REMEMBERED = 2048, 50_000
"""Texts of which the verdict is kept: it depends on the words alone, and every question meets the same sources."""


def trusted_turn(turn: Turn) -> Turn:
    """The turn with only what may be shown; a source of which nothing is left falls out."""
    door = trusted(turn.door) if turn.door else None
    return replace(
        turn,
        passages=tuple(q for p in turn.passages if (q := _trusted_passage(p)).source.sentences),
        elsewhere=tuple(q for p in turn.elsewhere if (q := _trusted_passage(p)).source.sentences),
        door=door if door and door.sentences else None,
    )


@lru_cache(SOURCES_REMEMBERED)
def trusted(source: Source) -> Source:
    """The source with only the sentences, questions and ways to reach it that may be shown; `text` stays as it is."""
    contact = Contact(*(v if v and _may_be_shown(v) else None for v in astuple(source.contact)))
    return replace(
        source,
        title=_bare(source.title),
        organisation=_bare(source.organisation) if source.organisation else None,
        contact=contact,
        sentences=tuple(s for s in source.sentences if may_be_quoted(s, source)),
        questions=tuple(q for q in source.questions if may_be_quoted(q, source)),
    )


def may_be_quoted(text: str, source: Source) -> bool:
    """Whether words of a source may be shown as they are."""
    return _may_be_shown(text) and not _misleads_in_an_emergency(text, source.contact.phone or "")


def is_plain(text: str) -> bool:
    """Without markup and without letters that a reader cannot see."""
    hidden = any(unicodedata.category(c) in {"Cf", "Co", "Cs"} and c != SOFT_HYPHEN for c in text)
    return not hidden and not MARKUP.search(text)


def _trusted_passage(passage: Passage) -> Passage:
    source = passage.source
    sentences = tuple(s for s in passage.sentences if may_be_quoted(s.text, source))
    return replace(passage, source=trusted(source), sentences=sentences)


@lru_cache(REMEMBERED)
def _may_be_shown(text: str) -> bool:
    return is_plain(text) and not ORDER.search(text)


@lru_cache(REMEMBERED)
def _misleads_in_an_emergency(text: str, phone: str) -> bool:
    """Names an emergency and a number that is neither an emergency number nor the source's own."""
    if not EMERGENCY.search(text):
        return False
    own = re.sub(r"\D", "", phone)
    found = {re.sub(r"\D", "", n) for n in NUMBER.findall(text) if not YEAR.fullmatch(n)}
    return bool(found - KNOWN_NUMBERS - {own})


@lru_cache(REMEMBERED)
def _bare(name: str) -> str:
    """A name without the signs that Markdown reads."""
    visible = "".join(c for c in name if unicodedata.category(c) not in {"Cf", "Co", "Cs", "Cc"} or c == SOFT_HYPHEN)
    return re.sub(r"\s+", " ", re.sub(r"[\[\]<>`{}\\*|]|__", "", visible)).strip()
