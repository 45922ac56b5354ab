"""Personal data is taken out of a question, and what is no personal data stays."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.personal_data import redact


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("mijn bsn is 123456782", "mijn bsn is [bsn]", "bsn"),
        ("BSN: 1234.56.782.", "BSN: [bsn].", "bsn"),
        ("bsn 123 456 782 graag", "bsn [bsn] graag", "bsn"),
        ("bel me op 06-12345678", "bel me op [telefoonnummer]", "telefoonnummer"),
        ("bel 06 12 34 56 78!", "bel [telefoonnummer]!", "telefoonnummer"),
        ("+31 6 12345678", "[telefoonnummer]", "telefoonnummer"),
        ("0031612345678", "[telefoonnummer]", "telefoonnummer"),
        ("(0591) 12 34 56", "([telefoonnummer]", "telefoonnummer"),
        ("mail jan.de-vries+zorg@voorbeeld.nl aub", "mail [e-mail] aub", "e-mail"),
        ("rekening NL91 ABNA 0417 1643 00", "rekening [rekeningnummer]", "rekeningnummer"),
        ("nl91abna0417164300", "[rekeningnummer]", "rekeningnummer"),
        ("ik woon op 7811 AB 12", "ik woon op [adres]", "adres"),
        ("7811 EN 12", "[adres]", "adres"),
        ("7811ab, nr. 12a", "[adres]", "adres"),
        ("06 13 10 62 24 bellen", "[telefoonnummer] bellen", "telefoonnummer"),
        ("Kerkstraat 12 in Emmen", "[adres] in Emmen", "adres"),
        ("geboren op 12-05-1950", "[geboortedatum]", "geboortedatum"),
        ("geboortedatum: 3 maart 1948", "[geboortedatum]", "geboortedatum"),
    ],
)
def test_personal_data_is_replaced_by_its_kind(text: str, expected: str, kind: str) -> None:
    found, kinds = redact(text)

    assert kinds == (kind,)
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "ordernummer 123456789",
        "Kan ik 113 bellen, of 112?",
        "geldfit 0800-8115 of 0800 2009",
        "is 0800-0113 gratis, en 0800 2000?",
        "wat doet 0900-8844",
        "bel 14 0591",
        "sinds 2019 tot 2023",
        "van 2018-2022 en 2019 2020 en 2017–2021",
        "op 12-05-2023 of 01-06-2023 of 2026-11-22",
        "het kost € 1.250,50 of 83,- per maand",
        "in 2019 en 2020 is er veel veranderd",
        "we waren er om 10.00 en 12.30 uur",
        "12.345 inwoners van 65 jaar en ouder, 46 procent",
        "wmo 2015 of jeugdwet 2015",
        "een hond@huis",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert redact(text) == (text, ())


def test_several_kinds_are_each_named_once() -> None:
    text, kinds = redact("Ik ben a@voorbeeld.nl of b@voorbeeld.nl, 06-12345678, bsn 123456782")

    assert text == "Ik ben [e-mail] of [e-mail], [telefoonnummer], bsn [bsn]"
    assert sorted(kinds) == ["bsn", "e-mail", "telefoonnummer"]


def eleven_test(digits: str) -> bool:
    total = sum(int(d) * weight for d, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return total % 11 == 0 and int(digits) > 0


@given(st.integers(10_000_000, 999_999_999).map(lambda n: f"{n:09}"))
def test_a_number_of_nine_digits_that_passes_the_eleven_test_never_stays(digits: str) -> None:
    found, _ = redact(f"mijn nummer is {digits}, dank je")

    phone = digits.startswith(("0", "31", "6")) and not digits.startswith("0800")
    assert (digits in found) is not (eleven_test(digits) or phone)


@pytest.mark.parametrize("digits", ["080000010", "090000018"])
def test_a_citizen_number_that_begins_like_a_free_number_is_taken_out(digits: str) -> None:
    assert eleven_test(digits)
    assert redact(f"mijn nummer is {digits}")[0] == "mijn nummer is [bsn]"


@pytest.mark.parametrize("number", ["0800-0113", "0900-8844", "0800 020 27 21", "080002721"])
def test_a_free_number_stays(number: str) -> None:
    assert redact(f"bel ik dan {number}?")[0] == f"bel ik dan {number}?"


@given(st.text(max_size=300))
def test_redacting_again_changes_nothing(text: str) -> None:
    once, _ = redact(text)

    assert redact(once)[0] == once


@pytest.mark.parametrize(
    "piece", ["1 ", "12.", "a.", "@a", "a@", "NL91 ", "1234 AB ", "(0591)-", "geboren ", "A" * 50, "0-", "+31"]
)
def test_no_text_of_twenty_thousand_characters_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:20_000]

    started = process_time()
    redact(text)

    assert process_time() - started < 2.0


def test_no_two_years_are_taken_for_a_number_of_a_person() -> None:
    years = range(1995, 2028)

    wrong = [text for a in years for b in years if redact(text := f"van {a}-{b}, of {a} {b}")[1]]

    assert wrong == []
