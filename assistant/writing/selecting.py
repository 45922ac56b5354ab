"""Chooses which sources and which of their sentences an answer uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.domain import Passage, Sentence, Source, Statement, Turn
from assistant.language.analysis import terms

NEAR = 0.03
"""How far below the best fused score a source may lie and still be part of the answer."""

WIDE = 0.06
FEWEST_CARDS = 2

ASKS_WHAT_IT_IS = re.compile(
    r"^\s*(?:wat (?:is|zijn|doet|doen|houdt|betekent|kost)|wie (?:is|zijn|zit|zitten|doet|doen)|wanneer|hoe ?veel|"
    r"waarom|hoe werkt|in welk|uit welk|met welk|sinds)\b",
    re.IGNORECASE,
)
"""How a question about facts begins, to which a list of services is no answer."""

DETAIL_BONUS = 0.03
SUMMARY_BONUS, SHARE_MALUS = 0.02, -0.03
"""Somebody who looks for help reads first what a service is, and no percentages."""
COVERAGE_BONUS = 0.05
SAME = 0.6

DETAILS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"\b(?:hoe laat|open|openingstijden|welke dag|wanneer)\b", re.I),
        re.compile(r"\d{1,2}[.:]\d\d|dag\b|\buur\b"),
    ),
    (
        re.compile(r"\b(?:kost|kosten|gratis|duur|betalen|prijs|eigen bijdrage)\b", re.I),
        re.compile(r"€|euro|gratis|kost|betaal"),
    ),
    (
        re.compile(r"\b(?:bel|bellen|telefoon\w*|nummer)\b", re.I),
        re.compile(r"\d{2,4}[ -]?\d{3,}|\b1[0-9]{2}\b|14 0\d{3}"),
    ),
    (re.compile(r"\b(?:mail|mailen|e-?mail\w*)\b", re.I), re.compile(r"@")),
    (re.compile(r"\b(?:wanneer|sinds|welk jaar|sedert)\b", re.I), re.compile(r"\b(?:19|20)\d\d\b")),
    (re.compile(r"\b(?:hoeveel|hoe veel|percentage|procent|aantal|cijfers?)\b", re.I), re.compile(r"\d")),
    (
        re.compile(r"\b(?:waar|adres|locatie)\b", re.I),
        re.compile(r"\b[A-Z]\w+(?:straat|weg|laan|plein|singel|kade)\b|\bin [A-Z]"),
    ),
)
"""What a question asks for → what a sentence that answers it looks like."""


def helping(turn: Turn) -> list[Passage]:
    """The passages about something a person can turn to, that belong in the answer; empty for a question about facts.

    Somebody who asks for help sees services even where a paper or project fits the words slightly better.
    """
    if not turn.passages:
        return []
    if ASKS_WHAT_IT_IS.search(turn.text) and not turn.about_me:
        return []
    best = turn.passages[0]
    helps = [p for p in near_best(turn.passages, WIDE) if p.source.is_help]
    if not helps or not (best.source.is_help or (turn.about_me and leads(helps[0], best))):
        return []
    near = [p for p in helps if p.scores.fused >= helps[0].scores.fused - NEAR]
    if len(near) < FEWEST_CARDS and turn.about_me:
        return helps[:FEWEST_CARDS]
    return near[:FEWEST_CARDS] + [p for p in near[FEWEST_CARDS:] if _meets_need(turn, p)]


def _meets_need(turn: Turn, passage: Passage) -> bool:
    """Whether a source is about a need that was recognised; true when none was."""
    return not turn.needs or bool(set(turn.needs) & set(passage.source.topics))


def leads(help: Passage, best: Passage) -> bool:
    """Whether help is so close behind the best passage that it goes first."""
    return best.scores.fused - help.scores.fused <= NEAR


def near_best(passages: Sequence[Passage], margin: float = NEAR) -> list[Passage]:
    """The passages whose score is close to that of the first."""
    return [p for p in passages if p.scores.fused >= passages[0].scores.fused - margin] if passages else []


def best_sentences(turn: Turn, passage: Passage, count: int, said: Iterable[str] = ()) -> list[Statement]:
    """The sentences of a passage that bear most on the question, in text order, none that was said already."""
    spoken = list(said)
    chosen: list[tuple[int, str]] = []
    ranked = sorted(enumerate(passage.sentences), key=lambda pair: -_worth(turn, passage, pair[1]))
    for position, sentence in ranked:
        if len(chosen) == count:
            break
        if not any(alike(sentence.text, other) for other in [*spoken, *(text for _, text in chosen)]):
            chosen.append((position, sentence.text))
    return [Statement(text, passage.source, text) for _, text in sorted(chosen)]


def alike(one: str, other: str) -> bool:
    """Whether two sentences say nearly the same in nearly the same words."""
    a, b = set(terms(one)), set(terms(other))
    return bool(a | b) and len(a & b) / len(a | b) > SAME


def shared_topic(sources: Sequence[Source]) -> str | None:
    """The topic that most of the sources have in common, the first source's own order deciding a tie."""
    if not sources:
        return None
    votes = Counter(topic for source in sources for topic in source.topics)
    topic = max(sources[0].topics, key=lambda t: votes[t], default=None)
    return topic if topic and votes[topic] * 2 > len(sources) else None


def suggestions(turn: Turn, count: int = 3) -> tuple[str, ...]:
    """Questions that other found sources answer, for the visitor to click."""
    asked = set(terms(turn.text))
    found: list[str] = []
    for passage in turn.passages[1:8]:
        whole = (q for q in passage.source.questions if q.endswith("?") and q[:1].isupper() and set(terms(q)) != asked)
        question = next(whole, None)
        if question and len(found) < count:
            found.append(question)
    return tuple(found)


def _worth(turn: Turn, passage: Passage, sentence: Sentence) -> float:
    asked = set(terms(turn.search_text))
    worth = sentence.score + (COVERAGE_BONUS * len(asked & set(terms(sentence.text))) / len(asked) if asked else 0.0)
    if any(asks.search(turn.search_text) and gives.search(sentence.text) for asks, gives in DETAILS):
        worth += DETAIL_BONUS
    if turn.about_me and passage.source.is_help:
        worth += SUMMARY_BONUS if sentence.text == passage.source.summary else 0.0
        worth += SHARE_MALUS if "procent" in sentence.text or "%" in sentence.text else 0.0
    return worth
