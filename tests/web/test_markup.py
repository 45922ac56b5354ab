"""An answer becomes safe HTML, with links where a visitor expects them."""

from __future__ import annotations

import pytest

from web.markup import answer_html, phone_html, text_html


def test_a_mark_links_to_its_citation() -> None:
    html = answer_html("Meedoen is gratis. [2]", [1, 2], "ab")

    assert html.startswith('<p>Meedoen is gratis.\u2060<a class="mark" href="#bron-ab-2" aria-label="Bron 2"')


def test_a_mark_without_citation_is_left_out() -> None:
    assert answer_html("Meedoen is gratis. [9]", [1], "ab") == "<p>Meedoen is gratis.</p>\n"


def test_brackets_in_the_text_of_a_source_stay() -> None:
    assert "[1]" in text_html("Zie artikel [1].")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        '<a href="x" onclick="alert(1)">x</a>',
        "![x](https://example.org/x.png)",
        "<img src=x onerror=alert(1)> 0591 680800",
        "`<b onmouseover=alert(1)>`",
    ],
)
def test_nothing_that_can_act_survives(text: str) -> None:
    html = answer_html(text, [], "a").lower()

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<b " not in html
    assert '<a href="x"' not in html


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("Bel 0591 680800.", "0591680800"),
        ("Bel 0591-68 08 00", "0591680800"),
        ("Bel (0591) 68 08 00", "0591680800"),
        ("Bel 0591 680800 10 keer", "0591680800"),
        ("Bel 06 12345678", "0612345678"),
        ("App 06-12 34 56 78", "0612345678"),
        ("Bel 088 123 45 67", "0881234567"),
        ("Bel 0800-2000", "08002000"),
        ("Bel 0800 - nee", None),
        ("Bel 0900 8844", "09008844"),
        ("Bel 0800-0320032", "08000320032"),
        ("Bel +31 591 680 800", "+31591680800"),
        ("Bel +31 (0)591 680 800", "+31591680800"),
        ("Bel 14 0591", "140591"),
        ("Bel 116 111", "116111"),
        ("Bel nu 113", "113"),
        ("**Is er direct gevaar? Bel 112.**", "112"),
        ("Bel **112**", "112"),
        ("Er deden 113 mensen mee", None),
        ("Het kost € 1.250,00", None),
        ("In 2024-2025 en op 01-02-2026", None),
        ("7822 HM Emmen", None),
        ("KvK 01234567890123", None),
        ("NL91ABNA0417164300", None),
    ],
)
def test_phone_numbers_can_be_tapped(text: str, dialled: str | None) -> None:
    html = answer_html(text, [], "a")

    if dialled is None:
        assert "tel:" not in html
    else:
        assert f'href="tel:{dialled}"' in html


def test_a_phone_field_links_a_short_number_without_a_word_before_it() -> None:
    assert phone_html("113") == '<a class="phone" href="tel:113">113</a>'


def test_a_phone_field_is_escaped() -> None:
    assert phone_html("<b>0591 680800</b>").startswith("&lt;b&gt;<a")


def test_a_number_inside_a_link_is_left_alone() -> None:
    html = answer_html("[Bel 0591 680800](https://example.org)", [], "a")

    assert html.count("<a ") == 1
