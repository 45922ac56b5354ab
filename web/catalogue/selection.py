"""What a visitor selected in the catalogue. The address holds all of it, so that a selection can be kept and shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from assistant.domain import Source
from web.catalogue.facets import FACETS, Facet

MAX_WORDS = 200
"""Characters of the search words that we read."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Words to search for, the chosen values of each facet, and the page. Values of one facet add up, facets narrow."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Nothing was selected: the whole catalogue."""
        return not self.words and not self.chosen

    def values(self, facet: str) -> tuple[str, ...]:
        """What was chosen of a facet."""
        return self.chosen.get(facet, ())

    def has(self, facet: str, value: str) -> bool:
        """Whether this value was chosen."""
        return value in self.values(facet)

    def toggled(self, facet: str, value: str) -> Selection:
        """With this value when it was not chosen, else without it; on the first page."""
        left = tuple(v for v in self.values(facet) if v != value)
        values = left if self.has(facet, value) else (*left, value)
        return self.choosing(facet, values)

    def choosing(self, facet: str, values: Iterable[str]) -> Selection:
        """With just these values of a facet; on the first page."""
        chosen = {**self.chosen, facet: tuple(values)}
        return replace(self, chosen={name: kept for name, kept in chosen.items() if kept}, page=1)

    def without_words(self) -> Selection:
        """Without the search words; on the first page."""
        return replace(self, words="", page=1)

    def on_page(self, page: int) -> Selection:
        """Another page of the same."""
        return replace(self, page=page)

    def passes(self, source: Source, but: Facet | None = None) -> bool:
        """Whether a source is selected, whatever was chosen of the facet `but`; words are not looked at."""
        return all(
            not (wanted := self.values(facet.name)) or not set(wanted).isdisjoint(facet.of(source))
            for facet in FACETS
            if facet is not but
        )

    def address(self, path: str = "/zoeken") -> str:
        """Where this selection is found."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet.name, value) for facet in FACETS for value in self.values(facet.name)]
        pairs += [("pagina", str(self.page))] if self.page > 1 else []
        return f"{path}?{urlencode(pairs)}" if pairs else path


@dataclass(frozen=True, slots=True)
class Reading:
    """A selection as it was read, the words as sent, and a sentence for each part that we could not use."""

    selection: Selection
    typed: str
    complaints: tuple[str, ...]


def read_selection(pairs: Iterable[tuple[str, str]]) -> Reading:
    """The selection in the query of an address. What we do not know is left out and complained about."""
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(" ".join(value.split()))
    complaints: list[str] = []
    typed = "".join(c for c in (query.get("q") or [""])[-1] if c.isprintable())
    chosen = {facet.name: read_values(facet, query.get(facet.name, []), complaints) for facet in FACETS}
    selection = Selection(
        words=read_words(typed, complaints),
        chosen={name: values for name, values in chosen.items() if values},
        page=read_page((query.get("pagina") or ["1"])[-1], complaints),
    )
    return Reading(selection, typed, tuple(complaints))


def read_words(typed: str, complaints: list[str]) -> str:
    """The search words, none when there are too many."""
    if len(typed) <= MAX_WORDS:
        return typed
    complaints.append(
        f"Je zoekwoorden zijn {len(typed)} tekens lang. Wij lezen er hoogstens {MAX_WORDS}. "
        "Haal er een paar woorden uit en zoek dan opnieuw."
    )
    return ""


def read_values(facet: Facet, raw: Iterable[str], complaints: list[str]) -> tuple[str, ...]:
    """The values that we know, as we write them; a space may stand for a hyphen."""
    by_folded = {folded(value): value for value in facet.values}
    known: dict[str, None] = {}
    for word in filter(None, raw):
        if (value := by_folded.get(folded(word))) is not None:
            known[value] = None
        else:
            choices = ", ".join(facet.label_of(value) for value in facet.values)
            complaints.append(f"‘{word[:60]}’ is geen {facet.noun} die we kennen. Je kunt kiezen uit: {choices}.")
    return tuple(known)


def folded(word: str) -> str:
    """Without the difference between `Midden-Drenthe` and `midden drenthe`."""
    return word.casefold().replace("-", " ").replace("ë", "e")


def read_page(raw: str, complaints: list[str]) -> int:
    """The number of the page, 1 when it is no number."""
    if raw.isascii() and raw.isdigit() and 0 < len(raw) < 10 and int(raw) > 0:
        return int(raw)
    if raw:
        complaints.append("Een pagina heeft een nummer van 1 of hoger. Je ziet nu pagina 1.")
    return 1
