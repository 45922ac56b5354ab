"""Reads a PDF: its lines put together as paragraphs again, larger type as headings, running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.errors import UnreadableFile
from ingest.readers.apart import read_apart
from ingest.readers.extract import Extract
from ingest.readers.rendering import plain

Line = tuple[float, str]
"""(size of type in points, text)."""

HEADING = 1.15
"""Times the size of the running text from which a short line is a heading."""
LONGEST_HEADING = 120
BULLET = re.compile(r"^[•·▪◦●‣\uf0b7\u2013-]\s*(?=\S)")
PAGE_NUMBER = re.compile(r"^(?:pagina\s*)?\d{1,4}(?:\s*(?:/|van)\s*\d{1,4})?$", re.IGNORECASE)
PDF_DATE = re.compile(r"^D:(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")
FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|pptx?|xlsx?)$|^(?:microsoft word\b|naamloos|untitled|document\d*$)", re.I)


class PdfReader:
    """Reads text PDFs. A scan has no text, and is refused."""

    def media_types(self) -> tuple[str, ...]:
        """PDF only."""
        return ("application/pdf", "application/x-pdf")

    def suffixes(self) -> tuple[str, ...]:
        """PDF only."""
        return (".pdf",)

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract; its date is the day that the file says it was made or last changed."""
        found = read_apart("pdf", content)
        pages = [[(float(size), plain(text)) for size, text in page] for page in found["pages"]]
        lines = [line for page in _without_running_heads(pages) for line in page]
        if not any(text for _, text in lines):
            raise UnreadableFile("no text in this PDF; it may be a scan")
        title, lines = _title(plain(found["title"]), lines)
        day = PDF_DATE.match(found["date"])
        return (Extract(title, "\n\n".join(_blocks(lines)), "-".join(day.groups()) if day else None),)


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Page numbers, and lines that stand at the top or bottom of most pages, are not part of the text."""
    edges = Counter(text for page in pages for text in {_bare(t) for _, t in [*page[:2], *page[-2:]]} if text)
    repeated = {text for text, times in edges.items() if len(pages) > 2 and times > len(pages) / 2}
    return [[(s, t) for s, t in page if not PAGE_NUMBER.match(t) and _bare(t) not in repeated] for page in pages]


def _bare(line: str) -> str:
    """A line without the page number before or behind it."""
    return re.sub(r"^\d{1,4}\W+|\W+\d{1,3}$", "", line)


def _title(stated: str, lines: list[Line]) -> tuple[str, list[Line]]:
    """What the file calls itself, or else the first line of the largest type, which then leaves the text."""
    written = [(size, text) for size, text in lines if text]
    if stated and not FILE_NAME.search(stated):
        return stated, [line for n, line in enumerate(lines) if line[1] != stated or n > 5]
    largest = max(written[:20], key=lambda line: line[0])
    at = lines.index(largest)
    return largest[1][:LONGEST_HEADING], lines[:at] + lines[at + 1 :]


def _blocks(lines: Sequence[Line]) -> Iterator[str]:
    body = _usual_size(lines)
    paragraph: list[str] = []
    longest = max((len(text) for _, text in lines), default=0)
    for size, text in [*lines, (0.0, "")]:
        heading = bool(text) and size > body * HEADING and len(text) <= LONGEST_HEADING and not text.endswith(".")
        bullet = bool(BULLET.match(text))
        if paragraph and (not text or heading or bullet):
            yield _joined(paragraph)
            paragraph = []
        if heading:
            yield f"## {text}"
        elif text:
            paragraph.append(BULLET.sub("- ", text))
            # A line that stops early and ends a sentence ends its paragraph.
            if text.endswith((".", "!", "?")) and len(text) < 0.75 * longest:
                yield _joined(paragraph)
                paragraph = []


def _usual_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for size, text in lines:
        sizes[size] += len(text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _joined(lines: Sequence[str]) -> str:
    """One paragraph; a word that was broken off at the end of a line is whole again."""
    text = "\n".join(lines).replace("\u00ad\n", "").replace("\u00ad", "")
    text = re.sub(r"(?<=[a-zéëï])-\n(?=[a-zéëï])(?!(?:en|of)\b)", "", text)
    return plain(text)
