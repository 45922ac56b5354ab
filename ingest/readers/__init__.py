"""Reads what comes from elsewhere — pages, PDF, Word, tables, Markdown, pasted text — each kind by one small class."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import UnreadableFile
from ingest.readers.docx import DocxReader
from ingest.readers.extract import Extract, Reader
from ingest.readers.html import HtmlReader
from ingest.readers.pdf import PdfReader
from ingest.readers.plain_text import MarkdownReader, PastedTextReader
from ingest.readers.tables import CsvReader, XlsxReader

READERS: tuple[Reader, ...] = (
    HtmlReader(),
    PdfReader(),
    DocxReader(),
    CsvReader(),
    XlsxReader(),
    MarkdownReader(),
    PastedTextReader(),
)


def reader_for(name: str, readers: Sequence[Reader] = READERS) -> Reader:
    """The reader for a media type (`text/html`) or the name of a file (`tarieven.docx`). Raises `UnreadableFile`."""
    plain = name.partition(";")[0].strip().lower()
    for reader in readers:
        if plain in reader.media_types() or plain.endswith(reader.suffixes()):
            return reader
    known = ", ".join(suffix for reader in readers for suffix in reader.suffixes())
    raise UnreadableFile(f"no reader for {name!r}, only for {known}")


def read_content(
    content: bytes, name: str, *, url: str = "", charset: str | None = None, readers: Sequence[Reader] = READERS
) -> tuple[Extract, ...]:
    """What a file or page holds; `name` is its media type or file name. Raises `UnreadableFile`."""
    return reader_for(name, readers).read(content, url=url, charset=charset)


__all__ = [
    "READERS",
    "CsvReader",
    "DocxReader",
    "Extract",
    "HtmlReader",
    "MarkdownReader",
    "PastedTextReader",
    "PdfReader",
    "Reader",
    "XlsxReader",
    "read_content",
    "reader_for",
]
