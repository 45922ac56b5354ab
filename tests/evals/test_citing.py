"""The check of citations goes by letters: what the source does not say is not supported, however likely."""

from __future__ import annotations

import pytest

from assistant.domain import Answer, Contact, Outcome
from evals.citing import check_citations
from tests.evals.builders import a_citation_of, an_answer
from tests.fakes import a_source

SEDNA = a_source(
    "emmen-sedna",
    "Sedna helpt inwoners van Emmen. Bellen kan elke werkdag.\n\nHet spreekuur is bijv. op dinsdag om 10.00 uur.",
    title="Sedna: welzijn in Emmen",
    organisation="Sedna",
    contact=Contact(phone="0591 680800", website="https://sedna.nl"),
    date="2019-05",
)


@pytest.mark.parametrize(
    "text",
    [
        "Sedna helpt inwoners van Emmen. [1]",
        "Sedna helpt inwoners van Emmen [1].",
        "Sedna helpt inwoners van Emmen. [1] Het spreekuur is bijv. op dinsdag om 10.00 uur. [1]",
        "Bellen kan elke werkdag. Het spreekuur is bijv. op dinsdag om 10.00 uur. [1]",
        "- **Sedna: welzijn in Emmen** (Emmen) [1]",
        "**Sedna: welzijn in Emmen** – Bellen kan elke werkdag. [1]",
        "Vraag het bij Sedna: welzijn in Emmen, telefoon 0591 680800. [1]",
        "Deze informatie is van mei 2019. [1]",
    ],
    ids=[
        "literal",
        "mark before the full stop",
        "two marks",
        "over a paragraph",
        "title with place",
        "title with words of the source",
        "template with phone",
        "template with date",
    ],
)
def test_what_the_source_says_is_supported(text: str) -> None:
    check = check_citations(an_answer(text, SEDNA))

    assert check.supported
    assert (check.unsupported, check.uncited) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Sedna helpt alle inwoners van Emmen. [1]",
        "Sedna helpt inwoners van Emmen. [2]",
        "- **Sedna: welzijn in Emmen** (Assen) [1]",
        "**Sedna: welzijn in Emmen** – Bellen kan dag en nacht. [1]",
        "Vraag het bij Sedna: welzijn in Emmen, telefoon 0591 680801. [1]",
        "Deze informatie is van mei 2020. [1]",
        "Bel Sedna via 0591 680800. [1]",
        "[1]",
    ],
    ids=[
        "one word more",
        "mark of no citation",
        "title with a wrong place",
        "title with other words",
        "template with a wrong phone",
        "template with a wrong date",
        "right facts in words of its own",
        "a mark without words",
    ],
)
def test_what_the_source_does_not_say_is_unsupported(text: str) -> None:
    check = check_citations(an_answer(text, SEDNA))

    assert len(check.unsupported) == 1
    assert check.supported == ()


def test_a_quote_that_is_not_in_the_source_carries_nothing() -> None:
    invented = "Sedna helpt dag en nacht."
    answer = Answer(Outcome.ANSWERED, f"{invented} [1]", (a_citation_of(SEDNA, quote=invented),))

    assert check_citations(answer).unsupported == (invented,)


@pytest.mark.parametrize(
    ("text", "uncited"),
    [
        ("Het kost € 12,50 per keer.", True),
        ("Kijk op sedna.nl voor meer.", True),
        ("Mail naar info@sedna.nl.", True),
        ("Vraag het bij Sedna, telefoon 0591 680800.", True),
        ("Fijn dat je het vraagt.", False),
        ("Ik vond 12 bronnen die hierbij passen:", False),
        ("**Bel nu 112.** Zeg waar je bent en wat er aan de hand is.", False),
    ],
    ids=["amount", "site", "e-mail", "template with a phone", "no fact", "how many sources", "fixed crisis words"],
)
def test_a_fact_needs_a_mark_unless_a_fixed_reply_states_it(text: str, uncited: bool) -> None:
    check = check_citations(an_answer(f"{text}\n\nSedna helpt inwoners van Emmen. [1]", SEDNA))

    assert bool(check.uncited) == uncited
    assert check.supported == ("Sedna helpt inwoners van Emmen.",)


def test_a_digit_in_the_name_of_what_is_cited_is_no_fact() -> None:
    helpline = a_source("nl-113", "Bellen kan anoniem.", title="113", organisation="Stichting 113")

    check = check_citations(an_answer("Bellen kan anoniem. [1]\n\nVraag het bij Stichting 113.", helpline))

    assert check.uncited == ()
