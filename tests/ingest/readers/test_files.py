"""PDF, Word, tables, Markdown and pasted text become extracts, and bombs are refused in time."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableFile
from ingest.readers import READERS, CsvReader, PdfReader, XlsxReader, read_content
from ingest.readers.apart import check_zip, read_apart
from tests.ingest.site.files import a_docx, a_pdf, a_pdf_bomb, an_xlsx, packed

LONG = "Vallen is de meest voorkomende oorzaak van letsel bij ouderen in heel Drent-"
LINES = [
    (20, "Folder valpreventie"),
    (11, LONG),
    (11, "he, en oefenen met de fysiotherapeut helpt om dat te voorkomen bij thuis."),
    (15, "Aanmelden"),
    (11, "Bel 0591 68 08 00."),
    (11, "- neem je pas mee"),
]


def test_lines_of_a_pdf_become_headings_and_whole_paragraphs() -> None:
    (extract,) = read_content(a_pdf([LINES], changed="2025-05-06"), "folder.pdf")

    assert extract.title == "Folder valpreventie"
    assert extract.date == "2025-05-06"
    assert "in heel Drenthe, en oefenen met de fysiotherapeut helpt" in extract.text
    assert extract.text.split("\n\n")[1:] == ["## Aanmelden", "Bel 0591 68 08 00.", "- neem je pas mee"]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = [
        [(9, "Jaarverslag 2025"), (11, f"Op bladzijde {n} staat iets over zorg."), (9, str(n))] for n in range(1, 6)
    ]

    (extract,) = PdfReader().read(a_pdf(pages, title="Verslag"))

    assert "Jaarverslag" not in extract.text
    assert "Op bladzijde 3 staat iets over zorg." in extract.text
    assert not any(block.isdigit() for block in extract.text.split("\n\n"))


def test_a_pdf_without_text_is_called_a_scan() -> None:
    with pytest.raises(UnreadableFile, match="scan"):
        PdfReader().read(a_pdf([[]]))


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="pages"):
        PdfReader().read(a_pdf([[(11, "a")]] * 301))


def test_a_pdf_bomb_is_refused_in_time() -> None:
    started = time.monotonic()

    with pytest.raises(UnreadableFile):
        PdfReader().read(a_pdf_bomb())

    assert time.monotonic() - started < 60


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableFile, match="seconds"):
        read_apart("pdf", a_pdf([LINES]), seconds=0.001)


def test_a_word_file_keeps_its_headings() -> None:
    content = a_docx(
        [("Heading1", "Wmo & jij"), ("", "Je kunt hulp vragen."), ("Heading2", "Hoe"), ("", "Bel de gemeente.")]
    )

    (extract,) = read_content(content, "uitleg.docx")

    assert extract.title == "Wmo & jij"
    assert extract.text == "Je kunt hulp vragen.\n\n## Hoe\n\nBel de gemeente."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK geen zip", "not an office file"),
        (packed({"word/document.xml": "a" * 120_000_000}), "unpacks to"),
        (packed({f"{n}": "" for n in range(6000)}), "parts"),
        (packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY a "bom">]><a>&a;</a>'}), "entities"),
    ],
    ids=["no zip", "zip bomb", "very many parts", "entities"],
)
def test_a_packed_file_that_is_made_to_harm_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        check_zip(content)


ROWS: list[list[object]] = [
    ["Overzicht van 2026", None, None, None],
    ["Naam", "Gemeente", "Telefoonnummer", "Omschrijving"],
    ["Taalpunt Emmen", "Emmen", "0591 68 08 00", "Oefen met lezen."],
    [None, "Assen", "", ""],
    ["Café Roden", "Noordenveld", None, "Koffie, thee; gebak"],
]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(an_xlsx(ROWS), id="xlsx"),
        pytest.param(
            "﻿Naam;Gemeente;Telefoonnummer;Omschrijving\nTaalpunt Emmen;Emmen;0591 68 08 00;Oefen met lezen.\n;Assen;;\n"
            'Café Roden;Noordenveld;;"Koffie, thee; gebak"\n'.encode(),
            id="csv",
        ),
        pytest.param(
            "naam:,gemeente,tel,beschrijving\r\nTaalpunt Emmen,Emmen,0591 68 08 00,Oefen met lezen.\r\n"
            'Café Roden,Noordenveld,,"Koffie, thee; gebak"'.encode("cp1252"),
            id="csv from an older Excel",
        ),
    ],
)
def test_a_table_gives_an_extract_for_each_row_with_a_title(content: bytes) -> None:
    name = "diensten.xlsx" if content.startswith(b"PK") else "diensten.csv"

    first, second = read_content(content, name)

    assert (first.title, first.text) == ("Taalpunt Emmen", "Oefen met lezen.")
    assert first.fields == {"titel": "Taalpunt Emmen", "gemeenten": "Emmen", "contact.telefoon": "0591 68 08 00"}
    assert (second.title, second.text) == ("Café Roden", "Koffie, thee; gebak")


def test_a_mapping_says_what_each_column_is() -> None:
    mapping = {"Wat": "titel", "Uitleg": "tekst", "Wanneer": "contact.openingstijden", "Voor": "tekst"}
    content = b"Wat,Voor,Uitleg,Wanneer,Intern\nSoos,ouderen,Kaarten en praten.,dinsdag,nee"

    (extract,) = CsvReader(mapping).read(content)

    assert extract.text == "ouderen\n\nKaarten en praten."
    assert extract.fields == {"titel": "Soos", "contact.openingstijden": "dinsdag"}


def test_a_mapping_to_a_key_that_sources_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match=r"telefoon: no key of a source.*contact\.telefoon"):
        XlsxReader({"Tel": "telefoon"})


def test_a_table_without_a_title_column_says_what_is_missing() -> None:
    with pytest.raises(UnreadableFile, match="naam"):
        CsvReader().read(b"a,b\n1,2")


MATTER = "titel: Soos\ncontact: {telefoon: 0591 68 08 00}\ngemeenten: [Emmen, Assen]"
OPEN = "De soos is elke dinsdag open."


@pytest.mark.parametrize(
    ("name", "text", "title", "body", "fields"),
    [
        (
            "bron.md",
            f"---\n{MATTER}\n---\nDe **soos** is [open](/x).",
            "Soos",
            "De soos is open.",
            {"titel": "Soos", "contact.telefoon": "0591 68 08 00", "gemeenten": "Emmen; Assen"},
        ),
        ("los.md", "# De soos\n\nElke dinsdag.\n\n## Wie\n\n- jij", "De soos", "Elke dinsdag.\n\n## Wie\n\n- jij", {}),
        ("plak.txt", "De soos\n\nOpen\nvoor jou.\n• koffie", "De soos", "Open voor jou.\n- koffie", {}),
        ("plak.txt", f"{OPEN} Kom gerust.", OPEN, f"{OPEN} Kom gerust.", {}),
    ],
    ids=["front matter", "markdown", "pasted", "pasted without a title"],
)
def test_text_from_an_editor_becomes_a_title_and_a_body(
    name: str, text: str, title: str, body: str, fields: Mapping[str, str]
) -> None:
    (extract,) = read_content(text.encode(), name)

    assert (extract.title, extract.text, extract.fields) == (title, body, fields)


@pytest.mark.parametrize("name", ["a.exe", "image/png", "", "a.doc"])
def test_a_kind_that_nobody_reads_is_refused_with_the_known_kinds(name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"\.html.*\.pdf.*\.docx.*\.csv"):
        read_content(b"", name)


@settings(max_examples=40)
@given(st.binary(max_size=300), st.sampled_from([r.suffixes()[0] for r in READERS if r.suffixes()[0] != ".pdf"]))
def test_whatever_the_bytes_a_reader_gives_extracts_or_refuses(content: bytes, suffix: str) -> None:
    try:
        found = read_content(content, f"x{suffix}")
    except UnreadableFile:
        return
    assert all("\0" not in extract.text for extract in found)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.4\n1 0 obj\n<<", a_pdf([LINES])[:200], b"\0" * 50])
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        PdfReader().read(content)
