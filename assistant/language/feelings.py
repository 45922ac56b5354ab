"""Recognises that somebody says nothing but how they feel: “eenzaam”, “ik ben zo moe”."""

from __future__ import annotations

import re

from assistant.language.analysis import fold

FEELING = re.compile(
    r"\W*(?:(?:ik|k) (?:ben|voel (?:me|mij)|zit)|ben|voel (?:me|mij))?\W*"
    r"(?:(?:me|mij|zo|heel|erg|echt|gewoon|de laatste tijd|vaak|altijd|steeds|weer|best) )*"
    r"(?:alleen|angstig|bang|boos|depressief|down|eenzaam|gespannen|gestrest|gestresst|hopeloos|machteloos|moe|ongelukkig|"
    r"onzeker|overspannen|radeloos|somber|uitgeput|verdrietig|verdriet|verloren|verward|wanhopig|wanhoop|waardeloos|leeg)"
    r"(?: (?:en|of) \w+| en zo)?\W*"
)

LONGEST = 60
"""Characters up to which a text may say no more than that."""


def says_only_a_feeling(text: str) -> bool:
    """Whether a text is a feeling that hurts, and no more: a call for help without a question."""
    return len(text) <= LONGEST and FEELING.fullmatch(fold(text)) is not None
