"""Checks citations by their letters: does each marked sentence literally stand in what it cites?

Written apart from `CheckSupport`, so that a mistake there shows here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from assistant import replies
from assistant.domain import Answer, Citation, Source
from assistant.language.sentences import split_sentences
from evals.fixed_replies import match_fixed, plain

MARKS = re.compile(r"\s*((?:\[\d+\]\s*)+)")
FACTUAL = re.compile(r"\d|https?://|www\.|@|\w\.(?:nl|com|org|eu)\b")
WORDS = re.compile(r"[\w@.+/:-]*\w")
MAY_HOLD_DIGITS = frozenset({"count", "limit", "place"})
"""What a fixed reply may fill in without a source: how many, how long, and the visitor's own place."""


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """The sentences of an answer that state something, by what stands behind them."""

    supported: tuple[str, ...]
    unsupported: tuple[str, ...]
    """Marked, but the source does not say it."""
    uncited: tuple[str, ...]
    """Has a number, an address or a site in it, but no mark."""


def check_citations(answer: Answer) -> CitationCheck:
    """Reads the answer line by line and mark by mark."""
    citations = {citation.number: citation for citation in answer.citations}
    supported: list[str] = []
    unsupported: list[str] = []
    unmarked: list[str] = []
    for text, marks in _segments(answer.text):
        sentences = split_sentences(text)
        if not marks:
            unmarked += sentences
            continue
        cited = [citations[n] for n in marks if n in citations]
        start = _start_of_claim(sentences, cited)
        if start is None:
            unsupported += sentences[-1:] or ["(a mark without words)"]
            unmarked += sentences[:-1]
        else:
            supported.append(" ".join(sentences[start:]))
            unmarked += sentences[:start]
    uncited = tuple(s for s in unmarked if is_uncited_fact(s, _names(answer.citations)))
    return CitationCheck(tuple(supported), tuple(unsupported), uncited)


def is_uncited_fact(sentence: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether an unmarked sentence states what needs a source.

    A fixed reply does not, also when it fills in one of the `names` of what is cited (“Bel eerst 113”).
    """
    if not FACTUAL.search(sentence):
        return False
    return not any(_adds_no_fact(fills, names) for fills in match_fixed(sentence))


def supports(citation: Citation, claim: str) -> bool:
    """Whether the quote stands in the source, and the claim in the quote or, by a template, in the source's fields."""
    if citation.quote not in citation.source.text:
        return False
    return claim in plain(citation.quote) or _states_fields(claim, citation) or _explains(claim, citation)


def _segments(text: str) -> Iterable[tuple[str, list[int]]]:
    """Each stretch of words with the marks right after it."""
    for line in text.splitlines():
        parts = MARKS.split(line)
        for words, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
            words = re.sub(r"^[\s.,;:!?]+", "", plain(words))
            if words or marks:
                yield words, [int(n) for n in re.findall(r"\d+", marks)]


def _start_of_claim(sentences: list[str], cited: list[Citation]) -> int | None:
    """The first sentence from which all up to the mark is carried; None when not even the last one is."""
    for start in range(len(sentences)):
        claim = " ".join(sentences[start:])
        if any(supports(citation, claim) for citation in cited):
            return start
    return None


def _states_fields(claim: str, citation: Citation) -> bool:
    """Whether the claim is a line about the title, or a template filled from the source's fields."""
    known = _field_words(citation.source)
    from_template = any(all(_words(fill) <= known for fill in fills.values()) for fills in match_fixed(claim) if fills)
    return from_template or _is_title_line(claim, citation)


def _explains(claim: str, citation: Citation) -> bool:
    """Whether the claim puts a clause of the quote behind the term that it explains."""
    before, between, after = (re.escape(part) for part in re.split(r"\{\w+\}", replies.EXPLAINED))
    found = re.fullmatch(rf"{before}(?P<term>\D+?){between}(?P<explanation>.+){after}", claim)
    return found is not None and found["explanation"] in plain(citation.quote)


def _is_title_line(claim: str, citation: Citation) -> bool:
    """The title, with its municipalities in parentheses or words of the quote behind it, or with nothing."""
    title = plain(citation.source.title)
    rest = claim.removeprefix(title)
    if rest == claim:
        return False
    places = re.match(r"\s*\(([^)]*)\)", rest)
    if places and _words(places[1]) <= _words(" ".join(citation.source.municipalities)):
        rest = rest[places.end() :]
    return rest.strip(" :.–-") in plain(citation.quote)


def _field_words(source: Source) -> set[str]:
    date = replies.spoken_date(source.date) if source.date else ""
    checked = replies.spoken_date(source.checked)
    fields = [source.title, source.organisation, source.publisher, source.url, date, checked, *source.municipalities]
    return _words(" ".join(str(f) for f in [*fields, *astuple(source.contact)] if f)) | {"telefoon", "en"}


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORDS.findall(text)}


def _adds_no_fact(fills: dict[str, str], names: frozenset[str]) -> bool:
    return all(name in MAY_HOLD_DIGITS or fill in names or not FACTUAL.search(fill) for name, fill in fills.items())


def _names(citations: Iterable[Citation]) -> frozenset[str]:
    return frozenset(plain(name) for c in citations for name in (c.source.title, c.source.organisation) if name)
