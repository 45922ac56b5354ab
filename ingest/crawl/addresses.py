"""One spelling for each address, and patterns for paths, so that a page is visited once and only where we may."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

LONGEST = 1000
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga|sessionid|phpsessid|jsessionid)=", re.IGNORECASE)
KEPT = "/%:@!$&'()*+,;=~-._"
NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|ico|bmp|tiff?|css|m?js|json|xml|rss|atom|ics|vcf|zip|gz|tar|rar|7z|exe|dmg|apk|mp3|mp4|"
    r"m4a|mov|avi|webm|wav|ogg|woff2?|ttf|eot|pptx?|xlsx?|odt|ods|odp|doc|csv|epub)$",
    re.IGNORECASE,
)


def normalise(address: str, base: str = "") -> str | None:
    """The address as we compare and ask it; None when it is no web address or too long.

    Host in lower case and punycode, no default port, no fragment, no dots in the path, no tracking parameters.
    """
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        host, port = parts.hostname or "", parts.port
        host = host.rstrip(".").encode("idna").decode("ascii").lower() if host else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in DEFAULT_PORTS or not host or parts.username or parts.password:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not TRACKING.match(part))
    path = _without_dots(quote(parts.path or "/", safe=KEPT))
    found = urlunsplit(SplitResult(parts.scheme, netloc, path, quote(query, safe=KEPT + "?"), ""))
    return found if len(found) <= LONGEST else None


def host_of(address: str) -> str:
    """Host and port, without `www.`: what makes two addresses the same website."""
    return urlsplit(address).netloc.removeprefix("www.")


def path_of(address: str) -> str:
    """Path and query."""
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def may_be_page(address: str) -> bool:
    """False for pictures, archives, sound and other endings that hold no text for us."""
    return not NOT_PAGES.search(urlsplit(address).path)


def path_pattern(pattern: str) -> re.Pattern[str]:
    """`/zorg/` is everything below it; `*` stands for anything, `$` at the end for the end of the path."""
    ends = pattern.endswith("$")
    body = ".*".join(re.escape(piece) for piece in re.split(r"\*+", pattern.removesuffix("$")))
    return re.compile(f"{body}{'$' if ends else ''}")


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/")[1:]:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    tail = "/" if path.endswith(("/..", "/.")) else ""
    return "/" + "/".join(kept) + (tail if not "/".join(kept).endswith("/") and kept else "")
