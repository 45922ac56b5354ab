"""The small language of the rule tables: phrases that an editor can read, compiled to patterns that cannot run away.

ik ~ (wil|wou) dood     words in this order; `~` lets up to four filler words in between
(a b|c)   [a|b]         one of these; perhaps one of these
zelfmoord*              a word that starts so (`*` may also stand in front)
slaat ... kind          up to four words in between, within the sentence
<naaste>                one of the words of a named list
^  .  $                 the start, the end of a sentence, the end of the text
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.rules.folding import fold

GAP = r"(?: \w+){0,4}?"
LIST = re.compile(r"<([\w-]+)>")
ELEMENT = re.compile(r"\.\.\.|[\w*]+|[()\[\]|~.^$#]")
SIGNS_WITHOUT_WORD = frozenset({"~", "...", ".", "^", "$", "#"})
SIGNS = {
    "...": GAP,
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
    ".": r"(?: [.^$])",
    "^": r" \^",
    "$": r" \$",
    "#": r" \d+",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase. `needs`: every match holds at least one word of each of these sets, which is fast to test."""

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    words: frozenset[str]

    def may_match(self, vocabulary: frozenset[str]) -> bool:
        """False when the words of a text rule a match out."""
        return not any(need.isdisjoint(vocabulary) for need in self.needs)


def compile_phrase(source: str, *, lists: Mapping[str, str], filler: str) -> Phrase:
    """Raises `KeyError` for an unknown list, `ValueError` for a sign outside the language."""
    expanded = fold(_expand(source, lists))
    elements: list[str] = ELEMENT.findall(expanded)
    if "*" in elements or "".join(elements) != "".join(expanded.split()):
        raise ValueError(f"{source!r}: only words, lists and the signs of phrases.py can stand in a phrase")
    body = "".join(_translate(element, filler) for element in elements)
    try:
        # The look-ahead keeps the closing space for the next phrase and makes the last word a whole word.
        pattern = re.compile(f"(?:{body})(?= )")
    except re.error as exc:
        raise ValueError(f"{source!r}: the brackets do not match") from exc
    return Phrase(pattern, _needs(elements), frozenset(e for e in elements if e.isalnum()))


def compile_filler(words: str) -> str:
    """The pattern for `~`, from filler words separated by white space."""
    return f"(?: (?:{'|'.join(fold(words).split())})){{0,4}}"


def _expand(source: str, lists: Mapping[str, str]) -> str:
    while LIST.search(source):
        source = LIST.sub(lambda m: f" ({lists[m[1]]}) ", source)
    return source


def _translate(element: str, filler: str) -> str:
    if element == "~":
        return filler
    return SIGNS.get(element) or " " + element.replace("*", r"\w*")


def _needs(elements: list[str]) -> tuple[frozenset[str], ...]:
    """One set of words for each part that must be there. A part with `*` or an optional part asks for nothing."""
    if "|" in _outside_brackets(elements):
        return ()
    needs: list[frozenset[str]] = []
    for part in _parts(elements):
        is_open = part[0] == "[" or any("*" in e or e in SIGNS_WITHOUT_WORD for e in part)
        if not is_open:
            needs.append(frozenset(e for e in part if e.isalnum()))
    return tuple(needs)


def _parts(elements: list[str]) -> list[list[str]]:
    """The elements at the top level, a bracketed group as one part."""
    parts: list[list[str]] = []
    depth = 0
    for element in elements:
        if depth == 0:
            parts.append([])
        parts[-1].append(element)
        depth += (element in {"(", "["}) - (element in {")", "]"})
    return parts


def _outside_brackets(elements: list[str]) -> list[str]:
    return [part[0] for part in _parts(elements) if len(part) == 1]
