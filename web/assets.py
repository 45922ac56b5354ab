"""Serves our few static files under an address with their digest, so that browsers may keep them for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

TYPES: Mapping[str, str] = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file in memory."""

    content: bytes
    media_type: str
    digest: str


class Assets:
    """All static files: ours, and htmx from its package."""

    def __init__(self) -> None:
        ours = [path for path in files("web").joinpath("static").iterdir() if path.is_file()]
        htmx = files("js_lib_htmx").joinpath("static/htmx/htmx.min.js")
        self._assets = {path.name: asset_of(path.name, path.read_bytes()) for path in (*ours, htmx)}

    def url(self, name: str) -> str:
        """The address of a file; another content has another address. Raises `KeyError`."""
        return f"/static/{self._assets[name].digest}/{name}"

    def get(self, name: str) -> Asset | None:
        """One file by its name."""
        return self._assets.get(name)


def asset_of(name: str, content: bytes) -> Asset:
    """A file with its media type and the start of its digest."""
    return Asset(content, TYPES[name.rpartition(".")[2]], sha256(content).hexdigest()[:12])
