"""The small language of the rule tables: phrases that an editor can read, compiled to patterns that cannot run away.

ik ~ (wil|wou) dood     words in this order; `~` lets up to four filler words in between
(a b|c)   [a|b]         one of these; perhaps one of these
zelfmoord*              a word that starts so (`*` may also stand in front)
slaat ... kind          up to four words in between, within the sentence
kind & sloot            all of these parts, two or three, in any order within one sentence
<naaste>                one of the words of a named list
^  .  $                 the start, the end of a sentence, the end of the text
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, permutations

from assistant.rules.folding import fold

GAP = r"(?: \w+){0,4}?"
WIDE_GAP = r"(?: \w+){0,15}?"
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
    """A checked phrase. `needs`: every match holds at least one word of each of these sets, which is fast to test."""

    expression: str
    needs: tuple[frozenset[str], ...]
    words: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first asked for: a table has a thousand, and most texts need but a few."""
        return _compiled(self.expression)

    def may_match(self, vocabulary: frozenset[str]) -> bool:
        """False when the words of a text rule a match out."""
        return not any(need.isdisjoint(vocabulary) for need in self.needs)


def compile_phrase(source: str, *, lists: Mapping[str, str], filler: str) -> Phrase:
    """Raises `KeyError` for an unknown list, `ValueError` for a sign outside the language."""
    parts = [_read_elements(part, lists) for part in source.split("&")]
    if not all(map(_brackets_match, parts)):
        raise ValueError(f"{source!r}: the brackets do not match")
    bodies = ["".join(_translate(element, filler) for element in part) for part in parts]
    # The look-ahead keeps the closing space for the next phrase and makes the last word a whole word.
    expression = f"(?:{_in_any_order(bodies)})(?= )"
    words = frozenset(e for part in parts for e in part if e.isalnum())
    return Phrase(expression, tuple(need for part in parts for need in _needs(part)), words)


_compiled = cache(re.compile)


def compile_filler(words: str) -> str:
    """The pattern for `~`, from filler words separated by white space."""
    return f"(?: (?:{'|'.join(fold(words).split())})){{0,4}}"


def _read_elements(source: str, lists: Mapping[str, str]) -> list[str]:
    expanded = fold(_expand(source, lists))
    elements: list[str] = ELEMENT.findall(expanded)
    if "*" in elements or "".join(elements) != "".join(expanded.split()):
        raise ValueError(f"{source!r}: only words, lists and the signs of phrases.py can stand in a phrase")
    return elements


def _brackets_match(elements: Sequence[str]) -> bool:
    depths = list(accumulate((e in {"(", "["}) - (e in {")", "]"}) for e in elements))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _in_any_order(bodies: Iterable[str]) -> str:
    """Each part is a group of its own, so that a `|` in one part does not cut the others."""
    groups = [f"(?:{body})(?= )" for body in bodies]
    return "|".join(WIDE_GAP.join(order) for order in permutations(groups))


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
