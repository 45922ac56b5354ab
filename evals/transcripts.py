"""Whole answers to read, good and bad ones beside each other: figures alone do not show what a visitor sees."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from assistant.domain import Answer
from evals.measures import failures
from evals.running import Record


def choose_records(records: Sequence[Record], count: int, seed: int) -> list[Record]:
    """At most `count` records of the tuning set, half of them with a failure where there are enough.

    Each half goes round the groups of cases, so that none is missing before another comes twice. The report set is
    never shown. The same seed chooses the same cases.
    """
    own = [record for record in records if record.case.set == "tune" and len(record.case.text) <= 500]
    bad = _round_the_groups((record for record in own if failures(record)), seed)[: count // 2]
    good = _round_the_groups((record for record in own if not failures(record)), seed)[: count - len(bad)]
    return [*good, *bad]


def transcripts(records: Sequence[Record]) -> str:
    """The records as Markdown, those without a failure first."""
    return "\n\n".join(["# Transcripts", *(_transcript(n, record) for n, record in enumerate(records, 1))]) + "\n"


def _round_the_groups(records: Iterable[Record], seed: int) -> list[Record]:
    shuffled = sorted(records, key=lambda record: record.case.id)
    random.Random(seed).shuffle(shuffled)
    seen: dict[str, int] = {}
    turns = []
    for record in shuffled:
        seen[record.case.group] = seen.get(record.case.group, 0) + 1
        turns.append((seen[record.case.group], record.case.group, record))
    return [record for _, _, record in sorted(turns, key=lambda turn: turn[:2])]


def _transcript(number: int, record: Record) -> str:
    case, answer = record.case, record.answer
    wrong = "; ".join(failures(record)) or "nothing"
    asked = [f"**Visitor:** {text}" for text in (*case.history, case.text)]
    chosen = ", ".join(filter(None, (case.municipality, case.audience)))
    return "\n\n".join(
        [
            f"## {number}. {case.id} ({case.group}{': ' + chosen if chosen else ''})",
            *asked,
            f"**Markewijzer** (`{answer.outcome}`): {answer.text}",
            *_lines(answer),
            f"*Missed: {wrong}.*",
        ]
    )


def _lines(answer: Answer) -> list[str]:
    cards = [f"- card: {card.source.title}, {card.source.contact.phone or 'no phone'}" for card in answer.cards]
    cited = [f"- [{c.number}] {c.source.title} ({c.source.date or 'no date'}): “{c.quote}”" for c in answer.citations]
    return ["\n".join([*cards, *cited])] if cards or cited else []
