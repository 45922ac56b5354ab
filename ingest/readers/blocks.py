"""Turns plain HTML into the blocks that `rendering.py` writes: for Word files, and where trafilatura drops too much."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from ingest.readers.rendering import plain, render

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NAMES = {"ul": "list", "ol": "list", "dl": "list", "li": "item", "dt": "item", "dd": "item"} | {
    "tr": "row",
    "td": "cell",
    "th": "cell",
    "br": "lb",
}
"""The elements of HTML by the names that trafilatura gives them."""
INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)


def markdown_of(element: Element) -> str:
    """All text below an element as Markdown, in order; text that stands loose between blocks is a paragraph."""
    body = etree.Element("body")
    _collect(element, body, [])
    return render(body)


def _collect(element: Element, body: Element, loose: list[str]) -> None:
    """Adds the blocks below an element to the body; `loose` is the text of the paragraph that is being gathered."""
    loose.append(element.text or "")
    for child in element:
        if child.tag in HEADINGS or child.tag in ("ul", "ol", "dl", "table"):
            _flush(body, loose)
            body.append(_block(child))
        elif child.tag in INLINE:
            _collect(child, body, loose)
        elif child.tag == "br":
            after = child.getnext()
            twice = after is not None and after.tag == "br" and not (child.tail or "").strip()
            _flush(body, loose) if twice else loose.append(" ")
        elif isinstance(child.tag, str):
            _flush(body, loose)
            _collect(child, body, loose)
            _flush(body, loose)
        loose.append(child.tail or "")
    if element.tag not in INLINE:
        _flush(body, loose)


def _flush(body: Element, loose: list[str]) -> None:
    text = plain("".join(loose))
    loose.clear()
    if text:
        etree.SubElement(body, "p").text = text


def _block(element: Element) -> Element:
    block = deepcopy(element)
    block.tail = None
    for part in block.iter("*"):
        if part.tag in HEADINGS:
            part.set("rend", part.tag)
            part.tag = "head"
        elif part.tag == "th":
            part.set("role", "head")
        elif part.tag in ("dt", "dd"):
            part.set("rend", part.tag)
        part.tag = NAMES.get(part.tag, part.tag)
    return block
