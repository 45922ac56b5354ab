"""Chooses the help that an answer shows: what passes a bar of its own, the best for each need, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.domain import Passage, Source, Turn
from assistant.language.analysis import words
from assistant.language.clauses import BOUNDARY
from assistant.language.needs import recognise_needs

CARDS = 3

NEAR = 0.03
"""How far below the best fused score a source may lie and still be part of the answer."""
WIDE = 0.06

FITTING_QUESTION, FITTING_WORDS = 0.9, 0.6
"""A further card fits when one of its example questions lies this near, or its words cover this much of the question.

Chosen on the tuning set, where half of the further cards are right ones.
"""

FOR_ME = -0.02
"""How much less help must fit to go before a paper or regulation, when somebody asks for help."""

RANKED_FIRST = 4
"""So many of the first are at least named. With four instead of two, 94.6 instead of 93.2 % of the tuning questions
name a right source, and 88 instead of 85 % of those for calibration."""

OTHER_NEED = 0.015
"""How much better what is about another need must fit than what is about the recognised one."""

UNSURE_CARDS = 2
"""So many are shown when not even the first fits: then the visitor knows best. In another language all cosines are
lower, and `CARDS` are shown."""

ASKS_WHAT_IT_IS = re.compile(
    r"^\s*(?:wat (?:is|zijn|doet|doen|houdt|betekent|kost)|wie (?:is|zijn|zit|zitten|doet|doen)|wanneer|hoe ?veel|"
    r"waarom|hoe werkt|in welk|uit welk|met welk|sinds)\b",
    re.IGNORECASE,
)
"""How a question about facts begins, to which a list of services is no answer."""


def helping(turn: Turn) -> list[Passage]:
    """The passages about something a person can turn to, that belong in the answer; empty for a question about facts.

    Somebody who asks for help sees services even where a paper or project fits the words slightly better.
    """
    if not turn.passages or (ASKS_WHAT_IT_IS.search(turn.text) and not turn.about_me):
        return []
    best = turn.passages[0]
    helps = [p for p in near_best(turn.passages, WIDE) if p.source.is_help]
    if helps and (best.source.is_help or (turn.about_me and fits(helps[0], by=FOR_ME) and _leads(helps[0], best))):
        return chosen(turn, helps)
    return []


def chosen(turn: Turn, helps: Sequence[Passage]) -> list[Passage]:
    """The first, the best for each further need, and what else is near and fits; at most `CARDS`."""
    first = helps[0]
    kept = [first]
    for needs in needs_apart(turn):
        if not needs & set(first.source.topics):
            candidates = [p for p in turn.passages if p.source.is_help and needs & set(p.source.topics)]
            kept += [p for p in candidates if fits(p)][:1]
    near = [p for p in helps[1:] if p.scores.fused >= first.scores.fused - NEAR]
    kept += [p for p in near if fits(p) and (meets_need(turn, p.source) or fits(p, by=OTHER_NEED))]
    if len(kept) == 1 and not fits(first):
        kept += near[: UNSURE_CARDS - 1 if turn.language == "nl" else CARDS - 1]
    return without_doubles(kept)[:CARDS]


def fits(passage: Passage, by: float = 0.0) -> bool:
    """Whether a source bears on the question by itself, not only because it comes next; `by` raises the bar."""
    return passage.scores.question >= FITTING_QUESTION + by or _words(passage) >= FITTING_WORDS + by


def meets_need(turn: Turn, source: Source) -> bool:
    """Whether a source is about a need that was recognised; true when none was."""
    return not turn.needs or bool(set(turn.needs) & set(source.topics))


def needs_apart(turn: Turn) -> list[set[str]]:
    """The needs of each clause that names one, where a question names several: “schulden en ook eenzaam”."""
    clauses = [needs for piece in BOUNDARY.split(turn.search_text) if (needs := set(recognise_needs(piece)))]
    apart: list[set[str]] = []
    for needs in clauses:
        if not any(needs & other for other in apart):
            apart.append(needs)
    return apart if len(apart) > 1 else []


def named_needs(turn: Turn, sources: Sequence[Source]) -> list[str]:
    """The needs that the visitor named and that these sources are about: one for each clause that names one.

    A single need is one that the first source is about, since what is said of it follows.
    """
    groups = needs_apart(turn)
    if not groups:
        groups = [set(turn.needs).intersection(*(source.topics for source in sources[:1]))]
    named = [_most_shared(turn, group, sources) for group in groups]
    return [need for need in named if need]


def near_best(passages: Sequence[Passage], margin: float = NEAR) -> list[Passage]:
    """The passages whose score is close to that of the first."""
    return [p for p in passages if p.scores.fused >= passages[0].scores.fused - margin] if passages else []


def with_first(turn: Turn, shown: Sequence[Passage]) -> list[Passage]:
    """What is shown and, where that is little, what ranks first: a reader sees at a glance which of them it is.

    Who asks for themselves is not sent to what is written for professionals only.
    """
    near = near_best(turn.passages, WIDE)
    if turn.about_me and turn.audience != "professional":
        near = [p for p in near if not p.source.audience or "inwoner" in p.source.audience]
    first = without_doubles(near)[:RANKED_FIRST]
    return without_doubles([*shown, *first])[: max(len(shown), RANKED_FIRST)]


def without_doubles(passages: Iterable[Passage]) -> list[Passage]:
    """Each source once, and one of those that bear the same name for the same place."""
    kept: dict[str, Passage] = {}
    names: set[tuple[frozenset[str], tuple[str, ...]]] = set()
    for passage in passages:
        source = passage.source
        name = (frozenset(words(source.title)), source.municipalities)
        if source.id not in kept and name not in names:
            kept[source.id] = passage
            names.add(name)
    return list(kept.values())


def _words(passage: Passage) -> float:
    return max(passage.scores.coverage, passage.scores.question_coverage)


def _leads(help: Passage, best: Passage) -> bool:
    """Whether help is so close behind the best passage that it goes first."""
    return best.scores.fused - help.scores.fused <= NEAR


def _most_shared(turn: Turn, needs: set[str], sources: Sequence[Source]) -> str | None:
    """The need that most of the sources are about; the order of the first one's topics decides a tie."""
    votes = {need: sum(need in source.topics for source in sources) for need in turn.needs if need in needs}
    first = [topic for source in sources for topic in source.topics]
    fitting = [need for need, count in votes.items() if count]
    return min(fitting, key=lambda need: (-votes[need], first.index(need)), default=None)
