"""A selection to take along: CSV that a Dutch spreadsheet opens as it is, and JSON in the shape of the API."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.domain import Source
from assistant.presentation import search_result_as_json

COLUMNS = (
    "id",
    "titel",
    "soort",
    "organisatie",
    "samenvatting",
    "gemeenten",
    "themas",
    "onderwerpen",
    "doelgroep",
    "telefoon",
    "e-mail",
    "adres",
    "website",
    "openingstijden",
    "kosten",
    "uitgever",
    "bron",
    "datum",
    "gecontroleerd",
)
FORMULA = frozenset("=+-@|%\t\r\n＝＋－＠")
"""A cell that begins with one of these may be run by a spreadsheet; some read the full-width ones as their own."""


def as_csv(sources: Iterable[Source]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, and CRLF: what Excel expects on a Dutch computer."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row_of(source)] for source in sources)
    return sheet.getvalue().encode("utf-8-sig")


def row_of(source: Source) -> list[str]:
    """One source, in the order of `COLUMNS`."""
    contact = source.contact
    lists = (source.municipalities, source.themes, source.topics, source.audience)
    reached = (contact.phone, contact.email, contact.address, contact.website, contact.opening_hours, contact.costs)
    return [
        source.id,
        source.title,
        source.kind.value,
        source.organisation or "",
        source.summary,
        *(", ".join(values) for values in lists),
        *(value or "" for value in reached),
        source.publisher,
        source.url,
        source.date or "",
        source.checked,
    ]


def harmless(cell: str) -> str:
    """The text with an apostrophe before what would be a formula; a spreadsheet shows it as the text it is."""
    return f"'{cell}" if cell.strip(" ")[:1] in FORMULA and cell.strip(" ") else cell


def as_json(sources: Sequence[Source]) -> dict[str, Any]:
    """The body of `GET /api/v1/search`, with all results; they carry no score because facets and words chose them."""
    return {"total": len(sources), "results": [search_result_as_json(source, None) for source in sources]}
