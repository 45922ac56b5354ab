"""Recognises that somebody says nothing but how they feel: “eenzaam”, “ik ben zo moe”."""

from __future__ import annotations

from assistant.language.analysis import words

FEELINGS = frozenset(
    """
    alleen angstig bang boos depressief down eenzaam gespannen gestrest gestresst hopeloos machteloos moe ongelukkig
    onzeker overspannen radeloos somber uitgeput verdrietig verdriet verloren verward wanhopig wanhoop waardeloos leeg
    """.split()
)
AROUND = frozenset("ik k ben voel me mij zit heb zo heel erg echt gewoon vaak altijd steeds weer best en of".split())
"""Words around a feeling that ask nothing."""


def says_only_a_feeling(text: str) -> bool:
    """Whether a text is a feeling that hurts, and no more: a call for help without a question."""
    said = set(words(text))
    return bool(said & FEELINGS) and said <= FEELINGS | AROUND
