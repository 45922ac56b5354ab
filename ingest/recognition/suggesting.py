"""Puts all that is recognised together as suggestions, each with the words that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Place
from ingest.readers import Extract
from ingest.readers.dates import iso_date, stated_date
from ingest.recognition.contacts import (
    find_addresses,
    find_costs,
    find_hours,
    find_mails,
    find_phones,
    find_websites,
)
from ingest.recognition.subjects import find_municipalities, find_themes, find_topics

MOST = 5
"""Suggestions for one field: more is no help."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field, and why: `quote` stands literally in what was read.

    `origin` is `tekst`, `schema.org`, `kolom` (a column or front matter) or `pagina` (the page's own date).
    """

    value: str
    quote: str
    origin: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What an editor may take over, by field; the best first, none where nothing was recognised."""

    municipalities: tuple[Suggestion, ...] = ()
    themes: tuple[Suggestion, ...] = ()
    topics: tuple[Suggestion, ...] = ()
    date: tuple[Suggestion, ...] = ()
    phone: tuple[Suggestion, ...] = ()
    email: tuple[Suggestion, ...] = ()
    address: tuple[Suggestion, ...] = ()
    website: tuple[Suggestion, ...] = ()
    opening_hours: tuple[Suggestion, ...] = ()
    costs: tuple[Suggestion, ...] = ()
    organisation: tuple[Suggestion, ...] = ()


def suggest(extract: Extract, places: Sequence[Place] = ()) -> Suggestions:
    """What the text, the markup and the columns of an extract say. `places` are those of `ingest.places`."""
    title, text, items, fields = extract.title, extract.text, extract.items, extract.fields

    def contact(name: str, key: str, find: Callable[[str], Iterator[str]]) -> tuple[Suggestion, ...]:
        stated = [*_columns(fields, f"contact.{key}"), *_markup(items, name)]
        return _best([*stated, *(Suggestion(found, found, "tekst") for found in find(text))])

    return Suggestions(
        municipalities=_best([*_columns(fields, "gemeenten"), *_texts(find_municipalities(title, text, places))]),
        themes=_best([*_columns(fields, "themas"), *_texts(find_themes(title, text))]),
        topics=_best([*_columns(fields, "onderwerpen"), *_texts(find_topics(title, text))]),
        date=_best(_dates(extract)),
        phone=contact("telephone", "telefoon", find_phones),
        email=contact("email", "email", find_mails),
        address=contact("address", "adres", find_addresses),
        website=contact("url", "website", find_websites),
        opening_hours=contact("openingHours", "openingstijden", find_hours),
        costs=contact("priceRange", "kosten", find_costs),
        organisation=_best([*_columns(fields, "organisatie"), *_organisations(items)]),
    )


def _best(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Each value once, in order, the first few."""
    once: dict[str, Suggestion] = {}
    for suggestion in suggestions:
        once.setdefault("".join(suggestion.value.lower().split()), suggestion)
    return tuple(once.values())[:MOST]


def _texts(found: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    yield from (Suggestion(value, quote, "tekst") for value, quote in found)


def _columns(fields: Mapping[str, str], key: str) -> Iterator[Suggestion]:
    if key in fields:
        values = fields[key].split("; ") if key in ("gemeenten", "themas", "onderwerpen") else [fields[key]]
        yield from (Suggestion(value, value, "kolom") for value in values if value)


def _dates(extract: Extract) -> Iterator[Suggestion]:
    column = extract.fields.get("bron_datum", "")
    if day := iso_date(column):
        yield Suggestion(day, column, "kolom")
    if extract.date:
        yield Suggestion(extract.date, extract.date, "pagina")
    if found := stated_date(extract.text):
        yield Suggestion(found.value, found.quote, "tekst")


def _markup(items: Iterable[Mapping[str, object]], name: str) -> Iterator[Suggestion]:
    for item in items:
        if name == "url" and not item.get("telephone") and not item.get("email"):
            continue  # the address of an article, not of a service
        for value in _values(item.get(name)):
            yield Suggestion(value, value, "schema.org")


def _organisations(items: Iterable[Mapping[str, object]]) -> Iterator[Suggestion]:
    for item in items:
        for key in ("provider", "organizer", "serviceOperator"):
            owner = item.get(key)
            name = owner.get("name") if isinstance(owner, Mapping) else owner
            if isinstance(name, str) and name.strip() and not name.startswith("http"):
                yield Suggestion(name.strip(), name.strip(), "schema.org")


def _values(value: object) -> Iterator[str]:
    """The text in a property; a postal address becomes one line."""
    if isinstance(value, str):
        text = " ".join(value.removeprefix("mailto:").removeprefix("tel:").split())
        if text:
            yield text
    elif isinstance(value, list):
        for inner in value[:MOST]:
            yield from _values(inner)
    elif isinstance(value, Mapping) and "streetAddress" in value:
        line = [str(value.get(key) or "") for key in ("streetAddress", "postalCode", "addressLocality")]
        yield " ".join(f"{line[0]}, {line[1]} {line[2]}".split()).strip(", ")
