"""Dutch sentences, split where a reader would, so that a quote is never half a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from assistant.language.light_nltk import PunktSentenceTokenizer

ABBREVIATIONS = frozenset(
    """
    aant afd afz artt art bijv bijz blz ca cq dhr dr drs d.w.z e.a e.d etc evt excl ing incl inkl ir i.p.v i.v.m
    jl m.b.t m.b.v m.i.v max med mevr min mr mw nl nr n.a.v n.v.t o.a o.b.v o.m o.l.v pag prof resp secr soc st
    sr stg t.a.v tel p.m p.p p.w t.b.v t.g.v t.h.v t/m t.o.v u.a vgl vlg z.g z.o zgn bv
    """.split()
)
HONORIFIC = re.compile(r"\b(?:mevr|dhr|mw|dr|drs|ds|mr|ir|ing|prof)\.$", re.IGNORECASE)

SPANS_KEPT = 1024


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    """NLTK's Dutch Punkt model, from the copy that llama-index-core carries, so that nothing is downloaded.

    Read here, since NLTK takes ten times as long for it. Raises `OSError` when it is not there.
    """
    spec = find_spec("llama_index.core")
    model = Path(str(spec and spec.origin)).parent / "_static" / "nltk_cache" / "tokenizers" / "punkt_tab" / "dutch"
    tokenizer = PunktSentenceTokenizer()
    parameters = tokenizer._params
    parameters.collocations = {tuple(line.split("\t")) for line in _lines(model / "collocations.tab")}
    parameters.sent_starters = set(_lines(model / "sent_starters.txt"))
    parameters.abbrev_types = {*_lines(model / "abbrev_types.txt"), *ABBREVIATIONS}
    context = (line.split("\t") for line in _lines(model / "ortho_context.tab"))
    parameters.ortho_context = defaultdict(int, {word: int(seen) for word, seen in context})
    return tokenizer


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


@lru_cache(maxsize=SPANS_KEPT)
def sentences_of(span: str) -> tuple[str, ...]:
    """The sentences of a stretch of a source, which many answers quote: splitting it takes longer than the rest."""
    return tuple(split_sentences(span))


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, literal and in order; paragraphs and list items never share a sentence."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.|#)\s)", text):
        for sentence in _tokenizer().tokenize(paragraph.strip()):
            if found and HONORIFIC.search(found[-1]) and f"{found[-1]} {sentence}" in paragraph:
                found[-1] = f"{found[-1]} {sentence}"
            elif sentence.strip():
                found.append(sentence.strip())
    return found
