"""NLTK's sentence splitter without scipy and scikit-learn, which NLTK loads for what we never ask: 1 s and 70 MB."""

from __future__ import annotations

from assistant.leaving_out import leaving_out

with leaving_out("scipy"), leaving_out("sklearn"):
    from nltk.tokenize.punkt import PunktTokenizer

__all__ = ["PunktTokenizer"]
