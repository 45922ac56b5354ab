"""Answers to “welke projecten …”: every source that fits, each on a line, how many there are, and how to filter them.

Where a question asks for nothing but a kind, theme, topic or place, these select and the list is exact. Other words
need a search, and then what lies near the best is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant import replies
from assistant.domain import THEMES, Draft, Filter, Kind, Passage, Selection, Source, Statement, Turn
from assistant.language.analysis import fold, terms
from assistant.language.needs import COMPILED
from assistant.language.places import display_name
from assistant.writing.choosing import near_best
from assistant.writing.naming import places_of
from assistant.writing.trusting import trusted

MARGIN = 0.06
SHOWN = 20
IN_SHORT = 3

NAMED_KINDS: Mapping[str, frozenset[Kind]] = {
    r"\b(?:project\w*|initiatie\w+)": frozenset({Kind.PROJECT}),
    r"\b(?:organisaties?|partners?)\b": frozenset({Kind.ORGANISATION}),
    r"\bcijfers?\b": frozenset({Kind.FIGURE}),
    r"\b(?:regelingen|regeling|subsidies?)\b": frozenset({Kind.REGULATION, Kind.SERVICE}),
    r"\bhulplijn\w*": frozenset({Kind.HELPLINE}),
    r"\b(?:beleid\w*|akkoorden|nota's)\b": frozenset({Kind.POLICY}),
    r"\b(?:nieuws\w*|berichten)\b": frozenset({Kind.NEWS}),
}

EMPTY_WORDS = frozenset(
    terms(
        "welke alle overzicht lijst lijstje opsomming noem allemaal zoveel mogelijk bronnen lopen loopt lopende actief "
        "bestaan gaan rond rondom over thema onderwerp gebied gebied van op het terrein gemeente gemeenten provincie "
        "drenthe drents drentse regio plaats dorp geef toon laat zien graag zijn er werken aan tegen bij hebben "
        "allerlei verschillende bekend beschikbaar momenteel nu huidige"
    )
)


class Shelf(Protocol):
    """Where all sources of a selection are found."""

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        """Every source that passes the filter, by title."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The sources of a list, and how to see them again; `exact` when nothing but fields selected them."""

    sources: tuple[Source, ...]
    selection: Selection
    exact: bool


async def listing_for(turn: Turn, shelf: Shelf) -> Listing:
    """The list that a question asks for: by its fields alone, else by its words."""
    asked = _selection(turn)
    if asked is not None:
        by_fields = Filter(*((v,) if v else () for v in (asked.municipality, asked.theme, asked.topic, asked.kind)))
        found = tuple(t for s in await shelf.sources(by_fields) if (t := trusted(s)).sentences)
        if found:
            return Listing(_nearest_first(found, turn), replace(asked, total=len(found)), exact=True)
    near = tuple(p.source for p in matching(turn))
    return Listing(near, replace(_searched(turn), total=len(near)), exact=False)


def write_list(listing: Listing) -> Draft:
    """A count, a line for each source, and how to narrow the list."""
    count = len(listing.sources)
    lead = Statement(replies.LIST_ONE if count == 1 else replies.LIST_MANY.format(count=count))
    items = tuple(_line(source) for source in listing.sources[:SHOWN])
    closing = (Statement(replies.LIST_MORE.format(count=count - SHOWN)),) if count > SHOWN else ()
    return Draft(
        lead=(lead,), items=items, closing=closing, short=(lead, *items[:IN_SHORT]), selection=listing.selection
    )


def matching(turn: Turn) -> list[Passage]:
    """The passages near the best one, of the kind and theme that the question names."""
    text = fold(turn.search_text)
    kinds, theme = named_kinds(text), _theme(text)
    fitting = [
        p
        for p in turn.passages
        if (not kinds or p.source.kind in kinds) and (theme is None or theme in p.source.themes)
    ]
    return near_best(fitting or list(turn.passages), MARGIN)


def named_kinds(text: str) -> frozenset[Kind]:
    """The kinds of source that a folded question names; empty when it names none."""
    return next((kinds for pattern, kinds in NAMED_KINDS.items() if re.search(pattern, text)), frozenset())


def _selection(turn: Turn) -> Selection | None:
    """The question as fields, None when it says more than fields can."""
    text = fold(turn.search_text)
    kinds, theme = named_kinds(text), _theme(text)
    if len(kinds) > 1 or _elsewhere(turn):
        return None
    left = _without(text, [*NAMED_KINDS, *([re.escape(theme)] if theme else [])])
    topic = None
    if theme is None:
        topic = next((need for need in turn.needs if _names_topic(left, need)), None)
        left = COMPILED[topic].sub(" ", left) if topic else left
    names = [
        fold(name) for place in turn.places for name in (place.name, display_name(place), place.municipality or "")
    ]
    left = _without(left, [rf"\b{re.escape(name)}\b" for name in names if name])
    if set(terms(left)) - EMPTY_WORDS or not (kinds or theme or topic):
        return None
    kind = next(iter(kinds), None)
    return Selection("", turn.municipality, theme, topic, kind.value if kind else None)


def _searched(turn: Turn) -> Selection:
    """The question as words, with the fields that it names for certain."""
    kinds = named_kinds(fold(turn.search_text))
    kind = next(iter(kinds)).value if len(kinds) == 1 else None
    return Selection(_subject(turn.search_text), turn.municipality, _theme(fold(turn.search_text)), None, kind)


def _subject(text: str) -> str:
    """The words of a question that say what the list is about."""
    named = re.compile("|".join(NAMED_KINDS))
    words = [word for word in re.findall(r"[\w'’-]+", text) if not named.search(fold(word))]
    return " ".join(word for word in words if set(terms(word)) - EMPTY_WORDS)


def _nearest_first(sources: Sequence[Source], turn: Turn) -> tuple[Source, ...]:
    """In the order in which the search found them, the rest by title."""
    rank = {passage.source.id: n for n, passage in enumerate(turn.passages)}
    return tuple(sorted(sources, key=lambda source: rank.get(source.id, len(rank))))


def _names_topic(text: str, topic: str) -> bool:
    """Whether the words are the name of the topic; “voedselbanken” only point at one."""
    names = set(terms(topic.replace("-", " ")))
    return any(set(terms(found[0])) & names for found in COMPILED[topic].finditer(text))


def _theme(text: str) -> str | None:
    return next((theme for theme in THEMES if theme in text), None)


def _elsewhere(turn: Turn) -> bool:
    """Several municipalities, or a place outside Drenthe: more than one field can hold."""
    return any(p.municipality is None for p in turn.places) or len({p.municipality for p in turn.places}) > 1


def _without(text: str, patterns: Sequence[str]) -> str:
    for pattern in patterns:
        text = re.sub(pattern, " ", text)
    return text


def _line(source: Source) -> Statement:
    places = places_of(source)
    # A title often names its place already.
    told = all(place in source.title for place in places)
    form = replies.LIST_LINE if told else replies.LIST_LINE_IN
    return Statement(form.format(title=source.title, places=", ".join(places)), source, source.summary)
