"""Reads what an editor brings as text: Markdown, with or without front matter, and text that was pasted."""

from __future__ import annotations

import re

import frontmatter
import yaml

from assistant.errors import UnreadableFile
from ingest.readers.decoding import decode
from ingest.readers.extract import Extract
from ingest.readers.rendering import plain

LARGEST = 2_000_000
"""Bytes of text that we read."""
LONGEST_TITLE = 120
HEADING = re.compile(r"^#{1,6}\s+(?P<title>.+?)\s*#*$")
LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")


class MarkdownReader:
    """Reads Markdown; front matter in the keys of `corpus/README.md` comes along in `fields`, unchecked."""

    def media_types(self) -> tuple[str, ...]:
        """Markdown."""
        return ("text/markdown", "text/x-markdown")

    def suffixes(self) -> tuple[str, ...]:
        """Markdown."""
        return (".md", ".markdown")

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract. Links become their words, emphasis goes; headings and lists stay."""
        text = _text(content, charset)
        try:
            matter, body = frontmatter.parse(text)
        except (yaml.YAMLError, ValueError, RecursionError) as exc:
            raise UnreadableFile(f"front matter: not valid YAML ({exc})"[:300]) from exc
        fields = dict(_flat(matter))
        title, body = _title_of(body) if "titel" not in fields else (fields["titel"], body)
        clean = EMPHASIS.sub(r"\2", LINK.sub(r"\1", body)).strip()
        return (Extract(title, clean, fields.get("bron_datum"), fields=fields),)


class PastedTextReader:
    """Reads text that somebody pasted or typed; lines that were wrapped by an e-mail program are joined again."""

    def media_types(self) -> tuple[str, ...]:
        """Plain text."""
        return ("text/plain",)

    def suffixes(self) -> tuple[str, ...]:
        """Plain text."""
        return (".txt",)

    def read(self, content: bytes, *, url: str = "", charset: str | None = None) -> tuple[Extract, ...]:
        """One extract; a short first line without a full stop is its title."""
        title, body = _title_of(_text(content, charset))
        blocks = [_unwrapped(block) for block in re.split(r"\n[ \t]*\n", body)]
        return (Extract(title, "\n\n".join(filter(None, blocks))),)


def _text(content: bytes, charset: str | None) -> str:
    if len(content) > LARGEST:
        raise UnreadableFile(f"a text of {len(content)} bytes; we read {LARGEST} at most")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", decode(content, charset)))
    if not text.strip():
        raise UnreadableFile("no text")
    return text


def _title_of(text: str) -> tuple[str, str]:
    """The title and the text below it; a text that opens with a sentence has its first words as title."""
    first, _, rest = text.strip().partition("\n")
    heading = HEADING.match(first)
    if heading:
        return plain(heading["title"])[:LONGEST_TITLE], rest.strip()
    if rest.strip() and len(first) <= LONGEST_TITLE and not first.rstrip().endswith((".", "!", "?", ",", ":")):
        return plain(first), rest.strip()
    words = plain(re.split(r"(?<=[.!?])\s", first)[0])
    return (words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rpartition(" ")[0]), text.strip()


def _unwrapped(block: str) -> str:
    lines = [re.sub(r"^\s*[•·▪*-]\s+", "- ", line).rstrip() for line in block.splitlines() if line.strip()]
    joined: list[str] = []
    for line in lines:
        if joined and not line.startswith(("- ", "#")) and not joined[-1].startswith("#"):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
    return "\n".join(joined)


def _flat(matter: object, prefix: str = "") -> list[tuple[str, str]]:
    """`contact: {telefoon: 112}` → `("contact.telefoon", "112")`; lists are joined with a semicolon."""
    found: list[tuple[str, str]] = []
    for key, value in matter.items() if isinstance(matter, dict) else ():
        if isinstance(value, dict) and not prefix:
            found += _flat(value, f"{key}.")
        elif isinstance(value, list):
            found.append((f"{prefix}{key}", "; ".join(map(str, value))))
        elif value is not None:
            found.append((f"{prefix}{key}", str(value)))
    return found
