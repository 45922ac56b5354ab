"""Prepares a page for trafilatura: opens accordions, sets aside what is hidden, and takes the furniture away.

The habits are those of WordPress, Drupal, TYPO3 and SIMsite, on which most Dutch municipalities and welfare
organisations run. Every element that is judged is judged once, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from ingest.readers.rendering import plain

NEVER_TEXT = (
    "script style noscript template iframe svg object embed canvas audio video input select textarea option datalist "
    "map dialog"
).split()
FURNITURE_TAGS = {"nav", "aside", "menu"}
FURNITURE_ROLES = {"navigation", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar"}
FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|kruimelpad|kruimels|share|sharing|social|socials|delen|related|"
    r"gerelateerd|verwant|zie-ook|lees-ook|sidebar|newsletter|nieuwsbrief|feedback|reacties|comments?|skip|skiplinks?|"
    r"pagination|pager|paginering|menu|navbar|navigatie|navigation|nav|readspeaker|readspeak|rs_skip|rsbtn|voorlezen|"
    r"toolbar|tags|byline|author|auteur|advert|banner|footer|modal|popup|search|zoeken|zoekbox|overlay|login)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
SEE_ALSO = re.compile(
    r"^(?:zie ook|lees (?:ook|verder|meer)|gerelateerde?\b.*|verwante?\b.*|handige (?:links|sites|websites)|links|"
    r"meer (?:informatie|over|lezen|nieuws|weten)\b.*|downloads?|bijlagen?|ook interessant|misschien ook\b.*|"
    r"(?:meest )?gezocht\w*|direct naar|snel naar|in deze rubriek|onderwerpen|(?:volg|deel) (?:ons|deze|dit)\b.*|"
    r"relevante\b.*)\W*$",
    re.IGNORECASE,
)
SMALL_TALK = re.compile(
    r"^(?:deel(?: deze pagina| dit bericht| via)\b.{0,60}|print(?: deze pagina)?|afdrukken|lees (?:deze pagina )?voor|"
    r"(?:heb je|heeft u|hebt u) (?:gevonden|kunnen vinden)\b.{0,60}|ja\W*nee|vond (?:je|u) (?:deze|dit)\b.{0,50}|"
    r"was (?:deze|dit) (?:informatie|pagina|artikel)\b.{0,60}|(?:terug )?naar boven|terug naar (?:het )?overzicht|"
    r"(?:laatst )?(?:gepubliceerd|geplaatst|gewijzigd|bijgewerkt)\b\D{0,30}\d.{0,40}|"
    r"(?:laatste (?:wijziging|update)|publicatiedatum|nieuwsbericht)\b\D{0,15}\d.{0,40}|"
    r"(?:spring|ga|direct) naar (?:de )?(?:inhoud|hoofdinhoud|content|navigatie)\b.{0,30}|"
    r"(?:u|je) bent hier\b.{0,120}|toon (?:meer|alles)|lees (?:meer|verder)|sluiten?|open(?:en)?)\W*$",
    re.IGNORECASE,
)
UNSEEN_STYLE = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|$)|font-size:0(?:\D|$)|text-indent:-\d{3,}|"
    r"(?:left|top|right):-\d{3,}|clip:rect\(0|(?:^|;)(?:width|height):[01]px.*overflow:hidden"
)
WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgb\(255,255,255\)|transparent)(?:;|!|$)")
STYLE_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{0,500})\}")
MOST_OF_THE_PAGE = 0.5
"""Share of the words from which a block is no furniture, whatever its name."""


def tidy(root: Element) -> tuple[str, ...]:
    """Changes the tree in place, and returns the texts that a visitor does not see."""
    classes = _unseen_classes(root)
    for element in list(root.iter(*NEVER_TEXT)):
        _drop(element)
    _unfold_layout(root)
    _open_accordions(root)
    _drop_furniture(root)
    hidden = tuple(_take_hidden(root, classes))
    _drop_see_also(root)
    _drop_small_talk(root)
    for form in list(root.iter("form")):
        # ASP.NET wraps a whole page in a form, and trafilatura skips forms.
        form.tag = "div"
    return hidden


def is_small_talk(text: str) -> bool:
    """Whether a line talks to the visitor about the page itself (`Deel deze pagina`)."""
    return len(text) < 160 and bool(SMALL_TALK.match(text))


def text_of(element: Element) -> str:
    """All text below an element, on one line."""
    return plain(" ".join(element.itertext("*")))


def _drop(element: Element) -> None:
    """Takes an element out and leaves the text behind it where it was."""
    parent = element.getparent()
    if parent is None:
        return
    if tail := element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _style(element: Element) -> str:
    return re.sub(r"\s", "", element.get("style") or "").lower()


def _unfold_layout(root: Element) -> None:
    """Old pages place their parts in tables: a table with headings or tables in it holds no rows of facts."""
    for table in list(root.iter("table")):
        if next(table.iterdescendants("table", "h1", "h2", "main", "article"), None) is not None:
            for part in list(table.iterdescendants("tbody", "thead", "tr", "td", "th")):
                if next(part.iterancestors("table")) is table:
                    part.tag = "div"
            table.tag = "div"


def _open_accordions(root: Element) -> None:
    """What a visitor opens with one click is part of the page: the button becomes a heading, its panel is shown."""
    by_id = {element.get("id"): element for element in root.iter("*") if element.get("id")}
    for details in list(root.iter("details")):
        details.tag = "div"
    for summary in list(root.iter("summary")):
        _as_heading(summary)
    for button in list(root.iter("button", "a", "div", "span", "h2", "h3", "h4", "h5")):
        names = button.get("aria-controls") or button.get("data-bs-target") or button.get("data-target") or ""
        if not names and "collapse" in (button.get("data-toggle") or button.get("data-bs-toggle") or ""):
            names = button.get("href") or ""
        panel = by_id.get(names.strip().lstrip("#"))
        if panel is None or (button.get("aria-expanded") is None and "data-toggle" not in button.attrib):
            continue
        if panel.tag in FURNITURE_TAGS or panel.find(".//nav") is not None:
            continue
        _show(panel)
        _as_heading(button)
    for button in list(root.iter("button")):
        _drop(button)


def _as_heading(element: Element) -> None:
    inside = any(above.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for above in element.iterancestors())
    inner = any(below.tag in ("h2", "h3", "h4", "h5") for below in element.iterdescendants())
    for name in ("hidden", "aria-hidden", "class", "href"):
        element.attrib.pop(name, None)
    if inside or element.tag in ("h2", "h3", "h4", "h5"):
        element.tag = "span" if inside else element.tag
    else:
        element.tag = "div" if inner else "h3"


def _show(panel: Element) -> None:
    for name in ("hidden", "aria-hidden", "style", "class", "role"):
        panel.attrib.pop(name, None)


def _drop_furniture(root: Element) -> None:
    total = max(1, len(text_of(root).split()))
    for element in list(root.iter("*")):
        if element.getparent() is None or element.tag in ("html", "head", "body", "main", "article", "h1"):
            continue
        if _is_furniture(element) and not _holds_the_page(element, total):
            _drop(element)


def _is_furniture(element: Element) -> bool:
    if element.tag in FURNITURE_TAGS or (element.get("role") or "").lower() in FURNITURE_ROLES:
        return True
    if element.tag in ("header", "footer"):
        return next(element.iterancestors("article", "main"), None) is None or element.tag == "footer"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(FURNITURE_NAMES.search(names))


def _holds_the_page(element: Element, total: int) -> bool:
    if next(element.iter("h1", "main"), None) is not None:
        return True
    known = element.tag in FURNITURE_TAGS or element.tag in ("header", "footer")
    return not known and len(text_of(element).split()) / total > MOST_OF_THE_PAGE


def _unseen_classes(root: Element) -> frozenset[str]:
    """Classes that the page's own style element hides. Style sheets in other files are not read."""
    rules = (match.groups() for style in root.iter("style") for match in STYLE_RULE.finditer(style.text or ""))
    return frozenset(name for name, rule in rules if UNSEEN_STYLE.search(re.sub(r"\s", "", rule).lower()))


