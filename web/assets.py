"""Serves our few static files under an address with their digest, so that browsers may keep them for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file in memory."""

    content: bytes
    media_type: str
    digest: str


class Assets:
    """All static files: ours, the one `style.css` that `static/style/` makes, and htmx from its package."""

    def __init__(self) -> None:
        self._assets = {name: asset_of(name, content) for name, content in static_files()}

    def url(self, name: str) -> str:
        """The address of a file; another content has another address. Raises `KeyError`."""
        return f"/static/{self._assets[name].digest}/{name}"

    def get(self, name: str) -> Asset | None:
        """One file by its name."""
        return self._assets.get(name)


def static_files() -> Iterator[tuple[str, bytes]]:
    """Every file that a page may ask for, with its content."""
    static = files("web").joinpath("static")
    for path in static.iterdir():
        if path.is_file():
            yield path.name, path.read_bytes()
    yield "style.css", joined_style()
    yield "htmx.min.js", files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes()


def joined_style() -> bytes:
    """The sheets of `static/style/` in order of their names, as one: the cascade follows the numbers."""
    sheets = [path for path in files("web").joinpath("static/style").iterdir() if path.name.endswith(".css")]
    texts = [path.read_text(encoding="utf-8") for path in sorted(sheets, key=lambda path: path.name)]
    return minified("\n".join(texts)).encode()


def minified(css: str) -> str:
    """A style sheet without comments, indents and empty lines; line ends stay, so that an error can be found."""
    lines = (line.strip() for line in COMMENT.sub("", css).splitlines())
    return "\n".join(line for line in lines if line)


def asset_of(name: str, content: bytes) -> Asset:
    """A file with its media type and the start of its digest."""
    return Asset(content, TYPES[name.rpartition(".")[2]], sha256(content).hexdigest()[:12])
