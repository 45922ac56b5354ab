"""Turns bytes into characters, also when a server or page names the wrong charset."""

from __future__ import annotations

import codecs
import re

META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WINDOWS = "cp1252"
AS_BROWSERS_READ = {"iso-8859-1": WINDOWS, "latin-1": WINDOWS, "latin1": WINDOWS, "us-ascii": WINDOWS, "ascii": WINDOWS}
"""Browsers read these labels as Windows-1252, and pages rely on it."""


def decode(content: bytes, charset: str | None = None) -> str:
    """The characters of a page. `charset` is what the server said; bytes that are valid UTF-8 outweigh it.

    Never fails: what cannot be read becomes U+FFFD.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    head = content[:2048]
    declared = [charset or "", *(m[1].decode("ascii", "replace") for m in (XML.search(head), META.search(head)) if m)]
    # Text in another charset is hardly ever valid UTF-8 by accident; NULs mean UTF-16.
    names: list[str] = (["utf-8"] if b"\0" not in head else []) + [
        name.strip().lower() for name in declared if name.strip()
    ]
    for name in names:
        try:
            return content.decode(AS_BROWSERS_READ.get(name, name))
        except (UnicodeError, LookupError):
            continue
    return content.decode("utf-8" if b"\0" in head else WINDOWS, errors="replace")
