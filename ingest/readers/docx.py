"""Reads a Word file, with its headings, lists and tables."""

from __future__ import annotations

from lxml import html

from assistant.errors import UnreadableFile
from ingest.readers.apart import check_zip, read_apart
from ingest.readers.blocks import markdown_of
from ingest.readers.extract import Extract
from ingest.readers.rendering import plain


class DocxReader:
    """Reads .docx; the old .doc is refused, as no library reads it safely."""

    def media_types(self) -> tuple[str, ...]:
        """Word since 2007."""
        return ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

    def suffixes(self) -> tuple[str, ...]:
        """Word since 2007."""
        return (".docx",)

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract; its title is the first heading, or else the first line."""
        check_zip(content)
        written = read_apart("docx", content)["html"]
        body = html.fragment_fromstring(written or "<p></p>", create_parent="body")
        text = markdown_of(body)
        if not plain(text):
            raise UnreadableFile("no text in this file")
        first, _, rest = text.partition("\n\n")
        is_title = first.startswith("#") or (len(first) < 100 and not first.endswith((".", "!", "?")) and bool(rest))
        return (Extract(plain(first.lstrip("# -"))[:120], rest if is_title else text),)
