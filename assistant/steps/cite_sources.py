"""Numbers the citations in order of use and ties each to the literal words that carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import quote as url_quote

from assistant.domain import Answer, Card, Citation, Draft, Outcome, Source, Statement, Turn
from assistant.freshness import is_stale
from assistant.language.sentences import sentences_of
from assistant.writing.selecting import stands_on_card
from assistant.writing.trusting import may_be_quoted

FRAGMENT_WORDS = 8
PAST = re.compile(r"\b(?:coronatijd|(?:19|20)\d\d)\b")
"""What was once is not what a card is for, where there is something else to say."""


class CiteSources:
    """Turns the checked draft into the answer."""

    async def __call__(self, turn: Turn) -> Turn:
        assert turn.draft is not None
        return replace(turn, answer=finish(turn.draft, turn.outcome or Outcome.FAILED))


def finish(draft: Draft, outcome: Outcome) -> Answer:
    """The answer with its marks, citations and cards."""
    numbers = {source.id: n for n, source in enumerate(draft.sources, 1)}
    stated = [*draft.lead, *draft.items, *draft.closing]
    blocks = [_prose(draft.lead, numbers), _items(draft.items, numbers), _prose(draft.closing, numbers)]
    return Answer(
        outcome,
        text="\n\n".join(block for block in blocks if block),
        citations=tuple(cite(numbers[s.id], s, _quote(s, stated)) for s in draft.sources),
        cards=tuple(Card(s, _card_summary(s, stated), numbers[s.id]) for s in draft.cards),
        suggestions=draft.suggestions,
        short_text=_prose((s for s in draft.short if s.source is None or s.source.id in numbers), numbers),
        selection=draft.selection,
    )


def cite(number: int, source: Source, quote: str) -> Citation:
    """A citation with a link to the page, at the quoted words where the page has them."""
    return Citation(number, source, quote, link_to(source.url, quote), is_stale(source))


def link_to(url: str, quote: str) -> str:
    """The address with a text fragment (WICG, “URL Fragment Text Directives”): first and last words of the quote."""
    words = quote.split()
    ends = [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]] if len(words) > 2 * FRAGMENT_WORDS else [words]
    fragment = ",".join(url_quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def _prose(statements: Iterable[Statement], numbers: dict[str, int]) -> str:
    return " ".join(_marked(statement, numbers) for statement in statements)


def _items(statements: Iterable[Statement], numbers: dict[str, int]) -> str:
    return "\n".join(f"- {_marked(statement, numbers)}" for statement in statements)


def _marked(statement: Statement, numbers: dict[str, int]) -> str:
    return f"{statement.text} [{numbers[statement.source.id]}]" if statement.source else statement.text


def _quote(source: Source, stated: Sequence[Statement]) -> str:
    """The literal span of the source from the first to the last sentence that was used."""
    quotes = [s.quote for s in stated if s.source and s.source.id == source.id and s.quote] or [source.summary]
    start = min(source.text.index(quote) for quote in quotes)
    end = max(source.text.index(quote) + len(quote) for quote in quotes)
    span = source.text[start:end]
    # What we would not say, we do not quote either, also when it stands in between.
    return span if all(may_be_quoted(sentence, source) for sentence in sentences_of(span)) else quotes[0]


def _card_summary(source: Source, stated: Sequence[Statement]) -> str:
    """The first sentence that the answer did not say yet, and that adds to the lines of the card."""
    said = {s.text for s in stated}
    unsaid = [sentence for sentence in source.sentences if sentence not in said]
    telling = [s for s in unsaid if not stands_on_card(s, source)]
    return next((s for s in telling if not PAST.search(s)), next(iter(telling or unsaid), source.summary))
