"""What a language model wrote and nobody reads, kept for the test bench."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of a language model that nobody reads, and why: `number`, `negation`, `source` …"""

    text: str
    reason: str
