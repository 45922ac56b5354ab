"""Makes HTML of an answer: safe Markdown, `[n]` as links to the citations, and phone numbers to tap on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import escape as html_escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from assistant.replies import LANGUAGE_NOTES

ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h3", "code", "hr"}
ATTRIBUTES = {"a": {"href", "class", "aria-label"}}

MARK = re.compile(r"\s?\[(?P<number>\d{1,2})\]")
PHONE = re.compile(
    r"(?<![\w.,/-])(?:"
    r"\+31[\s-]?(?:\(0\)\s?)?[1-9](?:[\s-]?\d){8}"  # +31 591 680 800
    r"|0(?:800|900|906|909)[\s-]?\d{4}(?:[\s-]?\d{3})?"  # 0800-2000
    r"|\(?0[1-9](?:\)?[\s-]{0,2}\d){8}"  # 0591 68 08 00, (0591) 680800, 06 12345678
    r"|116[\s-]?\d{3}"  # 116 111
    r"|14[\s-]?0\d{2,3}"  # 14 0591, a town hall
    r"|11[23]"
    r")(?![\w-]|[.,]\d)"
)
NO_BREAK = "\u2060"
"""A word joiner: keeps a mark on the line of its sentence."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
CALLED = re.compile(r"\b(?:bel|belt|bellen|nummer|alarmnummer|telefoonnummer)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)


def answer_html(text: str, numbers: Collection[int], anchor: str) -> Markup:
    """An answer as HTML. A mark links to `#bron-{anchor}-{n}`; a mark that is in no citation is left out."""
    return rendered(text, frozenset(numbers), anchor)


def text_html(text: str) -> Markup:
    """The text of a source as HTML."""
    return rendered(text, None, "")


@lru_cache(maxsize=512)
def rendered(text: str, numbers: frozenset[int] | None, anchor: str) -> Markup:
    """Clean HTML; with `numbers` None, `[1]` is just text."""
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3"
        if token.children:
            token.children = list(with_links(token.children, numbers, anchor))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return with_languages(nh3.clean(html, tags=ALLOWED, attributes=ATTRIBUTES, link_rel="noopener noreferrer"))


def with_languages(html: str) -> Markup:
    """Clean HTML in which our own foreign sentences carry their language, for whoever listens to the page."""
    for language, sentence in LANGUAGE_NOTES.items():
        direction = ' dir="rtl"' if language in RIGHT_TO_LEFT else ""
        written = html_escape(sentence, quote=False)  # as nh3 writes it
        html = html.replace(written, f'<span lang="{language}"{direction}>{written}</span>')
    return Markup(html)


def with_links(tokens: list[Token], numbers: frozenset[int] | None, anchor: str) -> Iterator[Token]:
    """The inline tokens, with every text outside a link turned into HTML that has our links."""
    before, depth = "", 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("link") else 0
        if token.type == "text" and depth == 0:
            html = phone_html(token.content, before)
            content = html if numbers is None else mark_html(html, numbers, anchor)
            yield Token("html_inline", "", 0, content=content)
        else:
            yield token
        before += token.content


def mark_html(html: str, numbers: frozenset[int], anchor: str) -> str:
    """Marks as links, right behind the word that they belong to."""

    def link(match: re.Match[str]) -> str:
        number = int(match["number"])
        if number not in numbers:
            return ""
        return f'{NO_BREAK}<a class="mark" href="#bron-{anchor}-{number}" aria-label="Bron {number}">{number}</a>'

    return MARK.sub(link, html)


def phone_html(text: str, before: str | None = None) -> Markup:
    """Text as HTML with `tel:` links. With `before` (the text in front), 112 and 113 need a word like ‘bel’ first."""

    def link(match: re.Match[str]) -> str:
        number = match[0]
        if before is not None and len(number) == 3 and not CALLED.search(before + text[: match.start()]):
            return number
        return f'<a class="phone" href="tel:{dialled(number)}">{number}</a>'

    parts, end = [], 0
    for match in PHONE.finditer(text):
        parts += [escape(text[end : match.start()]), Markup(link(match))]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def first_phone(text: str) -> str | None:
    """The first number in a text, for a button that calls it."""
    match = PHONE.search(text)
    return match[0] if match else None


def dialled(number: str) -> str:
    """A number as a phone dials it."""
    return re.sub(r"[^\d+]", "", number.replace("(0)", ""))
