"""Measures the check on a model's sentences: how many true rewordings it keeps, and how many false ones pass.

No model is needed: the rewordings are made from sentences of the corpus by rule, so that we know which are true. They
are no fluent model's; they hold the two things that such a model does, to shorten and to reorder, and the ways in
which it goes wrong.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.metrics import roc_auc_score

from assistant.domain import MUNICIPALITIES, Source
from assistant.embedding import Embedder
from assistant.language_model.checking import SUPPORT, fault_of, likely_spans, support
from evals.intervals import Count, Estimate, estimate

KEPT_TRUE = 0.99
"""Share of the true rewordings that the rules on words let through, and that the cosine must keep."""

WORDS = range(6, 31)
ASIDE = re.compile(r" \([^)]*\)(?=[ .,])")
LIGHT = re.compile(r"\b(?:ook|daarnaast|bovendien|verder|daarom|zelf|graag) ")
REASON = re.compile(r", (?:want|zodat|waardoor|zoals|bijvoorbeeld) .*(?=\.$)")
FRONTED = re.compile(r"^((?:In|Bij|Op|Via) (?:[\w'-]+ ){1,5}?)(kun|kan|vind|krijg) (je) (.+)\.$")
NEXT = re.compile(r"^(?:Je|Het|De|Ze|Dat|Er|Een) ")
FINITE = re.compile(r"\b(?:is|zijn|kan|kunt|kun|helpt|helpen|geeft|geven|biedt|krijgt|krijgen|heeft|hebben|mag)\b")
CUE = re.compile(r"\b(?:niet|geen|alleen|maximaal|minimaal|soms|vaak|meestal|tenzij|vanaf|tot) ")
CAPITAL = re.compile(r"(?<=\s)[A-Z][\w'-]{3,}")

Rewording = Callable[[str, str, random.Random], str | None]
"""Makes another sentence of one and the sentence after it; None where it has no hold."""


def _shortened(pattern: re.Pattern[str]) -> Rewording:
    return lambda one, _, __: pattern.sub("", one, count=1) if pattern.search(one) else None


def _without_reason(one: str, _: str, __: random.Random) -> str | None:
    short = REASON.sub("", one)
    return short if len(short.split()) in WORDS else None


def _fronted(one: str, _: str, __: random.Random) -> str | None:
    """“Bij Sedna kun je praten.” as “Je kunt bij Sedna praten.”"""
    if not (found := FRONTED.match(one)):
        return None
    place, verb, _je, rest = found.groups()
    verb = {"kun": "kunt", "vind": "vindt", "krijg": "krijgt"}.get(verb, verb)
    return f"Je {verb} {place[0].lower()}{place[1:]}{rest}."


def _joined(one: str, other: str, _: random.Random) -> str | None:
    return f"{one[:-1]} en {other[0].lower()}{other[1:]}" if NEXT.match(other) else None


def _denied(one: str, _: str, __: random.Random) -> str | None:
    if " niet " in one:
        return one.replace(" niet ", " ", 1)
    return FINITE.sub(lambda found: f"{found.group()} niet", one, count=1) if FINITE.search(one) else None


def _other_figure(one: str, _: str, chance: random.Random) -> str | None:
    figures = list(re.finditer(r"\d", one))
    if not figures:
        return None
    at = chance.choice(figures).start()
    return f"{one[:at]}{(int(one[at]) + chance.randint(1, 9)) % 10}{one[at + 1 :]}"


def _other_place(one: str, _: str, chance: random.Random) -> str | None:
    here = [name for name in MUNICIPALITIES if name in one]
    return one.replace(here[0], chance.choice([m for m in MUNICIPALITIES if m not in one])) if here else None


def _exchanged(one: str, _: str, __: random.Random) -> str | None:
    names = list(dict.fromkeys(CAPITAL.findall(one)))
    if len(names) < 2:
        return None
    a, b = names[0], names[-1]
    return one.replace(a, "\0").replace(b, a).replace("\0", b)


def _crossed(one: str, other: str, _: random.Random) -> str | None:
    """The first half of a sentence with the second half of the next one."""
    a, b = one.split(), other.split()
    return " ".join([*a[: len(a) // 2], *b[len(b) // 2 :]]) if b else None


def _always(one: str, _: str, __: random.Random) -> str | None:
    return FINITE.sub(lambda found: f"{found.group()} altijd", one, count=1) if FINITE.search(one) else None


TRUE: Mapping[str, Rewording] = {
    "without what stands in brackets": _shortened(ASIDE),
    "without a light word": _shortened(LIGHT),
    "without its reason or example": _without_reason,
    "the place moved": _fronted,
    "two sentences joined": _joined,
}
FALSE: Mapping[str, Rewording] = {
    "a negation added or taken away": _denied,
    "another figure": _other_figure,
    "another municipality": _other_place,
    "two names exchanged": _exchanged,
    "halves of two sentences": _crossed,
    "a condition or limit left out": _shortened(CUE),
    "“always” added": _always,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A reworded sentence: its kind, whether it is true, and what the check makes of it."""

    kind: str
    true: bool
    text: str
    source: Source
    carried: bool
    """Whether the rules on words find words of the source that carry it."""
    cosine: float
    """With the words that carry it, else with the likeliest words."""

    @property
    def passes(self) -> bool:
        """Whether a visitor would read it."""
        return self.carried and self.cosine >= SUPPORT


