"""Chooses which sentences of a source an answer uses, and what may be asked next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.domain import Passage, Sentence, Source, Statement, Turn
from assistant.language.analysis import terms
from assistant.writing.choosing import meets_need
from assistant.writing.dating import YEAR
from assistant.writing.trusting import EMERGENCY

DETAIL_BONUS = 0.03
SUMMARY_BONUS, SHARE_MALUS = 0.03, -0.06
"""Somebody who looks for help reads first what a service is, and no percentages."""
ON_CARD_MALUS = -0.04
"""What only repeats a line of the card."""
PROFESSIONAL_BONUS = 0.015
COVERAGE_BONUS = 0.05
PER_YEAR, MOST_YEARS = -0.004, 10
"""A sentence about an earlier year gives way to one about the latest year of the same source."""
SAME = 0.6
LEANING = re.compile(r"(?:Ook|Verder|Daarnaast|Bovendien|Zo|Dan|Toch)\b")
LEANING_MALUS = -0.04
"""A sentence that leans on the one before it does not stand well by itself."""

EASY_WORD, LONG_WORD = 0.003, 0.008
"""What a word, and a long word, costs a sentence in the shorter form."""
LONG = 12

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

FOR_PROFESSIONALS: tuple[re.Pattern[str], ...] = (
    re.compile(r"contactpersoon|coördinator|projectleider|trekker|@|\btel\b|\b0\d{2,3}[ -]?\d{6}"),
    re.compile(r"partner|samen met|samenwerk|doen mee|deelnemer|initiatiefnemer", re.I),
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|procent|euro|miljoen|mensen|inwoners)|€"),
)
"""What a professional looks for first: contact persons, partners, years, figures."""


def best_sentences(turn: Turn, passage: Passage, count: int, said: Iterable[str] = ()) -> list[Statement]:
    """The sentences of a passage that bear most on the question, in text order, none that was said already."""
    spoken = list(said)
    picked: list[tuple[int, str]] = []
    ranked = sorted(enumerate(passage.sentences), key=lambda pair: -_worth(turn, passage, pair[1]))
    for position, sentence in ranked:
        if len(picked) == count:
            break
        if not any(alike(sentence.text, other) for other in [*spoken, *(text for _, text in picked)]):
            picked.append((position, sentence.text))
    return [Statement(text, passage.source, text) for _, text in sorted(picked)]


def easiest_sentence(turn: Turn, passage: Passage) -> Statement | None:
    """The one sentence that says most with the fewest and shortest words."""
    if not passage.sentences:
        return None

    def ease(sentence: Sentence) -> float:
        words = sentence.text.split()
        cost = EASY_WORD * len(words) + LONG_WORD * sum(len(word) > LONG for word in words)
        first = SUMMARY_BONUS if sentence.text == passage.source.summary else 0.0
        return _worth(turn, passage, sentence) + first - cost

    text = max(passage.sentences, key=ease).text
    return Statement(text, passage.source, text)


def alike(one: str, other: str) -> bool:
    """Whether two sentences say nearly the same in nearly the same words."""
    a, b = set(terms(one)), set(terms(other))
    return bool(a | b) and len(a & b) / len(a | b) > SAME


def suggestions(turn: Turn, used: Sequence[Source] = (), count: int = 3) -> tuple[str, ...]:
    """Questions for the visitor to click, that other found sources on the same need answer."""
    asked = set(terms(turn.text))
    seen = {source.id for source in used}
    others = [p.source for p in turn.passages[1:12] if p.source.id not in seen and _suits(turn, p.source)]
    found: list[str] = []
    for source in others:
        whole = (q for q in source.questions if q.endswith("?") and q[:1].isupper() and set(terms(q)) != asked)
        new = (q for q in whole if not EMERGENCY.search(q) and not any(alike(q, other) for other in found))
        question = next(new, None)
        if question and len(found) < count:
            found.append(question)
    return tuple(found)


def _years_behind(sentence: str, passage: Passage) -> int:
    """How many years before the latest that its passage names; 0 for a sentence without a year."""
    years = [int(year) for year in YEAR.findall(sentence)]
    if not years:
        return 0
    latest = max(int(year) for other in passage.sentences for year in [*YEAR.findall(other.text), *years])
    return min(MOST_YEARS, latest - max(years))


def stands_on_card(sentence: str, source: Source) -> bool:
    """Whether a sentence only tells how to reach the source, which its card shows."""
    contact = source.contact
    return sentence.startswith("De website van ") or any(
        value in sentence for value in (contact.phone, contact.email, contact.website) if value
    )


def _suits(turn: Turn, source: Source) -> bool:
    """An inwoner is not offered what is written for professionals, nor what is about another need."""
    reader = turn.audience or "inwoner"
    return meets_need(turn, source) and (not source.audience or reader in source.audience)


def _worth(turn: Turn, passage: Passage, sentence: Sentence) -> float:
    asked = set(terms(turn.search_text))
    worth = sentence.score + (COVERAGE_BONUS * len(asked & set(terms(sentence.text))) / len(asked) if asked else 0.0)
    answers_detail = any(asks.search(turn.search_text) and gives.search(sentence.text) for asks, gives in DETAILS)
    worth += DETAIL_BONUS if answers_detail else 0.0
    worth += PER_YEAR * _years_behind(sentence.text, passage)
    worth += LEANING_MALUS if LEANING.match(sentence.text) else 0.0
    if turn.audience == "professional":
        return worth + PROFESSIONAL_BONUS * sum(bool(p.search(sentence.text)) for p in FOR_PROFESSIONALS)
    if passage.source.is_help and not answers_detail and stands_on_card(sentence.text, passage.source):
        worth += ON_CARD_MALUS
    if turn.about_me and passage.source.is_help:
        worth += SUMMARY_BONUS if sentence.text == passage.source.summary else 0.0
        worth += SHARE_MALUS if "procent" in sentence.text or "%" in sentence.text else 0.0
    return worth
