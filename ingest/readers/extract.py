"""What every reader gives back, so that a page, a PDF, a table and a pasted text go the same way from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader took from a file or page: its own words, and what it states about itself.

    `text` is Markdown: headings (`##`), paragraphs and list items, without links, pictures and the furniture of a
    website. `date` is the day that the page states (YYYY, YYYY-MM or YYYY-MM-DD), never a guess.
    """

    title: str
    text: str
    date: str | None = None
    language: str | None = None
    canonical: str | None = None
    """The absolute address that the page names as its own."""
    links: tuple[str, ...] = ()
    """Absolute addresses that may be followed, in order, each once."""
    hidden: tuple[str, ...] = ()
    """Texts that stand in the file but that a visitor does not see; never part of `text`."""
    items: tuple[Mapping[str, object], ...] = ()
    """The schema.org items in the markup, as JSON-LD writes them."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What columns or front matter say, by the keys of `corpus/README.md` (`contact.telefoon` …)."""
    indexable: bool = True
    """False when the page asks not to be indexed."""


class Reader(Protocol):
    """Reads one kind of content. Content is untrusted: a reader limits size, depth and time."""

    def media_types(self) -> tuple[str, ...]:
        """The media types that it reads, the usual one first."""

    def suffixes(self) -> tuple[str, ...]:
        """The endings of such files, lower case with the dot."""

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract; a table gives one for each row. `url` makes links absolute, `charset` is what a server said.

        Raises `UnreadableFile` when the content is broken, protected, empty or beyond a limit.
        """
