"""Reads a table of services (CSV or Excel) by a mapping of its columns to the keys of a source."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from assistant.errors import UnreadableFile
from ingest.readers.apart import LARGEST, check_zip, read_apart
from ingest.readers.decoding import decode
from ingest.readers.extract import Extract
from ingest.readers.rendering import plain

KEYS = frozenset(
    """
    id titel tekst soort organisatie gemeenten themas onderwerpen doelgroep bron bron_titel uitgever bron_datum
    contact.telefoon contact.email contact.adres contact.website contact.openingstijden contact.kosten
    """.split()
)
"""What a column may hold: the keys of `corpus/README.md`, and `tekst` for the body (more columns may share it)."""

USUAL_NAMES: Mapping[str, str] = {
    "naam": "titel", "titel": "titel", "dienst": "titel", "organisatie": "organisatie", "aanbieder": "organisatie",
    "omschrijving": "tekst", "beschrijving": "tekst", "toelichting": "tekst", "tekst": "tekst", "gemeente": "gemeenten",
    "gemeenten": "gemeenten", "telefoon": "contact.telefoon", "telefoonnummer": "contact.telefoon",
    "tel": "contact.telefoon", "email": "contact.email", "e-mail": "contact.email", "e-mailadres": "contact.email",
    "mail": "contact.email", "adres": "contact.adres", "website": "contact.website", "url": "contact.website",
    "openingstijden": "contact.openingstijden", "kosten": "contact.kosten", "thema": "themas", "doelgroep": "doelgroep",
    "onderwerp": "onderwerpen", "soort": "soort", "bijgewerkt": "bron_datum", "datum": "bron_datum",
}  # fmt: skip
MOST_ROWS = 20_000


class CsvReader:
    """Reads CSV with comma, semicolon or tab. Without a `mapping` (column → key) the usual names are recognised."""

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self._mapping = checked_mapping(mapping)

    def media_types(self) -> tuple[str, ...]:
        """CSV and tab-separated values."""
        return ("text/csv", "text/tab-separated-values")

    def suffixes(self) -> tuple[str, ...]:
        """CSV and tab-separated values."""
        return (".csv", ".tsv")

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract for each row that has a title."""
        if len(content) > LARGEST:
            raise UnreadableFile(f"a file of {len(content)} bytes; we read {LARGEST} at most")
        text = decode(content, charset).replace("\0", "").lstrip("\ufeff")
        first = text.partition("\n")[0]
        delimiter = max(";,\t", key=first.count)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as exc:
            raise UnreadableFile(f"not a table ({exc})") from exc
        return read_rows(rows, self._mapping)


class XlsxReader:
    """Reads the first sheet of an Excel file. The mapping is that of `CsvReader`."""

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self._mapping = checked_mapping(mapping)

    def media_types(self) -> tuple[str, ...]:
        """Excel since 2007."""
        return ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)

    def suffixes(self) -> tuple[str, ...]:
        """Excel since 2007."""
        return (".xlsx",)

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract for each row that has a title."""
        check_zip(content)
        return read_rows(read_apart("xlsx", content)["rows"], self._mapping)


def checked_mapping(mapping: Mapping[str, str] | None) -> Mapping[str, str]:
    """The mapping by folded column name. Raises `ValueError` for a key that a source does not have."""
    wrong = sorted(set((mapping or {}).values()) - KEYS)
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: no key of a source; map to one of: {', '.join(sorted(KEYS))}")
    return {_name(column): key for column, key in (mapping or USUAL_NAMES).items()}


def read_rows(rows: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> tuple[Extract, ...]:
    """The rows below the first one that names a mapped title column. Raises `UnreadableFile` when there is none."""
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(f"{len(rows)} rows; we read {MOST_ROWS} at most")
    for n, row in enumerate(rows[:20]):
        keys = [mapping.get(_name(cell), "") for cell in row]
        if "titel" in keys:
            return tuple(extract for cells in rows[n + 1 :] if (extract := _extract(keys, cells)))
    wanted = ", ".join(sorted(column for column, key in mapping.items() if key == "titel"))
    raise UnreadableFile(f"no column for the title; name one of the columns: {wanted or '(none is mapped to titel)'}")


def _extract(keys: Sequence[str], cells: Sequence[str]) -> Extract | None:
    found: dict[str, list[str]] = {}
    for key, cell in zip(keys, cells, strict=False):
        if key and (value := plain(cell)):
            found.setdefault(key, []).append(value)
    if "titel" not in found:
        return None
    text = "\n\n".join(found.pop("tekst", []))
    fields = {key: "; ".join(values) for key, values in found.items()}
    return Extract(fields["titel"], text, fields.get("bron_datum"), fields=fields)


def _name(column: str) -> str:
    return plain(column).lower().rstrip(":*")
