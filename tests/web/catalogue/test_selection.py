from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import a_source
from web.catalogue.facets import FACETS
from web.catalogue.selection import MAX_WORDS, Selection, read_selection

selections = st.builds(
    Selection,
    words=st.text(st.characters(categories=("L", "N", "P")), max_size=30),
    chosen=st.fixed_dictionaries(
        {}, optional={f.name: st.lists(st.sampled_from(f.values), min_size=1, unique=True).map(tuple) for f in FACETS}
    ),
    page=st.integers(1, 999),
)


def test_everything_is_read_from_the_address() -> None:
    pairs = [("q", "mantel  zorg"), ("gemeente", "Emmen"), ("thema", "sociale basis"), ("onderwerp", "mantelzorg")]
    pairs += [("soort", "dienst"), ("doelgroep", "professional"), ("pagina", "2")]

    reading = read_selection(pairs)

    assert reading.complaints == ()
    assert reading.selection == Selection(
        "mantel zorg",
        {
            "gemeente": ("Emmen",),
            "thema": ("sociale basis",),
            "onderwerp": ("mantelzorg",),
            "soort": ("dienst",),
            "doelgroep": ("professional",),
        },
        2,
    )


@given(selections)
def test_an_address_holds_the_whole_selection(selection: Selection) -> None:
    reading = read_selection(parse_qsl(urlsplit(selection.address()).query))

    assert reading.selection == selection
    assert reading.complaints == ()


@given(st.lists(st.tuples(st.sampled_from(["q", "gemeente", "soort", "pagina", "x"]), st.text(max_size=300))))
def test_whatever_is_sent_is_read_without_an_error(pairs: list[tuple[str, str]]) -> None:
    reading = read_selection(pairs)

    assert reading.selection.page >= 1
    assert all(complaint.endswith(".") for complaint in reading.complaints)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("gemeente", "emmen", "Emmen"),
        ("gemeente", "midden drenthe", "Midden-Drenthe"),
        ("gemeente", "HEEL DRENTHE", "heel Drenthe"),
        ("onderwerp", "cliëntondersteuning", "clientondersteuning"),
        ("onderwerp", "bewegen en leefstijl", "bewegen-en-leefstijl"),
    ],
)
def test_a_value_is_known_in_other_spellings(name: str, typed: str, value: str) -> None:
    assert read_selection([(name, typed)]).selection.values(name) == (value,)


def test_an_unknown_value_is_named_with_all_that_may_be_chosen_and_the_rest_stays() -> None:
    reading = read_selection([("q", "schulden"), ("gemeente", "Atlantis"), ("gemeente", "Assen")])

    (complaint,) = reading.complaints
    assert "‘Atlantis’" in complaint
    assert "Westerveld" in complaint
    assert reading.selection == Selection("schulden", {"gemeente": ("Assen",)})


def test_too_many_words_are_not_searched_but_not_lost_either() -> None:
    typed = "hulp " * MAX_WORDS

    reading = read_selection([("q", typed)])

    assert reading.selection.words == ""
    assert reading.typed == typed.strip()
    assert str(MAX_WORDS) in reading.complaints[0]


@pytest.mark.parametrize("page", ["0", "-1", "twee", "1e9", "9" * 30, "²"])
def test_what_is_no_page_becomes_the_first_one_with_a_complaint(page: str) -> None:
    reading = read_selection([("pagina", page)])

    assert reading.selection.page == 1
    assert len(reading.complaints) == 1


def test_choosing_starts_again_at_the_first_page() -> None:
    selection = Selection("x", {"gemeente": ("Emmen",)}, page=3)

    assert selection.toggled("gemeente", "Assen") == Selection("x", {"gemeente": ("Emmen", "Assen")})
    assert selection.toggled("gemeente", "Emmen") == Selection("x")


def test_values_of_one_facet_add_up_and_facets_narrow() -> None:
    source = a_source(municipalities=("Emmen",), topics=("rouw",))

    assert Selection(chosen={"gemeente": ("Assen", "Emmen")}).passes(source)
    assert not Selection(chosen={"gemeente": ("Emmen",), "onderwerp": ("werk",)}).passes(source)
