"""Recognises a question that leans on the one before it, by its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.analysis import fold, terms

ELLIPSIS = re.compile(r"^(?:en|maar|of|ook|hoe zit het|wat dacht je van|hoezit)\b", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"\b(?:dat|dit|die|deze|daar|daarvoor|daarbij|daarmee|daarvan|ervan|erbij|ervoor|ermee|er|ze|zij|hun|hen|hem|haar|het|"
    r"hij|diegene|zoiets|daarnaartoe|daarheen|laatste|eerste|tweede|dezelfde)\b",
    re.IGNORECASE,
)
ASKS_A_DETAIL = re.compile(
    r"\b(?:kost|kosten|gratis|duur|betalen|bellen|bel|telefoon\w*|nummer|e-?mail\w*|mail\w*|adres|waar zit|waar is|"
    r"openingstijd\w*|open|hoe laat|wanneer|aanmelden|opgeven|contact|bereik\w*|website|site|wie is|contactpersoon|"
    r"hoe ?veel|hoe vaak|hoe lang|hoe werkt|voorwaarden|nodig|wachttijd|afspraak|verwijzing|jongeren|ouderen|"
    r"kinderen|weekend\w*|zaterdag\w*|zondag\w*|'?s avonds|avonds)\b",
    re.IGNORECASE,
)
ORDER = ("eerste", "tweede", "derde", "vierde")
COUNTED_SOURCE = re.compile(
    rf"\b(?:de|die|het) (?P<order>{'|'.join(ORDER)}|laatste)\b(?! (?:keer|jaar|tijd|week|maand))"
)
SHORT = 9
NEW_SUBJECT_TERMS = 4
"""A question with so many words of its own that carry meaning stands alone, whatever its form."""


def leans_on_history(text: str) -> bool:
    """Whether a question makes sense only after another: “en in Assen?”, “wat kost dat?”, “hoe kan ik ze bellen?”."""
    own = terms(text)
    if ELLIPSIS.search(fold(text)) and len(own) < NEW_SUBJECT_TERMS:
        return True
    return asks_a_detail(text) and (bool(POINTS_BACK.search(text)) or len(own) <= 1)


def asks_a_detail(text: str) -> bool:
    """Whether it asks about something already named: its price, phone, opening hours, “is het met een groep?”."""
    own = terms(text)
    points_back = bool(POINTS_BACK.search(text)) and len(own) <= 2 and len(text.split()) <= SHORT
    return points_back or (bool(ASKS_A_DETAIL.search(text)) and len(own) < NEW_SUBJECT_TERMS)


def is_only_a_place(rest: str) -> bool:
    """Whether the `rest` of a text, without the names of places, says nothing: “Assen”, “ik woon in Roden”.

    That is the answer to our own question.
    """
    return set(terms(rest)) <= {"wonen", "gemeente", "dorp", "buurt"}


def pointed_at(text: str, sources: Sequence[str]) -> str | None:
    """The earlier source that is meant by its number: “en de tweede?”, “vertel meer over de laatste”."""
    found = COUNTED_SOURCE.search(fold(text))
    if found is None or len(text.split()) > SHORT:
        return None
    at = ORDER.index(found["order"]) if found["order"] in ORDER else -1
    return sources[at] if at < len(sources) and sources else None
