"""The small words that turn a sentence round: negations, limits, conditions, who does what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from assistant.language.analysis import fold, lemma, words

BOTH_WAYS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b")
    for name, words in {
        "negation": r"niet|geen|nooit|niemand|niets|nergens|zonder|noch|evenmin|nauwelijks|onmogelijk",
        "need": r"hoeft?|hoeven",
        "only": r"alleen|slechts|enkel|uitsluitend|pas",
        "unless": r"tenzij|behalve|mits|uitgezonderd|voorwaarde\w*",
        "most": r"maximaal|hoogstens|hooguit|ten hoogste|tot",
        "least": r"minimaal|minstens|ten minste|vanaf",
        "more": r"meer|hoger|langer|ouder|boven|toegenomen|gestegen|stijgt",
        "less": r"minder|lager|korter|jonger|onder|afgenomen|gedaald|daalt",
        "about": r"ongeveer|circa|ruim|bijna|zo'n",
        "free": r"gratis|kosteloos\w*",
        "ended": r"gesloten|dicht|gestopt|beeindigd|vervallen|voormalig\w*|vroeger|voorheen|niet langer",
        "past": r"was|waren|had|hadden|werd|werden|kon|konden|mocht|mochten",
        "future": r"binnenkort|straks|zal|zullen|komend\w*|volgend\w*",
        "must": r"moet|moeten|moest|verplicht\w*|dien(?:t|en)",
        "may be": r"soms|misschien|mogelijk|eventueel|meestal|vaak|wellicht",
    }.items()
}
"""A sentence has as many of each as what it rests on: of “hoeft geen lid te zijn” neither word may go."""

NEVER_ADDED = re.compile(
    r"\b(?:altijd|iedereen|alle|allemaal|elke?|ieder\w*|ik|mij|wij|we|ons|onze|recht|zeker|direct|meteen|"
    r"beste?|beter|anoniem|u|uw|hij|zij|eerst|later|voordat|nadat|omdat|daardoor|dus|want|als|of)\b"
)
"""A sentence has them only if its source does."""

PREPOSITIONS = frozenset(
    "voor van door bij na aan tegen over uit onder tussen namens zonder met naar vanaf tot in op".split()
)
ARTICLES = frozenset("de het een je jouw hun haar zijn deze die dit elke alle".split())
CLAUSE = re.compile(r"[,;:()–]|\b(?:maar|terwijl|hoewel|tenzij|behalve)\b")


def clauses(text: str) -> list[str]:
    """The clauses of a sentence, each with the word that opens it."""
    folded = fold(text)
    cuts = [0, *(found.start() for found in CLAUSE.finditer(folded)), len(folded)]
    return [piece for a, b in pairwise(cuts) if words(piece := folded[a:b])]


def turned(claim: str, said: Iterable[str]) -> str | None:
    """Which cue a claim has and what it rests on has not, or the other way round; None when they agree."""
    basis, folded = " ; ".join(said), fold(claim)
    for name, pattern in BOTH_WAYS.items():
        if len(pattern.findall(folded)) != len(pattern.findall(basis)):
            return name
    added = set(NEVER_ADDED.findall(folded)) - set(NEVER_ADDED.findall(basis))
    return f"added {min(added)}" if added else None


def relates_otherwise(claim: str, basis: str) -> bool:
    """Whether a word of the claim hangs on another preposition than it does in its basis: “van” for “voor” ouderen."""
    known = _hanging(basis)
    return any(word in known and not prepositions & known[word] for word, prepositions in _hanging(claim).items())


def _hanging(text: str) -> dict[str, set[str]]:
    """The prepositions before each word, an article or possessive in between left aside."""
    found: dict[str, set[str]] = {}
    last = ""
    for word in words(text):
        if word in PREPOSITIONS:
            last = word
        elif word not in ARTICLES:
            if last:
                found.setdefault(lemma(word), set()).add(last)
            last = ""
    return found
