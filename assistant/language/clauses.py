"""Cuts a long story into the pieces that each carry a need, so that the second need is not drowned by the first."""

from __future__ import annotations

import re

from assistant.language.analysis import terms
from assistant.language.needs import recognise_needs

BOUNDARY = re.compile(r"[.!?;\n]+|,\s+|\b(?:en ook|daarnaast|verder|bovendien|maar|want|omdat|en)\b", re.IGNORECASE)
MOST_PARTS = 2
LONG_STORY = 25
FEWEST_TERMS = 2


def parts_with_needs(text: str) -> tuple[str, ...]:
    """At most two pieces of a text with more than one need, or of a long story; each names a need of its own."""
    needs = recognise_needs(text)
    if len(needs) < 2 and len(text.split()) < LONG_STORY:
        return ()
    found: dict[str, str] = {}
    for piece in BOUNDARY.split(text):
        for need in recognise_needs(piece):
            if need not in found and len(terms(piece)) >= FEWEST_TERMS:
                found[need] = piece.strip()
    pieces = list(dict.fromkeys(found.values()))
    return tuple(piece for piece in pieces if piece != text)[:MOST_PARTS]
