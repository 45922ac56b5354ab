"""Recognises the fixed Dutch sentences of `assistant.replies`, with their gaps filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assistant import replies
from assistant.language.sentences import split_sentences

GAPS = re.compile(r"(?:\\\{\w+\\\})+")
"""Gaps that touch are one, as nothing says where the first ends."""


def plain(text: str) -> str:
    """Without Markdown's bold and bullets, and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"^\s*[-*] +", "", text.replace("**", ""))).strip()


def match_fixed(sentence: str) -> Iterator[dict[str, str]]:
    """For each fixed sentence that this can be, what stands in its gaps."""
    for pattern in _patterns():
        found = pattern.fullmatch(plain(sentence))
        if found:
            yield found.groupdict()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    sentences = [
        plain(sentence)
        for text in _texts(vars(replies))
        for line in text.splitlines()
        for sentence in (*split_sentences(plain(line)), plain(line))
    ]
    return tuple(_pattern(s) for s in dict.fromkeys(sentences) if re.sub(r"\{\w+\}|\W", "", s))


def _texts(values: Mapping[str, object]) -> Iterator[str]:
    """Every text in the module's constants, also inside mappings."""
    for name, value in values.items():
        if str(name).startswith("__"):
            continue
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(value)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(GAPS.sub(_named_group, re.escape(sentence)))


def _named_group(gaps: re.Match[str]) -> str:
    name = "_".join(re.findall(r"\w+", gaps[0]))
    return f"(?P<{name}>.+?)"
