"""How a Dutch word sounds: words that are spelt as they are heard (“bijslach”, “kursus”, “hullep”) get the same key."""

from __future__ import annotations

import re

from assistant.language.analysis import fold

SAME_SOUND: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=[aeiour])tie", "sie"),
        (r"isch(?=e?$)", "ies"),
        (r"eau", "o"),
        (r"ij|ei|y", "y"),
        (r"auw|ouw|au|ou", "au"),
        (r"sch(?=e?$|e?n$)", "s"),
        (r"ch|g", "g"),
        (r"ph|v", "f"),
        (r"th", "t"),
        (r"qu|kw", "kw"),
        (r"ck|k|c(?=[aoulrtk]|$)|q", "k"),
        (r"c|z", "s"),
        (r"x", "ks"),
        (r"ieu|ie|ii", "i"),
        (r"dt$|d$|tt", "t"),
        (r"b$", "p"),
        (r"(?<=[aeiou])([lr])\1?[eu](?=[pkmf]$)", r"\1"),
        (r"([a-z])\1+", r"\1"),
    )
)


def sound_of(word: str) -> str:
    """The key of a word; equal keys sound alike."""
    key = fold(word)
    for pattern, sound in SAME_SOUND:
        key = pattern.sub(sound, key)
    return key
