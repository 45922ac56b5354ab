"""Judges each sentence of a model by the words of the source that it names: what they do not carry, nobody reads.

A sentence may shorten and reorder what one or two neighbouring sentences of its source say; it may not add. Every
rule errs to the strict side, because a dropped sentence costs nothing: the sources' own sentences are always there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistant.domain import Source, Statement
from assistant.dropped import Dropped
from assistant.embedding import Embedder
from assistant.language.analysis import STOP_WORDS, fold, lemma, terms, words
from assistant.language.languages import detect_language
from assistant.language.sentences import split_sentences
from assistant.language_model.cues import clauses, relates_otherwise, turned
from assistant.language_model.masking import KINDS, RAW, Masks, UnknownToken
from assistant.language_model.reading import Claim
from assistant.writing.trusting import may_be_quoted

SUPPORT = 0.92
"""Least cosine of a sentence and the words that carry it; keeps 99 % of the true ones (`python -m evals support`)."""

COVERED = 0.5
"""A clause of the source is what a sentence is about when it takes over this share of its words."""

NEUTRAL = frozenset({"terecht", "bieden", "bijvoorbeeld"})
"""Words with a meaning so thin that they may be added."""

LOOKED_AT = 4
FEWEST_TERMS, MOST_WORDS = 2, 45
NEAR = 4
"""So many words that carry meaning may stand between two neighbours of a sentence in its source."""

LEAKED = 6
"""So many words in a row from the instructions are a leak."""

FIGURE = re.compile(r"\d(?:[\d.,:/-]*\d)?")
NUMBER_WORDS = frozenset(
    "half halve één twee drie vier vijf zes zeven acht negen tien elf twaalf honderd duizend miljoen dubbel".split()
)
ANCHOR = re.compile(r"\d(?:[\d.,:/-]*\d)?|\b[A-Z][\w'’-]*")
CAPITAL = re.compile(r"(?<!^)\b[A-Z][\w'’-]*")
NAMED = re.compile(r"(?=\b([\w'’-]+ [A-Z][\w'’-]*))")
PART = re.compile(r"[,;:]|\b(?:en|maar|waar|die|dat)\b")


class Checker:
    """Checks the sentences of one reply, in order."""

    def __init__(self, sources: Sequence[Source], masks: Masks, instructions: str, embedder: Embedder) -> None:
        self._sources = sources
        self._masks = masks
        self._instructed = _runs(words(instructions), LEAKED)
        self._embedder = embedder

    def check(self, claim: Claim) -> list[Statement | Dropped]:
        """A statement on the words that carry it, or the reason why not, for each sentence of a claim.

        Takes some tens of milliseconds: call it off the event loop.
        """
        if not 1 <= claim.number <= len(self._sources):
            return [Dropped(claim.text, "source")]
        source = self._sources[claim.number - 1]
        return [self._checked(re.sub(r"\s+", " ", sentence), source) for sentence in split_sentences(claim.text)]

    def _checked(self, sentence: str, source: Source) -> Statement | Dropped:
        if RAW.search(re.sub(r"\b[A-Z]+_\w+", "", sentence)):
            return Dropped(sentence, "invented figure or address")
        try:
            text = self._masks.show(sentence, source)
        except UnknownToken:
            return Dropped(sentence, "token")
        reason = self._form_fault(text, source)
        if reason is None:
            statement, reason = self._carried(text, source)
            if statement is not None:
                return statement
        return Dropped(text, reason)

    def _form_fault(self, text: str, source: Source) -> str | None:
        """What is wrong with a sentence whatever its source says."""
        said = words(text)
        if text[-1:] != "." or len(said) > MOST_WORDS or len(terms(text)) < FEWEST_TERMS:
            return "form"
        if not may_be_quoted(text, source):
            return "markup or order"
        if _runs(said, LEAKED) & self._instructed:
            return "prompt"
        return "language" if detect_language(text) != "nl" else None

    def _carried(self, text: str, source: Source) -> tuple[Statement | None, str]:
        """The statement on the first words that carry it; else the reason why the likeliest words do not."""
        reason = "support"
        for n, span in enumerate(likely_spans(text, source)):
            fault = fault_of(text, span)
            if fault is None and support(text, span, self._embedder) >= SUPPORT:
                return Statement(text, source, span), ""
            reason = reason if n else fault or "support"
        return None, reason


def likely_spans(text: str, source: Source) -> list[str]:
    """The words of a source that may carry a sentence, the likeliest first; `LOOKED_AT` at most.

    Two sentences together are looked at only when no one of them has all the words: what they say together may not
    lend a sentence what its own source denies.
    """
    wanted = set(terms(text))
    spans = sorted(_spans(source), key=lambda span: (-len(wanted & set(terms(span))), len(span)))
    whole = [span for span in spans if span in source.sentences and wanted <= set(terms(span))]
    return (whole or spans)[:LOOKED_AT]


def support(text: str, span: str, embedder: Embedder) -> float:
    """The cosine of a sentence and words of its source; 1 when it stands there literally."""
    if text in span:
        return 1.0
    one, other = embedder.embed_texts([text, span])
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def fault_of(text: str, span: str) -> str | None:
    """What of a sentence its source does not carry; None when the words agree."""
    said, basis = terms(text), terms(span)
    novel = [term for term in said if term not in basis and term not in NEUTRAL]
    if not set(_figures(text)) <= set(_figures(span)):
        return "number"
    if not _literals(text) <= _literals(span):
        return "date, amount or contact"
    if {fold(name).strip("-") for name in CAPITAL.findall(text)} - set(words(span)):
        return "name"
    if novel:
        return "words"
    if cue := turned(text, _covered(set(said), span)):
        return cue
    if relates_otherwise(text, span) or not _keeps_names(text, span):
        return "relation"
    if not _keeps_sentences(text, span):
        return "sentences mixed"
    return None if _keeps_together(text, span) and _keeps_order(text, span) else "order"


def _spans(source: Source) -> Iterator[str]:
    """The sentences of a source, and each two that follow one another, as they literally stand there."""
    ends: list[tuple[int, int]] = []
    for sentence in source.sentences:
        start = source.text.find(sentence, ends[-1][1] if ends else 0)
        if start >= 0:
            ends.append((start, start + len(sentence)))
    for n, (start, end) in enumerate(ends):
        yield source.text[start:end]
        if n + 1 < len(ends) and source.text[end : ends[n + 1][0]].strip() == "":
            yield source.text[start : ends[n + 1][1]]


def _covered(said: set[str], span: str) -> list[str]:
    """The clauses of a span that a sentence is about; all of it when it takes over less than half of any."""
    parts = [part for sentence in split_sentences(span) for part in clauses(sentence)]
    about = [part for part in parts if (own := set(terms(part))) and len(own & said) / len(own) >= COVERED]
    return about or [fold(span)]


def _figures(text: str) -> list[str]:
    numbers = [word for word in words(text) if word in NUMBER_WORDS]
    return [*FIGURE.findall(text), *numbers]


def _literals(text: str) -> set[str]:
    return {found.group() for kind in ("LINK", "MAIL", "BEDRAG", "DATUM") for found in KINDS[kind].finditer(text)}


def _keeps_together(text: str, span: str) -> bool:
    """Whether neighbours in the sentence are near one another in its source, so that “€ 5” stays with its “koffie”."""
    places: dict[str, list[int]] = {}
    for n, term in enumerate(_in_order(span)):
        places.setdefault(term, []).append(n)
    said = [term for term in _in_order(text) if term in places]
    return all(min(abs(a - b) for a in places[one] for b in places[other]) <= NEAR + 1 for one, other in pairwise(said))


def _keeps_order(text: str, span: str) -> bool:
    """Whether names and figures follow one another as they do in the source: who helps whom, from when to when."""
    known = ANCHOR.findall(span)
    # The capital that opens a sentence is none of a name, unless the source has it too.
    said = [anchor for anchor in ANCHOR.findall(text) if anchor in known or not text.startswith(anchor)]
    waiting = iter(known)
    return all(anchor in waiting for anchor in said)


def _keeps_names(text: str, span: str) -> bool:
    """Whether each name follows the word that it follows in its source: “van Geldzaken” is not “Loket Geldzaken”."""
    known = {fold(pair) for pair in NAMED.findall(span)}
    return all(fold(pair) in known for pair in NAMED.findall(text))


def _keeps_sentences(text: str, span: str) -> bool:
    """Whether each part, between commas and conjunctions, rests on one sentence, and a change of sentence starts anew.

    So two sentences may be joined, and the end of one is not hung on the beginning of the other.
    """
    sentences = split_sentences(span)
    carrying = [set(terms(sentence)) | NEUTRAL for sentence in sentences]
    before = set(range(len(sentences)))
    for part in PART.split(text):
        said = set(terms(part))
        now = {n for n in range(len(sentences)) if said <= carrying[n]}
        if said and not now & before:
            now = {n for n in now if words(part)[0] in words(sentences[n])[:1]}
        if not now:
            return False
        before = now & before or now
    return True


def _in_order(text: str) -> list[str]:
    return [lemma(word) for word in words(text) if word not in STOP_WORDS]


def _runs(said: Iterable[str], length: int) -> set[tuple[str, ...]]:
    listed = list(said)
    return {tuple(listed[n : n + length]) for n in range(len(listed) - length + 1)}
