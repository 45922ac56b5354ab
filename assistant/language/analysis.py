"""The Dutch analyser behind the lexical half of the search: folded, without stop words, lemmatised.

The choices follow measurements on Dutch government questions: stop words are the large gain, lemmas a small one,
compound splitting none. BM25 after Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework".
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from assistant.language.lemmas import lemma_of

K1, B = 1.5, 0.75

WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")

STOP_WORDS = frozenset(
    """
    aan al alle alleen als ander andere anders ben bent beter bij binnen boven daar dan dat de der deze die dit
    doe doen doet door dus een eens en er erg even gaan gaat geen ging goed graag had hadden heb hebben hebt
    heeft heel hem hen her het hier hij hoe hoeveel hun iemand iets ik in is ja je jij jou jouw jullie kan kom
    komen komt kon konden kun kunnen kunt maar mag me meer men met mij mijn misschien moet moeten na naar net
    niet niets nog nou nu of om omdat onder ons onze ook op over overal per precies s sinds soms staan staat t
    te tegen toch toe tot tussen uit uw u van vanaf veel via volgens voor vind vinden waar waarom wanneer want
    waren was wat we weet weten wel welk welke wie wij wil willen word worden wordt zal ze zeg zeggen zelf zich
    zij zijn zit zo zoek zoeken zonder zou zouden bestaat bestaan iemands ergens beetje aub alsjeblieft graag
    gewoon echt eigenlijk hallo hoi dag help vraag
    """.split()
)


def fold(text: str) -> str:
    """Lower case without accents, so that `Exloërmond` and `exloermond` are the same."""
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Kept, since every question meets the same sources and looks at each of their letters."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def words(text: str) -> list[str]:
    """The folded words of a text, in order, hyphens and inner apostrophes kept."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of a Dutch word; a word that is not known is returned as it is."""
    return fold(lemma_of(word))


def terms(text: str) -> list[str]:
    """The terms that the lexical search compares: lemmas of the words that are not stop words, compounds also in parts
    at their hyphens.
    """
    parts = (part for word in words(text) for part in {word, *word.split("-")})
    return [lemma(part) for part in parts if part not in STOP_WORDS and len(part) > 1]


def term_id(term: str) -> int:
    """The dimension of a term in the sparse vectors. Qdrant takes unsigned 32-bit dimensions."""
    return zlib.crc32(term.encode())


def text_weights(text_terms: Iterable[str], *, average_length: float) -> dict[int, float]:
    """Sparse vector of a text: the BM25 weight of each term without its idf, which Qdrant adds."""
    counts = Counter(text_terms)
    length = sum(counts.values())
    norm = K1 * (1 - B + B * length / max(average_length, 1.0))
    return {term_id(term): n * (K1 + 1) / (n + norm) for term, n in counts.items()}


def question_weights(question_terms: Iterable[str]) -> dict[int, float]:
    """Sparse vector of a question: each distinct term counts once."""
    return {term_id(term): 1.0 for term in set(question_terms)}


def idf(term: str, document_frequency: Mapping[str, int], searched: int) -> float:
    """Qdrant's inverse document frequency of a term over the `searched` texts."""
    return rarity(document_frequency.get(term, 0), searched)


def rarity(holding: int, searched: int) -> float:
    """That of a term which so many of the `searched` texts hold."""
    return math.log((searched - holding + 0.5) / (holding + 0.5) + 1)
