"""Renders the templates, with the few filters that Dutch dates, phone numbers and answers need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assistant.domain import MUNICIPALITIES, PROVINCE
from assistant.replies import CRISIS_NUMBERS, MONTHS
from assistant.settings import Settings
from web.assets import Assets
from web.markup import RIGHT_TO_LEFT, answer_html, dialled, first_phone, phone_html, text_html
from web.moments import dutch_moment


class Templates:
    """The Jinja environment; a name that a template misses is an error, not an empty spot."""

    def __init__(self, assets: Assets, settings: Settings) -> None:
        self._environment = Environment(
            loader=PackageLoader("web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "answer_html": answer_html,
            "date": dutch_date,
            "catalogue": catalogue_address,
            "dialled": dialled,
            "mail_card": mail_card,
            "moment": dutch_moment,
            "route": route,
            "slug": slug,
            "first_phone": first_phone,
            "lang": lang_attribute,
            "link": web_link,
            "phone": phone_html,
            "text_html": text_html,
        }
        self._environment.globals |= {
            "asset": assets.url,
            "crisis_numbers": CRISIS_NUMBERS,
            "exit_url": settings.exit_url,
            "kept_days": settings.kept_days,
            "municipalities": MUNICIPALITIES,
            "province": PROVINCE,
        }

    def render(self, name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        """A response with the rendered template."""
        return HTMLResponse(self._environment.get_template(name).render(values), status)


def dutch_date(date: str) -> str:
    """`2026-11-03` as ‘3 november 2026’; a year or a month alone stays that."""
    year, *rest = date.split("-")
    if len(rest) > 2 or not all(part.isdigit() for part in rest) or (rest and not 1 <= int(rest[0]) <= 12):
        return date
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*day, *month, year])


def web_link(address: str) -> str | None:
    """An address that a browser can open, None when it is no web address."""
    address = address.strip()
    if address.startswith(("https://", "http://")):
        return address
    is_domain = "." in address and ":" not in address.split("/")[0] and " " not in address
    return f"https://{address}" if is_domain else None


def lang_attribute(language: str) -> Markup:
    """The attribute that marks words in another language than Dutch, so that they are read aloud rightly."""
    if language == "nl" or not language.isalpha():
        return Markup("")
    direction = ' dir="rtl"' if language in RIGHT_TO_LEFT else ""
    return Markup(f' lang="{language}"{direction}')


def slug(name: str) -> str:
    """A name as it stands in an address: `Aa en Hunze` as `aa-en-hunze`."""
    return name.casefold().replace(" ", "-")


def route(address: str) -> str:
    """Where a map shows the way to an address; the visitor fills in where from."""
    return f"https://www.openstreetmap.org/directions?{urlencode({'to': address})}"


def catalogue_address(selection: Mapping[str, Any]) -> str:
    """The list of an answer in the catalogue."""
    names = {"q": "query", "gemeente": "municipality", "thema": "theme", "onderwerp": "topic", "soort": "kind"}
    chosen = {name: selection[key] for name, key in names.items() if selection.get(key)}
    return f"/zoeken?{urlencode(chosen)}" if chosen else "/zoeken"


def mail_card(card: Mapping[str, Any]) -> str:
    """A `mailto:` with a hulpkaart in it, to send to somebody."""
    lines = (card["title"], card["summary"], *(card[name] for name in ("phone", "email", "address", "website")))
    body = "\r\n".join(line for line in lines if line)
    return f"mailto:?subject={quote(card['title'])}&body={quote(body)}"
