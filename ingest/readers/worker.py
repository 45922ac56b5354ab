"""Opens a PDF or Word file in a process of its own, which may be stopped when a file is made to exhaust us.

Run as a file, with the kind as its argument and the content on standard input; it writes JSON. It imports nothing of
ours, so that it starts at once.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

MEMORY = 1_500_000_000
"""Bytes of address space."""
SECONDS = 40
"""Seconds of processor time; `apart.py` stops the process sooner by the clock."""
MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000


def read_pdf(content: bytes) -> dict[str, Any]:
    """The lines of each page with their size of type, and what the file says about itself."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("protected with a password")
    if len(reader.pages) > MOST_PAGES:
        raise ValueError(f"{len(reader.pages)} pages; we read {MOST_PAGES} at most")
    pages, characters = [], 0
    for page in reader.pages:
        lines = _lines_of(page)
        characters += sum(len(text) for _, text in lines)
        if characters > MOST_CHARACTERS:
            raise ValueError(f"more than {MOST_CHARACTERS} characters")
        pages.append(lines)
    about: Any = reader.metadata or {}
    return {
        "title": str(about.get("/Title") or ""),
        "date": str(about.get("/ModDate") or about.get("/CreationDate") or ""),
        "pages": pages,
    }


def _lines_of(page: Any) -> list[tuple[float, str]]:
    """The lines of a page with the size of their largest type, in points."""
    sizes: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        height = round(abs(size * (tm[3] or 1) * (cm[3] or 1)), 1)
        for line in filter(None, map(str.strip, text.splitlines())):
            sizes[line] = max(height, sizes.get(line, 0.0))

    text = page.extract_text(visitor_text=note)
    lines = [line.strip() for line in text.splitlines()]
    return [(_size(line, sizes), line) for line in lines]


def _size(line: str, sizes: dict[str, float]) -> float:
    if line in sizes:
        return sizes[line]
    return max((size for piece, size in sizes.items() if len(piece) > 2 and piece in line), default=0.0)


def read_docx(content: bytes) -> dict[str, Any]:
    """The file as HTML, with its headings, lists and tables; pictures are left out."""
    import mammoth

    no_pictures = mammoth.images.img_element(lambda image: {"src": ""})
    return {"html": mammoth.convert_to_html(io.BytesIO(content), convert_image=no_pictures).value[:MOST_CHARACTERS]}


def read_xlsx(content: bytes) -> dict[str, Any]:
    """The cells of the first sheet, as they are shown."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows, characters = [], 0
    for row in book.worksheets[0].iter_rows(max_row=20_000, max_col=100, values_only=True):
        cells = [_shown(cell) for cell in row]
        characters += sum(map(len, cells))
        if characters > MOST_CHARACTERS:
            raise ValueError(f"more than {MOST_CHARACTERS} characters")
        rows.append(cells)
    return {"rows": rows}


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00")
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def main() -> None:
    """Reads, and writes `{"problem": …}` when the file cannot be read."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    read = {"pdf": read_pdf, "docx": read_docx, "xlsx": read_xlsx}[sys.argv[1]]
    try:
        found = read(sys.stdin.buffer.read())
    except MemoryError:
        found = {"problem": "needs too much memory"}
    except Exception as exc:  # whatever a library says about a broken file is the answer
        found = {"problem": f"{type(exc).__name__}: {exc}"[:300]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
