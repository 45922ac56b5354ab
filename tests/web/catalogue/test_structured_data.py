from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.domain import Contact, Kind
from tests.fakes import a_source
from web.catalogue.structured_data import page_of_source, script, website

CONTACT = Contact(phone="0591 680800", email="info@sedna.nl", website="https://sedna.nl")


def read(block: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    )
    return data


def test_a_service_says_who_gives_it_where_and_how_to_reach_it() -> None:
    source = a_source(organisation="Sedna", contact=CONTACT, municipalities=("Emmen", "heel Drenthe", "heel Nederland"))

    page = page_of_source(source, "https://m.nl/")

    service = page["mainEntity"]
    assert page["@id"] == "https://m.nl/bron/emmen-inloop"
    assert page["isBasedOn"] == source.url
    assert service["@type"] == "Service"
    assert service["provider"]["name"] == "Sedna"
    assert service["availableChannel"]["servicePhone"]["telephone"] == "0591 680800"
    assert [area["name"] for area in service["areaServed"]] == ["Emmen", "Drenthe", "Nederland"]


def test_an_organisation_is_reached_itself() -> None:
    thing = page_of_source(a_source(kind=Kind.ORGANISATION, contact=CONTACT), "https://m.nl/")["mainEntity"]

    assert (thing["@type"], thing["telephone"], thing["url"]) == ("Organization", "0591 680800", "https://sedna.nl")


@pytest.mark.parametrize("kind", [Kind.FIGURE, Kind.POLICY, Kind.NEWS, Kind.THEME])
def test_what_is_only_a_page_has_no_entity(kind: Kind) -> None:
    assert "mainEntity" not in page_of_source(a_source(kind=kind), "https://m.nl/")


def test_what_is_not_known_is_left_out() -> None:
    service = page_of_source(a_source(), "https://m.nl/")["mainEntity"]

    assert not {"provider", "availableChannel"} & set(service)


def test_no_text_can_end_the_block() -> None:
    evil = "</script><script>alert(1)</script> &amp; \u2028"

    block = str(script(page_of_source(a_source(title=evil), "https://m.nl/")))

    assert block.count("<") == 2
    assert read(block)["name"] == evil


def test_the_website_says_how_to_search_it() -> None:
    assert read(str(script(website("https://m.nl/"))))["potentialAction"]["target"]["urlTemplate"].startswith(
        "https://m.nl/zoeken?q="
    )
