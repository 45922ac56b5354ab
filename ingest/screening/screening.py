"""Finds, block by block, what must not reach an index unseen, and holds it back until an editor has decided.

A block is a paragraph, list or heading of the Markdown. A false alarm costs one paragraph until somebody looks at it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.readers import Extract
from ingest.screening.instructions import instructs
from ingest.screening.personal_data import personal_data
from ingest.screening.unseen import UNSEEN, without_unseen

FEWEST_HIDDEN_WORDS = 12
"""Words from which a hidden text is more than the label of a button."""
LONGEST_QUOTE = 300
SCRIPT = re.compile(
    r"<\s*(?:script|iframe|object|embed|svg|img|form|style|link|meta)\b|\bjavascript\s*:|\bdata:text/html|"
    r"\bon(?:error|load|click|mouseover|focus)\s*=|\bdocument\.(?:cookie|write|location)\b|\beval\s*\(",
    re.IGNORECASE,
)


class FlagKind(StrEnum):
    """Why a block waits; the value is what an editor reads."""

    INSTRUCTION = "opdracht aan een taalmodel"
    HIDDEN_TEXT = "verborgen tekst"
    SCRIPT = "script"
    PERSONAL_DATA = "persoonsgegevens"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that an editor should look at.

    `block` identifies what it is about, for the decision. `holds` is false for what does not reach a text anyway.
    """

    kind: FlagKind
    quote: str
    block: str
    holds: bool = True


def screen(extract: Extract, decisions: Mapping[str, bool] | None = None) -> tuple[str, tuple[Flag, ...]]:
    """The text that may be indexed, and the flags that nobody decided about yet.

    `decisions` maps a block to whether an editor approved it: approved blocks are in the text, others stay out. A page
    that hides an instruction was tampered with, and waits as a whole.
    """
    decided = decisions or {}
    flags = [*_hidden_flags(extract), *_text_flags(extract.title)]
    whole = any(flag.holds and not decided.get(flag.block, False) for flag in flags)
    kept: list[str] = []
    for block in blocks_of(extract.text):
        found = list(_text_flags(block))
        flags += found
        if not whole and all(decided.get(flag.block, False) for flag in found):
            kept.append(without_unseen(block))
    waiting = {(flag.kind, flag.block): flag for flag in flags if flag.block not in decided}
    return "\n\n".join(_without_empty_headings(kept)), tuple(waiting.values())


def screen_text(text: str) -> tuple[Flag, ...]:
    """The flags of a text that has no page around it, such as what an editor pasted."""
    return tuple(flag for block in blocks_of(text) for flag in _text_flags(block))


def blocks_of(text: str) -> list[str]:
    """The blocks of a Markdown text, in order."""
    return [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def _text_flags(block: str) -> Iterator[Flag]:
    digest = _digest(block)
    if quote := instructs(block):
        yield Flag(FlagKind.INSTRUCTION, quote[:LONGEST_QUOTE], digest)
    if match := SCRIPT.search(block):
        yield Flag(FlagKind.SCRIPT, block[max(0, match.start() - 40) : match.end() + 80], digest)
    if UNSEEN.search(block):
        yield Flag(FlagKind.HIDDEN_TEXT, without_unseen(block)[:LONGEST_QUOTE], digest)
    if quotes := personal_data(block):
        yield Flag(FlagKind.PERSONAL_DATA, "; ".join(quotes)[:LONGEST_QUOTE], digest)


def _hidden_flags(extract: Extract) -> Iterator[Flag]:
    for text in dict.fromkeys(extract.hidden):
        if quote := instructs(text):
            yield Flag(FlagKind.INSTRUCTION, quote[:LONGEST_QUOTE], _digest(text))
        elif len(text.split()) >= FEWEST_HIDDEN_WORDS:
            yield Flag(FlagKind.HIDDEN_TEXT, text[:LONGEST_QUOTE], _digest(text), holds=False)


def _without_empty_headings(blocks: list[str]) -> list[str]:
    """A heading of which every block was held back says nothing."""
    kept: list[str] = []
    for n, block in enumerate(blocks):
        level = len(block) - len(block.lstrip("#"))
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        deeper = after is not None and (not after.startswith("#") or len(after) - len(after.lstrip("#")) > level)
        if not block.startswith("#") or deeper:
            kept.append(block)
    return kept


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
