"""Finds the names in a question — of a project, an organisation, a campaign — so that an unknown one is noticed.

“Hoe meld ik mijn moeder aan bij Thuisanker?” looks like many questions that we can answer; only the name tells that
this one we cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from assistant.domain import Passage
from assistant.language.analysis import fold

CAPITALISED = re.compile(r"(?<![.!?:] )(?<!^)\b(?P<name>[A-Z][\w'-]*(?:[ ](?:(?:de|het|der|&|'t)[ ])?[A-Z\d][\w'-]*)*)")
KINDS = (
    "stichting|project|campagne|programma|actie|pilot|convenant|app|platform|fonds|vereniging|traject|netwerk|"
    "initiatief|organisatie|werkgroep|coalitie|eettafel|eetgroep|eetclub|buurthuis|inloophuis|maatjesproject|proeftuin|"
    "belcirkel|geldcafe|praatgroep|wijkproject|buurtproject|zorgproject|dagbesteding|zorgboerderij|dorpshuis|wijkcentrum|"
    "buurtkamer|ontmoetingscentrum|logeerhuis|respijthuis|woonvorm|woongroep|zorgcooperatie|centrum"
)
CUE = re.compile(rf"\b(?:{KINDS})\s+(?:(?:de|het|'t|den) )?(?P<name>[a-z][\w'-]{{3,}}(?:\s[a-z][\w'-]{{3,}})?)")
PAIR = re.compile(rf"\b(?:{KINDS})\s+(?P<name>(?P<half>[a-z]{{3,}}) (?:in|aan|op|voor|om|tot|bij) (?P=half))\b")
"""A name that says its word twice: hand in hand, huis aan huis."""

COINED = re.compile(
    r"\b(?P<name>[a-z]{4,}(?:fonds|project|netwerk|platform|programma|maatjes|bus|cirkel|wijzer|collectief|brigade))\b"
)
"""One word that ends in a kind and stands in no list of Dutch words: leefkrachtfonds, buddybus."""

NO_NAME = frozenset(
    "voor waar hier deze over rond tegen zonder vanuit binnen buiten omdat maar kunnen willen hebben wordt worden moet "
    "waarin iets iemand naar zijn staat komt gaat dicht zoals open gesloten welke wanneer alle elke onze mijn".split()
)
"""Words that follow a kind and begin no name."""
BEFORE_KIND = re.compile(rf"\b(?P<name>[a-z][\w'-]{{3,}}) (?:{KINDS})\b")
CAMEL = re.compile(r"\b[A-Z]?[a-zé]+[A-Z][a-zé]+\w*\b")
COMMON = frozenset(
    """
    ik de het een wmo wlz ggz ggd cak svb uwv aow bsn nederland nederlandse drenthe drentse drents nederlands jan ja
    kan wat wie waar hoe is mag moet wij we mijn nl covid corona pgb zvw vog tv pc ai e-mail mevrouw meneer dhr mw
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag groningen kerst pasen sinterklaas turks arabisch pools
    engels duits oekraine oekraiens
    """.split()
)


def names_in(text: str, is_word: Callable[[str], bool]) -> tuple[str, ...]:
    """The names in a text, as written. `is_word` says of a folded word that it is a place or an ordinary word."""
    found = [match["name"] for match in CAPITALISED.finditer(text)] + CAMEL.findall(text)
    found += [_named(match["name"]) for match in CUE.finditer(text)]
    found += [match["name"] for pattern in (BEFORE_KIND, PAIR, COINED) for match in pattern.finditer(text)]
    return tuple(name for name in dict.fromkeys(found) if name and (" " in name or not is_word(fold(name))))


def _named(words: str) -> str:
    """What is left of the words behind a kind when those that begin no name, and all behind them, are taken off."""
    return " ".join(takewhile(lambda word: word not in NO_NAME, words.split()))


def unknown_names(names: Iterable[str], passages: Sequence[Passage]) -> tuple[str, ...]:
    """The names that no passage knows: neither whole, nor with all its particular words in one source."""
    texts = [fold(f"{p.source.title} {p.source.organisation} {p.source.url_title} {p.source.text}") for p in passages]
    return tuple(name for name in names if not any(_knows(text, name) for text in texts))


def _knows(text: str, name: str) -> bool:
    particular = [w for w in re.split(r"[\W_]+", fold(name)) if len(w) > 2 and w not in COMMON]
    return squeezed(name) in squeezed(text) or all(word in text for word in particular)


def squeezed(text: str) -> str:
    """Folded letters and digits only: `Samen Zorg-Assen` and `samenzorgassen` are one name."""
    return re.sub(r"[\W_]+", "", fold(text))
