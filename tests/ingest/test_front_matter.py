"""Every mistake in the front matter is reported with its line, its field and what would be right."""

from __future__ import annotations

import pytest

from assistant.domain import Contact, Kind
from ingest.front_matter import dutch_phone, parse_front_matter

GOOD = """\
id: emmen-inloop
titel: Inloop in Emmen
soort: dienst
gemeenten: [Emmen]
themas: [sociale basis]
onderwerpen: [eenzaamheid]
doelgroep: [inwoner]
contact:
  telefoon: 0591 680800
bron: https://voorbeeld.nl/inloop
bron_titel: Inloop
uitgever: voorbeeld.nl
gecontroleerd: 2026-11-22
vragen:
- Waar kan ik mensen ontmoeten?
- koffie emmen
"""


def problems(old: str, new: str) -> list[tuple[int, str]]:
    """What is reported when one line of a good file is changed. Line 1 is the opening `---`."""
    assert old in GOOD
    return parse_front_matter(GOOD.replace(old, new))[1]


def test_good_front_matter_is_read_without_a_problem() -> None:
    matter, found = parse_front_matter(GOOD)

    assert found == []
    assert matter is not None
    source = matter.to_source("De inloop is er voor iedereen. Kom gerust.")
    assert (source.id, source.kind, source.checked) == ("emmen-inloop", Kind.SERVICE, "2026-11-22")
    assert source.contact == Contact(phone="0591 680800")
    assert source.questions == ("Waar kan ik mensen ontmoeten?", "koffie emmen")
    assert source.sentences == ("De inloop is er voor iedereen.", "Kom gerust.")
    assert (source.date, source.desk) == (None, False)


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "right"),
    [
        ("id: emmen-inloop", "id: Emmen Inloop", 2, "id", "[a-z0-9]"),
        ("titel: Inloop in Emmen", "titel: ''", 3, "titel", "at least 1 character"),
        ("soort: dienst", "soort: hulp", 4, "soort", "'dienst'"),
        ("gemeenten: [Emmen]", "gemeenten: [Emmen, Emen]", 5, "gemeenten.1", "one of: Aa en Hunze, Assen"),
        ("gemeenten: [Emmen]", "gemeenten: []", 5, "gemeenten", "at least 1 item"),
        ("gemeenten: [Emmen]", "gemeenten: Emmen", 5, "gemeenten", "valid list"),
        ("themas: [sociale basis]", "themas: [sport]", 6, "themas.0", "one of: sociale basis"),
        ("onderwerpen: [eenzaamheid]", "onderwerpen:\n- alleen", 8, "onderwerpen.0", "eenzaamheid"),
        ("doelgroep: [inwoner]", "doelgroep: [iedereen]", 8, "doelgroep.0", "'inwoner' or 'professional'"),
        ("telefoon: 0591 680800", "telefoon: 0591 6808", 10, "contact.telefoon", "0591 68 08 00"),
        ("telefoon: 0591 680800", "telefoon: bel even", 10, "contact.telefoon", "0591 68 08 00"),
        ("telefoon: 0591 680800", "email: info(at)sedna.nl", 10, "contact.email", "match pattern"),
        ("telefoon: 0591 680800", "website: sedna.nl", 10, "contact.website", "valid URL"),
        ("telefoon: 0591 680800", "fax: 0591 680800", 10, "contact.fax", "corpus/README.md"),
        ("bron: https://voorbeeld.nl/inloop", "bron: voorbeeld.nl", 11, "bron", "valid URL"),
        ("gecontroleerd: 2026-11-22", "gecontroleerd: gisteren", 14, "gecontroleerd", "valid date"),
        ("gecontroleerd: 2026-11-22", "bron_datum: mei 2023", 14, "bron_datum", "2023-05"),
        ("gecontroleerd: 2026-11-22", "bron_datum: 2023-13", 14, "bron_datum", "2023-05-01"),
        ("uitgever: voorbeeld.nl", "uitgever: voorbeeld.nl\nkleur: groen", 14, "kleur", "not a key that we know"),
        ("uitgever: voorbeeld.nl", "uitgever: voorbeeld.nl\nloket: nee", 14, "loket", "True"),
        ("- koffie emmen", "- koffie emmen\n" * 12, 15, "vragen", "at most 12"),
    ],
    ids=[
        "id with capitals and spaces",
        "empty title",
        "unknown kind",
        "misspelt municipality",
        "no municipality",
        "one municipality that is no list",
        "unknown theme",
        "unknown topic in a block",
        "unknown audience",
        "phone that is too short",
        "phone that is no number",
        "e-mail without an at sign",
        "website without https",
        "unknown way of contact",
        "source without https",
        "check date in words",
        "source date in words",
        "month thirteen",
        "unknown key",
        "desk that is not true",
        "too many questions",
    ],
)
def test_a_wrong_value_is_reported_with_line_field_and_what_would_be_right(
    old: str, new: str, line: int, field: str, right: str
) -> None:
    found = [(at, message) for at, message in problems(old, new) if message.startswith(f"{field}: ")]

    assert [at for at, _ in found] == [line]
    assert right in found[0][1]


