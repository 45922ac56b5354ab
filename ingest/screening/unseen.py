"""Characters that nobody sees, with which a text can be smuggled past a reader's eye."""

from __future__ import annotations

import re

CONTROL = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u180e\u00ad"
TAGS = "\U000e0000-\U000e007f"
PRIVATE = "\U000f0000-\U0010ffff"

EVERY = re.compile(f"[{CONTROL}{TAGS}{PRIVATE}]")
UNSEEN = re.compile(f"[{TAGS}{PRIVATE}\u202a-\u202e\u2066-\u2069]|(?:[\u200b\u2060-\u2064\ufeff][^\\s]?){{4,}}")
"""What no honest page needs: tag characters, turned reading direction, strings of characters without width."""


def without_unseen(text: str) -> str:
    """The text as it looks."""
    return EVERY.sub("", text)
