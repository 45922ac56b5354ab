"""Finds a crisis, a question that is out of bounds, or distress, by fixed rules over the folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Outcome
from assistant.language.dialect import as_dutch
from assistant.language.feelings import says_only_a_feeling
from assistant.rules.folding import END, START, STOP, tokens
from assistant.rules.spelling import unglue
from assistant.rules.tables import Rule, Table, load_table

DISTRESS, SOMEBODY = "distress", "somebody"
PAUSE = re.compile(r"\.{2,}|…|\n+")
SIGN = re.compile(r"[.!?;:]+")
WORDS_PER_SIGN = 3
"""With fewer words between its signs than this, a text is cut up (`ik.wil.niet.meer`) and the signs end no sentence."""

SHORT = 45
"""Words of a text that is read as one remark, and not as a story with many sides."""


@dataclass(frozen=True, slots=True)
class CrisisMatch:
    """Why we think that somebody is in danger. `fragment` is the folded text that matched: never log it.

    `certain`: the words say it outright, so that nothing else in the text can make it harmless.
    """

    tier: str
    outcome: Outcome
    rule: str
    fragment: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class BoundaryMatch:
    """Why a question is not ours to answer. `fragment` is the folded text that matched: never log it."""

    outcome: Outcome
    rule: str
    fragment: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as the rules read it: its words between single spaces, and which words these are."""

    line: str
    vocabulary: frozenset[str]


@lru_cache(maxsize=16)  # one question is looked at by the limits, the page and the assistant
def find_crisis(text: str) -> CrisisMatch | None:
    """The first crisis in order of precedence: suicide, danger, violence. Reads the whole text, however long."""
    table = load_table("crisis")
    readings = _readings(text, table)
    found = [match for reading in readings if (match := _first_match(table, reading, lambda rule: bool(rule.outcome)))]
    if not found:
        return None
    rule, fragment = min(found, key=lambda match: table.rules.index(match[0]))
    return CrisisMatch(rule.tier, rule.outcome, rule.name, fragment, rule.certain) if rule.outcome else None


def find_boundary(text: str) -> BoundaryMatch | None:
    """What makes a question surely not ours to answer; in doubt None, so that the search decides."""
    table = load_table("boundaries")
    found = _first_match(table, _read(text, table), lambda rule: True)
    if found is None or found[0].outcome is None:
        return None
    return BoundaryMatch(found[0].outcome, found[0].name, found[1])


def shows_distress(text: str) -> bool:
    """Whether the answer should be warm and offer help nearby; also asked when there is no crisis."""
    return says_only_a_feeling(text) or _shows(DISTRESS, text)


def names_somebody(text: str) -> bool:
    """Whether there is a person in a Dutch text; a question about a word or a figure mostly has none."""
    return _shows(SOMEBODY, text)


def speaks_from_a_distance(text: str, besides: str = "") -> bool:
    """Whether a short text has words of a story, study, work, the past or a figure of speech.

    `besides` is the fragment of a crisis, whose own words do not count. In a long text such words say little: who tells
    a whole life also names the past.
    """
    found = tokens(text)
    table = load_table("distance")
    if sum(token.isalnum() for token in found) > SHORT:
        return False
    outside = [token for token in found if token not in besides.split() or token in {START, STOP, END}]
    return _first_match(table, _as_text(outside, table), lambda rule: True) is not None


def _shows(tier: str, text: str) -> bool:
    table = load_table("crisis")
    return _first_match(table, _read(text, table), lambda rule: rule.tier == tier) is not None


def _readings(text: str, table: Table) -> Iterator[_Text]:
    """The text as typed, and as it reads in Dutch, without pauses (`ik wil... dood`) or signs, and with words apart."""
    words = tokens(text)
    yield _as_text(words, table)
    dutch = as_dutch(words)
    if dutch != words:
        yield _as_text(dutch, table)
    if PAUSE.search(text):
        yield _read(PAUSE.sub(" ", text), table)
    signs = len(SIGN.findall(text))
    if signs > 1 and sum(word.isalnum() for word in words) < WORDS_PER_SIGN * signs:
        yield _read(SIGN.sub(" ", text), table)
    apart = unglue(words, table.spelling)
    if apart != words:
        yield _as_text(apart, table)


def _read(text: str, table: Table) -> _Text:
    return _as_text(tokens(text), table)


def _as_text(found: list[str], table: Table) -> _Text:
    read = {token: table.spelling.read(token) for token in set(found)}
    words = [read[token] for token in found]
    return _Text(f" {' '.join(words)} ", frozenset(words))


def _first_match(table: Table, text: _Text, wanted: Callable[[Rule], bool]) -> tuple[Rule, str] | None:
    """The first stretch of text that a pattern of a wanted rule finds and no exception of that rule overlaps."""
    excluded: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for rule, phrase in table.phrases.near(text.vocabulary):
        name = rule.tier, rule.name
        for match in phrase.pattern.finditer(text.line) if wanted(rule) else ():
            if name not in excluded:
                excluded[name] = _exceptions(rule, text)
            if not any(start < match.end() and match.start() < end for start, end in excluded[name]):
                return rule, match[0].strip()
    return None


def _exceptions(rule: Rule, text: _Text) -> list[tuple[int, int]]:
    phrases = (phrase for phrase in rule.exceptions if phrase.may_match(text.vocabulary))
    return [match.span() for phrase in phrases for match in phrase.pattern.finditer(text.line)]
