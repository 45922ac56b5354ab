"""An answer written out as one text, for a program that shows nothing but text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from web.templating import dutch_date

WAYS = {
    "phone": "Bel",
    "email": "Mail",
    "address": "Adres",
    "website": "Website",
    "opening_hours": "Open",
    "costs": "Kosten",
}


def written_out(answer: Mapping[str, Any]) -> str:
    """The text with its hulpkaarten and sources under it, as Markdown; `answer` is the object of the API."""
    return str(answer["text"]) + under_the_text(answer)


def under_the_text(answer: Mapping[str, Any]) -> str:
    """What stands under the text: the hulpkaarten and the sources, empty when there are none."""
    cards = "\n".join(map(card_line, answer["cards"]))
    sources = "\n".join(map(source_line, answer["citations"]))
    return "".join(
        f"\n\n**{heading}**\n\n{lines}"
        for heading, lines in (("Hier kun je terecht", cards), ("Bronnen", sources))
        if lines
    )


def left_over(answer: Mapping[str, Any], told: str) -> str:
    """What must still be told to who heard `told`: a notice of the editors, then what stands under the text."""
    text = answer["text"]
    if not told:
        return written_out(answer)
    notice = text.removesuffix(told).rstrip() if text.endswith(told) else text
    return (f"\n\n{notice}" if notice else "") + under_the_text(answer)


def card_line(card: Mapping[str, Any]) -> str:
    """One hulpkaart on one line."""
    ways = "; ".join(f"{word}: {card[name]}" for name, word in WAYS.items() if card[name])
    return f"- **{card['title']}**: {card['summary']} {ways} [{card['citation']}]".replace("  ", " ")


def source_line(citation: Mapping[str, Any]) -> str:
    """One source, with its mark, its link and how old it is."""
    title = citation["title"].replace("[", "(").replace("]", ")")
    date = f"van {dutch_date(citation['source_date'])}, " if citation["source_date"] else ""
    old = " Let op: deze informatie is oud." if citation["stale"] else ""
    checked = f"{date}gecontroleerd op {dutch_date(citation['checked'])}"
    return f"- [{citation['number']}] [{title}](<{citation['link']}>), {citation['publisher']}, {checked}.{old}"
