"""Dutch sentences, split where a reader would, so that a quote is never half a sentence."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from assistant.language.light_nltk import PunktTokenizer

ABBREVIATIONS = frozenset(
    """
    aant afd afz artt art bijv bijz blz ca cq dhr dr drs d.w.z e.a e.d etc evt excl ing incl inkl ir i.p.v i.v.m
    jl m.b.t m.b.v m.i.v max med mevr min mr mw nl nr n.a.v n.v.t o.a o.b.v o.m o.l.v pag prof resp secr soc st
    sr stg t.a.v tel p.m p.p p.w t.b.v t.g.v t.h.v t/m t.o.v u.a vgl vlg z.g z.o zgn bv
    """.split()
)
HONORIFIC = re.compile(r"\b(?:mevr|dhr|mw|dr|drs|ds|mr|ir|ing|prof)\.$", re.IGNORECASE)


@cache
def _tokenizer() -> PunktTokenizer:
    """NLTK's Dutch Punkt model, from the copy that llama-index-core carries, so that nothing is downloaded."""
    import nltk

    spec = find_spec("llama_index.core")
    if spec is not None and spec.origin:
        cache_dir = str(Path(spec.origin).parent / "_static" / "nltk_cache")
        if cache_dir not in nltk.data.path:
            nltk.data.path.append(cache_dir)
    tokenizer = PunktTokenizer("dutch")
    tokenizer._params.abbrev_types |= ABBREVIATIONS
    return tokenizer


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
