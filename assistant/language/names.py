"""Finds the names in a question — of a project, an organisation, a campaign — so that an unknown one is noticed.

“Hoe meld ik mijn moeder aan bij Thuisanker?” looks like many questions that we can answer; only the name tells that
this one we cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.domain import Passage
from assistant.language.analysis import fold

CAPITALISED = re.compile(r"(?<![.!?:] )(?<!^)\b(?P<name>[A-Z][\w'-]*(?:[ ](?:(?:de|het|der|&|'t)[ ])?[A-Z\d][\w'-]*)*)")
KINDS = (
    "stichting|project|campagne|programma|actie|pilot|convenant|app|platform|fonds|vereniging|traject|netwerk|"
    "initiatief|organisatie|werkgroep|coalitie|eettafel|eetgroep|eetclub|buurthuis|inloophuis|maatjesproject|proeftuin|"
    "belcirkel|geldcafe|praatgroep|wijkproject|buurtproject|zorgproject"
)
CUE = re.compile(rf"\b(?:{KINDS})\s+(?P<name>[a-z][\w'-]{{3,}}(?:\s[a-z][\w'-]{{3,}})?)")
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
    found += [match["name"] for match in CUE.finditer(text)]
    found += [match["name"] for match in BEFORE_KIND.finditer(text)]
    return tuple(name for name in dict.fromkeys(found) if " " in name or not is_word(fold(name)))


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