@pytest.mark.parametrize(
    "key",
    "id titel soort gemeenten themas onderwerpen doelgroep bron bron_titel uitgever gecontroleerd".split(),
)
def test_a_key_that_is_missing_is_named(key: str) -> None:
    line = next(line for line in GOOD.splitlines() if line.startswith(f"{key}:"))

    assert problems(f"{line}\n", "") == [(1, f"{key}: is missing; add it")]


def test_every_mistake_is_reported_not_only_the_first() -> None:
    block = GOOD.replace("soort: dienst", "soort: hulp").replace("[Emmen]", "[Emen]").replace("uitgever", "uitgeverij")

    fields = {message.split(":")[0] for _, message in parse_front_matter(block)[1]}
    assert fields == {"soort", "gemeenten.0", "uitgever", "uitgeverij"}


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("id: x\ntitel: Sedna: welzijn\n", 3),
        ("id: x\ntitel: 'geen eind\n", 3),
        ("id: x\n\ttitel: y\n", 3),
        ("gemeenten: [Emmen\nthemas: x\n", 3),
        ("id: x\ngecontroleerd: 2026-02-30\n", 1),
        ("id: \x07\n", 1),
    ],
    ids=["a second colon", "no closing quote", "a tab", "no closing bracket", "a day that is not there", "a bell"],
)
def test_yaml_that_cannot_be_read_is_reported_where_it_breaks(block: str, line: int) -> None:
    matter, [(at, message)] = parse_front_matter(block)

    assert matter is None
    assert message.startswith("front matter: not valid YAML")
    assert abs(at - line) <= 1


@pytest.mark.parametrize("block", ["", "- een\n- lijst\n", "zomaar tekst\n", "# opmerking\n"])
def test_front_matter_without_keys_is_reported(block: str) -> None:
    matter, [(line, message)] = parse_front_matter(block)

    assert (matter, line) == (None, 1)
    assert "no keys" in message


@pytest.mark.parametrize(
    "phone",
    ["0591 68 08 00", "0591-680800", "14 0591", "0800-2000", "0900 8844", "088 050 88 85", "06 12345678",
     "+31 591 680800", "112", "113", "144"],
)  # fmt: skip
def test_a_number_that_can_be_dialled_in_the_netherlands_is_kept_as_written(phone: str) -> None:
    assert dutch_phone(phone) == phone


@pytest.mark.parametrize("phone", ["", "0591", "12345", "0591 680800 0", "06 1234", "bel ons"])
def test_any_other_number_is_refused_with_an_example(phone: str) -> None:
    with pytest.raises(ValueError, match="0591 68 08 00"):
        dutch_phone(phone)


@pytest.mark.parametrize(("written", "kept"), [("2023", "2023"), ("2023-05", "2023-05"), ("2023-05-01", "2023-05-01")])
def test_the_date_of_a_source_is_kept_as_precise_as_it_was_written(written: str, kept: str) -> None:
    matter, _ = parse_front_matter(f"{GOOD}bron_datum: {written}\n")

    assert matter is not None
    assert matter.bron_datum == kept
