"""Which language a question is in: by script, by known Dutch words, and only then by a statistical model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from assistant.language.analysis import words
from assistant.language.lexicon import is_dutch

SUPPORTED = ("nl", "en", "de", "pl", "uk", "ar", "tr")
SURELY_DUTCH = 0.7
"""Share of known Dutch words from which no model is asked; place names and typing mistakes fill the rest."""

FEWEST_WORDS = 3
"""Shorter texts in Latin script count as Dutch unless no word of them is Dutch."""

FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        """
    the with where my need how what and i'm can't don't from someone there who does get
    """.split()
    ),
    "de": frozenset(
        """
    ich nicht und mein meine meinen wo eine einen für fur bei wie kann habe ist suche brauche gibt
    """.split()
    ),
    "nl": frozenset(
        """
    ik de het een mijn voor met van niet en heb kan hoe wie zijn waar hulp bij mn
    """.split()
    ),
    "pl": frozenset(["nie", "jest", "gdzie", "jak", "moge", "dla", "mojej", "mam", "sie", "czy", "pomoc"]),
    "tr": frozenset(["nerede", "icin", "bir", "nasil", "ve", "yardim", "var", "nereye", "kim", "benim"]),
}
"""Words that only glue sentences together: they tell the language of a short question better than letters do."""

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
ARABIC = re.compile(r"[\u0600-\u06ff]")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of one of the supported languages; Dutch when in doubt."""
    if len(CYRILLIC.findall(text)) > len(text) / 4:
        return "uk"
    if len(ARABIC.findall(text)) > len(text) / 4:
        return "ar"
    known = [is_dutch(word) for word in words(text)]
    share = sum(known) / len(known) if known else 1.0
    if share >= SURELY_DUTCH or (len(known) < FEWEST_WORDS and share > 0):
        return "nl"
    glue = {code: sum(word in glued for word in words(text)) for code, glued in FUNCTION_WORDS.items()}
    most = max(glue, key=lambda code: glue[code])
    if glue[most] > glue["nl"]:
        return most
    return _classify(text, share)


def _classify(text: str, dutch_share: float) -> str:
    scores = dict(identifier().rank(text))
    best = max(scores, key=lambda code: scores[code])
    # A misspelt Dutch question looks foreign to the model: another language must win clearly.
    clear = scores[best] - scores["nl"] > (30 if dutch_share > 0.4 else 5)
    return str(best) if best != "nl" and clear else "nl"


@cache
def identifier() -> Any:
    """py3langid (Lui and Baldwin, 2012), limited to our languages. 50 MB and half a second, so not at the start."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(list(SUPPORTED))
    found._full_model = found.nb_ptc, found.nb_pc, found.nb_classes  # 28 MB for going back to all languages
    return found
