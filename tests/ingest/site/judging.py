"""Measures how well the main text of a page is found: word by word, against what the article says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers import HtmlReader
from tests.ingest.site.content import Article
from tests.ingest.site.markup import Skin

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Shares from 0 to 1, over all words, headings and pages."""

    precision: float
    recall: float
    headings: float
    dates: float
    titles: float


def judge(skin: Skin, articles: Sequence[Article]) -> Finding:
    """How much of what was found belongs to the articles, and how much of the articles was found."""
    right = found = wanted = headings = all_headings = dates = titles = 0
    for article in articles:
        (extract,) = HtmlReader().read(skin(article).encode(), url="https://www.voorbeeld.nl/zorg/pagina")
        gold = Counter(word for text in article.texts() for word in WORD.findall(text.lower()))
        words = Counter(WORD.findall(extract.text.lower()))
        right += (gold & words).total()
        found += words.total()
        wanted += gold.total()
        marked = {line.lstrip("# ") for line in extract.text.splitlines() if line.startswith("#")}
        headings += len(marked & set(article.headings()))
        all_headings += len(set(article.headings()))
        dates += extract.date == article.changed
        titles += extract.title == article.title
    pages = len(articles)
    return Finding(right / found, right / wanted, headings / all_headings, dates / pages, titles / pages)
