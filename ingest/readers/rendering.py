"""Writes the body that trafilatura finds as plain Markdown, in which every sentence can be quoted as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

SPACES = re.compile(r"[\s\u00a0]+")
LOWEST_HEADING = 6


def render(body: Element) -> str:
    """Headings with `#`, list items with `-`, a table as one list item for each row. No links, no emphasis."""
    blocks: list[str] = []
    for element in body:
        blocks += [block for block in _blocks(element) if block]
    return "\n\n".join(blocks)


def plain(text: str) -> str:
    """One line, with single spaces."""
    return SPACES.sub(" ", text).strip()


def _blocks(element: Element) -> Iterator[str]:
    if element.tag == "head":
        yield _heading(element)
    elif element.tag == "list":
        yield "\n".join(_items(element))
    elif element.tag == "table":
        yield "\n".join(_rows(element))
    elif any(child.tag in ("p", "list", "table", "head", "quote") for child in element):
        yield plain(element.text or "")
        for child in element:
            yield from _blocks(child) if child.tag in ("p", "list", "table", "head", "quote") else [_inline(child)]
            yield plain(child.tail or "")
    else:
        yield _inline(element)


def _heading(element: Element) -> str:
    level = re.fullmatch(r"h([1-6])", element.get("rend") or "h3")
    text = _inline(element)
    return f"{'#' * min(int(level[1]) if level else 3, LOWEST_HEADING)} {text}" if text else ""


def _items(element: Element) -> Iterator[str]:
    """A term (`dt`) and its descriptions stand on one line."""
    term = ""
    for item in element:
        inner = [child for child in item if child.tag == "list"]
        text = plain("".join(_pieces(item, skip=inner)))
        if (item.get("rend") or "").startswith("dt"):
            yield from [f"- {term}"] if term else []
            term = text
            continue
        if text:
            yield f"- {term.rstrip(':')}: {text}" if term else f"- {text}"
            term = ""
        for child in inner:
            yield from _items(child)
    if term:
        yield f"- {term}"


def _rows(table: Element) -> Iterator[str]:
    """`- Maandag: 9.00 uur`; with more columns than two, each cell carries its column's name."""
    names: list[str] = []
    for n, row in enumerate(table.iter("row")):
        cells = [_inline(cell) for cell in row.iter("cell")]
        heads = [cell.get("role") == "head" for cell in row.iter("cell")]
        if n == 0 and len(cells) > 1 and all(heads):
            names = cells
            continue
        if len(cells) > 2 and len(names) == len(cells):
            cells = [f"{name}: {cell}" if name else cell for name, cell in zip(names, cells, strict=True) if cell]
            yield f"- {'; '.join(cells)}"
        elif any(cells):
            first, *rest = [cell for cell in cells if cell]
            yield f"- {first.rstrip(':')}: {'; '.join(rest)}" if rest else f"- {first}"


def _inline(element: Element) -> str:
    return plain("".join(_pieces(element)))


def _pieces(element: Element, skip: list[Element] | None = None) -> Iterator[str]:
    """The text of an element without the elements in `skip`; a line break is a space."""
    yield element.text or ""
    for child in element:
        if not skip or child not in skip:
            yield " " if child.tag in ("lb", "p", "item", "row") else ""
            yield from _pieces(child)
            yield " " if child.tag in ("lb", "p", "item", "cell") else ""
        yield child.tail or ""
