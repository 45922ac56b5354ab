"""Answers to “welke projecten …”: every source that fits, each on a line, with how many there are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant import replies
from assistant.domain import COUNTRY, PROVINCE, THEMES, Draft, Kind, Passage, Source, Statement, Turn
from assistant.language.analysis import fold
from assistant.writing.selecting import near_best

MARGIN = 0.06
SHOWN = 20

NAMED_KINDS: Mapping[str, frozenset[Kind]] = {
    r"project|initiatie": frozenset({Kind.PROJECT}),
    r"organisatie|partners": frozenset({Kind.ORGANISATION}),
    r"cijfers": frozenset({Kind.FIGURE}),
    r"regeling|subsidie": frozenset({Kind.REGULATION, Kind.SERVICE}),
    r"hulplijn": frozenset({Kind.HELPLINE}),
}


def write_list(turn: Turn) -> Draft:
    """A count, a line for each source, and how to narrow the list."""
    passages = matching(turn)
    count = len(passages)
    lead = replies.LIST_ONE if count == 1 else replies.LIST_MANY.format(count=count)
    items = tuple(Statement(_line(p.source), p.source, p.source.summary) for p in passages[:SHOWN])
    closing = (Statement(replies.LIST_MORE.format(count=count - SHOWN)),) if count > SHOWN else ()
    return Draft(lead=(Statement(lead),), items=items, closing=closing)


def matching(turn: Turn) -> list[Passage]:
    """The passages near the best one, of the kind and theme that the question names."""
    text = fold(turn.search_text)
    kinds = next((kinds for pattern, kinds in NAMED_KINDS.items() if re.search(pattern, text)), None)
    theme = next((theme for theme in THEMES if theme in text), None)
    fitting = [
        p
        for p in turn.passages
        if (kinds is None or p.source.kind in kinds) and (theme is None or theme in p.source.themes)
    ]
    return near_best(fitting or list(turn.passages), MARGIN)


def _line(source: Source) -> str:
    where = [m for m in source.municipalities if m not in (PROVINCE, COUNTRY)]
    return f"**{source.title}**" + (f" ({', '.join(where)})" if where else "")
