from __future__ import annotations

import csv
import io

import pytest

from assistant.domain import Contact
from tests.fakes import a_source
from web.catalogue.exporting import COLUMNS, as_csv, as_json, harmless


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_dutch_spreadsheet_opens_it_as_it_is() -> None:
    content = as_csv([a_source(title="Café ‘De Ruimte’; elke dag", text='Kosten: € 1,50.\nZeg "hoi".')])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    (row,) = rows(content)
    assert row["titel"] == "Café ‘De Ruimte’; elke dag"
    assert row["gemeenten"] == "Emmen"


def test_every_column_of_every_source_is_there() -> None:
    contact = Contact("0591 680800", "a@b.nl", "Straat 1", "https://b.nl", "dagelijks", "gratis")

    (row,) = rows(as_csv([a_source(contact=contact, date="2024-05", organisation="Sedna")]))

    assert tuple(row) == COLUMNS
    assert all(row.values())
    assert (row["telefoon"], row["kosten"], row["datum"]) == ("0591 680800", "gratis", "2024-05")


@pytest.mark.parametrize("cell", ["=1+1", "+31 591", "-2", "@SUM(A1)", "\t=1", "  =1", "|x", "＝1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "0591 680800", "a=b", "€ 1,50", "  ", "‘=’"])
def test_other_text_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_no_cell_of_a_source_is_a_formula() -> None:
    evil = "=HYPERLINK(1)"
    source = a_source(title=evil, text=evil, organisation=evil, municipalities=(evil,), contact=Contact(*[evil] * 6))

    (row,) = rows(as_csv([source]))

    assert not [cell for cell in row.values() if cell.startswith("=")]


def test_json_has_the_shape_of_the_api() -> None:
    body = as_json([a_source()])

    assert body["total"] == 1
    assert set(body["results"][0]) == {
        "source", "title", "kind", "summary", "url", "municipalities", "themes", "topics", "score",
    }  # fmt: skip
