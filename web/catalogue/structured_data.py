"""What a page is about, for search engines: schema.org in JSON-LD, only with what the source itself gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from assistant.domain import COUNTRY, PROVINCE, Contact, Kind, Source

CONTEXT = "https://schema.org"
TYPES: Mapping[Kind, str] = {
    Kind.SERVICE: "Service",
    Kind.HELPLINE: "Service",
    Kind.REGULATION: "GovernmentService",
    Kind.ORGANISATION: "Organization",
    Kind.PROJECT: "Project",
}
"""What is about something that exists outside of its page; the other kinds are a page and no more."""


def script(thing: Mapping[str, Any]) -> Markup:
    """A data block. No browser runs it, and nothing in it can end it."""
    text = json.dumps({"@context": CONTEXT, **thing}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def page_of_source(source: Source, base: str) -> dict[str, Any]:
    """The page of a source, what it is about, and which page its facts came from. `base` ends with a slash."""
    address = f"{base}bron/{source.id}"
    page = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": source.title,
        "description": source.summary,
        "inLanguage": "nl",
        "dateModified": source.checked,
        "isBasedOn": source.url,
        "mainEntity": thing_of(source),
    }
    return without_blanks(page)


def thing_of(source: Source) -> dict[str, Any] | None:
    """The service, organisation or project itself."""
    kind = TYPES.get(source.kind)
    if kind is None:
        return None
    is_service = kind in {"Service", "GovernmentService"}
    reach = service_reach(source.contact) if is_service else organisation_reach(source.contact)
    provider = {"@type": "Organization", "name": source.organisation} if source.organisation and is_service else None
    areas = [area_of(name) for name in source.municipalities]
    thing = {"@type": kind, "name": source.title, "description": source.summary, "provider": provider, **reach}
    return without_blanks({**thing, "areaServed": areas if kind != "Project" else None})


def service_reach(contact: Contact) -> dict[str, Any]:
    """How to reach a service."""
    channel = without_blanks(
        {
            "@type": "ServiceChannel",
            "servicePhone": point_of(contact),
            "serviceUrl": contact.website,
            "serviceLocation": {"@type": "Place", "address": contact.address} if contact.address else None,
        }
    )
    return {"availableChannel": channel if len(channel) > 1 else None}


def point_of(contact: Contact) -> dict[str, Any] | None:
    """The phone and the mail of a service."""
    point = without_blanks({"@type": "ContactPoint", "telephone": contact.phone, "email": contact.email})
    return point if len(point) > 1 else None


def organisation_reach(contact: Contact) -> dict[str, Any]:
    """How to reach an organisation or a project."""
    return {
        "telephone": contact.phone,
        "email": contact.email,
        "address": contact.address,
        "url": contact.website,
    }


def area_of(name: str) -> dict[str, Any]:
    """A municipality, the province or the country."""
    if name == COUNTRY:
        return {"@type": "Country", "name": "Nederland"}
    return {"@type": "AdministrativeArea", "name": "Drenthe" if name == PROVINCE else name}


def collection_page(name: str, description: str, address: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """The page of a municipality or a theme."""
    page = {"@type": "CollectionPage", "@id": address, "url": address, "name": name, "description": description}
    return {**page, "inLanguage": "nl", "about": dict(about)}


def website(base: str) -> dict[str, Any]:
    """The whole of it, with how to search in it."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{base}zoeken?q={{search_term_string}}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return {"@type": "WebSite", "url": base, "name": "Markewijzer", "inLanguage": "nl", "potentialAction": action}


def without_blanks(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Without the members that are not known."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}