def try_rewordings(sources: Sequence[Source], embedder: Embedder, *, count: int, seed: int) -> list[Trial]:
    """At most `count` trials of each kind, of random sources; the same for the same seed."""
    chance = random.Random(seed)
    shuffled = chance.sample(sources, len(sources))
    trials: list[Trial] = []
    for kinds, true in ((TRUE, True), (FALSE, False)):
        for kind, reword in kinds.items():
            made = ((source, text) for source in shuffled if (text := _reworded(source, reword, chance)))
            trials += [_tried(kind, true, text, source, embedder) for source, text in _first(made, count)]
    return trials


def shares(trials: Sequence[Trial]) -> dict[tuple[bool, str], Estimate]:
    """The share that passes the whole check, by whether it is true and its kind; the true kinds first."""
    kinds: dict[tuple[bool, str], list[Count]] = {}
    for trial in trials:
        kinds.setdefault((trial.true, trial.kind), []).append((float(trial.passes), 1.0))
    return {kind: found for kind, counts in kinds.items() if (found := estimate(counts))}


def least_support(trials: Sequence[Trial]) -> float:
    """The cosine that keeps `KEPT_TRUE` of the true rewordings that the rules on words let through."""
    kept = [trial.cosine for trial in trials if trial.true and trial.carried]
    return float(np.quantile(kept, 1 - KEPT_TRUE, method="lower"))


def cosine_alone(trials: Sequence[Trial]) -> float:
    """How well the cosine by itself tells true from false: the area under the ROC curve, 0.5 is chance."""
    return float(roc_auc_score([t.true for t in trials], [t.cosine for t in trials]))


def _reworded(source: Source, reword: Rewording, chance: random.Random) -> str | None:
    """The first sentence that can be reworded, as another one."""
    sentences = [*source.sentences, ""]
    for one, other in pairwise(sentences):
        if one.endswith(".") and len(one.split()) in WORDS:
            text = reword(one, other, chance)
            if text and text != one and text not in source.text:
                return text
    return None


def _first(made: Iterator[tuple[Source, str]], count: int) -> Iterator[tuple[Source, str]]:
    return (pair for _, pair in zip(range(count), made, strict=False))


def _tried(kind: str, true: bool, text: str, source: Source, embedder: Embedder) -> Trial:
    spans = likely_spans(text, source)
    carrying = [span for span in spans if fault_of(text, span) is None]
    cosine = max(support(text, span, embedder) for span in carrying or spans[:1])
    return Trial(kind, true, text, source, bool(carrying), cosine)