def _take_hidden(root: Element, classes: frozenset[str]) -> Iterator[str]:
    for element in list(root.iter("*")):
        if element.getparent() is not None and _is_unseen(element, classes):
            if text := text_of(element):
                yield text
            _drop(element)


def _is_unseen(element: Element, classes: frozenset[str]) -> bool:
    style = _style(element)
    if element.get("hidden") is not None or UNSEEN_STYLE.search(style):
        return True
    if WHITE.search(style) and not any("background" in _style(e) for e in (element, *element.iterancestors())):
        return True
    return bool(classes & set((element.get("class") or "").split()))


def _drop_see_also(root: Element) -> None:
    """A heading such as `Zie ook` with nothing but links below it."""
    for heading in list(root.iter("h2", "h3", "h4", "h5", "strong")):
        after = heading.getnext() if heading.tag != "strong" else None
        if after is not None and SEE_ALSO.match(text_of(heading)) and is_links(after):
            _drop(after)
            _drop(heading)


def is_links(element: Element) -> bool:
    """Whether an element is a list of links, which states nothing itself."""
    words = len(text_of(element).split())
    linked = sum(len(text_of(link).split()) for link in element.iter("a"))
    return words > 0 and linked / words > 0.7


def _drop_small_talk(root: Element) -> None:
    """Lines that talk to the visitor about the page itself."""
    for element in list(root.iter("p", "div", "span", "li", "a", "h2", "h3", "h4", "time", "strong")):
        if element.getparent() is None or len(element) > 4:
            continue
        text = text_of(element)
        alone = element.tag not in ("span", "a", "time", "strong") or text == text_of(element.getparent())
        if alone and is_small_talk(text):
            _drop(element)
