"""Reads a web page: its main text by trafilatura, headings kept, and what its markup states."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree, html
from lxml.etree import _Element as Element

from assistant.errors import UnreadableFile
from ingest.readers.blocks import markdown_of
from ingest.readers.decoding import decode
from ingest.readers.extract import Extract
from ingest.readers.markup import canonical_address, followable_links, page_date, robots_words, schema_items
from ingest.readers.rendering import plain, render
from ingest.readers.tidying import is_links, is_small_talk, text_of, tidy

LARGEST = 5_000_000
"""Bytes of a page that we read."""
MOST_ELEMENTS = 60_000
MOST_ATTRIBUTES = 500
"""Of one tag. The parser compares each with all before it, so that many thousands would keep it busy for hours."""
TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+>?""")
ATTRIBUTE = re.compile(r"""[\s/"'][^\s/>"'=]""")
FEWEST_WORDS_OF_MAIN = 20
LEAST_OF_BODY = 0.4
LEAST_OF_MAIN = 0.9
"""Share of the words of a marked main part below which trafilatura is taken to have dropped facts."""
MAIN_NAMES = {"content", "main", "inhoud", "main-content", "maincontent", "page-content", "primary", "hoofdinhoud"}
SITE_NAME = re.compile(r"\s+[|–—»·]\s+.*$|\s+-\s+[^-]{3,60}$")
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[1245]|1[6-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));",
    re.I,
)


class HtmlReader:
    """Reads HTML, also when it is broken."""

    def media_types(self) -> tuple[str, ...]:
        """HTML and XHTML."""
        return ("text/html", "application/xhtml+xml")

    def suffixes(self) -> tuple[str, ...]:
        """The usual endings of pages."""
        return (".html", ".htm", ".xhtml")

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract. A page without main text has an empty `text`: its links still count."""
        if len(content) > LARGEST:
            raise UnreadableFile(f"a page of {len(content)} bytes; we read {LARGEST} at most")
        root = _parse(decode(content, charset))
        items = schema_items(root)
        robots = robots_words(root)
        extract = Extract(
            title=_title(root),
            text="",
            date=page_date(root, items),
            language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
            or None,
            canonical=canonical_address(root, url),
            links=followable_links(root, url),
            items=items,
            indexable="noindex" not in robots,
        )
        hidden = tidy(root)
        return (replace(extract, text=_main_text(root, extract.title), hidden=hidden),)


def _parse(text: str) -> Element:
    # Comments and instructions to the browser are dropped; nothing outside the page is loaded.
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    clean = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", UNPRINTABLE.sub(" ", text))
    clean = TAG.sub(lambda tag: "" if is_crowded(tag[0]) else tag[0], clean)
    try:
        root = html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as exc:
        raise UnreadableFile(f"not a web page ({exc})") from exc
    if sum(1 for _ in root.iter("*")) > MOST_ELEMENTS:
        raise UnreadableFile(f"a page of more than {MOST_ELEMENTS} elements")
    return root


def is_crowded(tag: str) -> bool:
    """Whether a tag has more attributes than any page needs, or a text that is as long as that many."""
    return len(tag) > 4 * MOST_ATTRIBUTES and len(ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES


def _title(root: Element) -> str:
    headings = [text for h1 in root.iter("h1") if (text := text_of(h1))]
    if len(headings) == 1:
        return headings[0]
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:title" and (meta.get("content") or "").strip():
            return SITE_NAME.sub("", plain(meta.get("content")))
    title = next((plain("".join(t.itertext("*"))) for t in root.iter("title")), "")
    return SITE_NAME.sub("", title) or (headings[0] if headings else "")


def _main_text(root: Element, title: str) -> str:
    import trafilatura  # a tenth of a second and 15 MB, which a server that reads no page should not spend

    main, is_marked = _main_of(root)
    if is_links(main):
        return ""
    own = markdown_of(main) if is_marked else ""
    page = html.document_fromstring("<html><body></body></html>")
    page.find("body").append(main)
    try:
        found = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=True, favor_recall=True, include_formatting=True
        )
    except (ValueError, RecursionError, etree.LxmlError) as exc:
        raise UnreadableFile(f"the main text cannot be found ({exc})") from exc
    if found is None or isinstance(found, dict) or found.body is None:
        return _without_title(own, title)
    text = render(found.body)
    lost = len(text.split()) < LEAST_OF_MAIN * len(own.split())
    return _without_title(own if lost else text, title)


def _main_of(root: Element) -> tuple[Element, bool]:
    """What the page marks as its main part, or what is around its one title, and true; else its body, and false."""
    body = root.find("body")
    body = body if body is not None else root
    marked = [e for e in root.iter("*") if e.tag == "main" or (e.get("role") or "").lower() == "main"]
    named = [e for e in root.iter("div", "section", "article", "td") if (e.get("id") or "").lower() in MAIN_NAMES]
    fewest = max(FEWEST_WORDS_OF_MAIN, len(text_of(body).split()) * LEAST_OF_BODY)
    headings = list(root.iter("h1"))
    around = list(headings[0].iterancestors("div", "section", "article")) if len(headings) == 1 else []
    for element in [*(marked if len(marked) == 1 else []), *named, *around]:
        if len(text_of(element).split()) >= fewest:
            return _as_article(element), True
    body.tag = "div"
    return body, False


def _as_article(element: Element) -> Element:
    """The element without names: trafilatura would judge by them (`frame-type-header`) what we have judged already."""
    element.tag = "article"
    for inner in element.iter("*"):
        for name in ("class", "id", "role", "style"):
            inner.attrib.pop(name, None)
    return element


def _without_title(text: str, title: str) -> str:
    blocks = [block for block in text.split("\n\n") if not is_small_talk(block)]
    return "\n\n".join(blocks[1:] if blocks and blocks[0].lstrip("# ") == title else blocks)
