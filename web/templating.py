"""Renders the templates, with the few filters that Dutch dates, phone numbers and answers need."""

from __future__ import annotations

from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.domain import MUNICIPALITIES, PROVINCE
from assistant.replies import CRISIS_NUMBERS, MONTHS
from web.assets import Assets
from web.markup import answer_html, dialled, phone_html, text_html


class Templates:
    """The Jinja environment; a name that a template misses is an error, not an empty spot."""

    def __init__(self, assets: Assets) -> None:
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
            "dialled": dialled,
            "link": web_link,
            "phone": phone_html,
            "text_html": text_html,
        }
        self._environment.globals |= {
            "asset": assets.url,
            "crisis_numbers": CRISIS_NUMBERS,
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
