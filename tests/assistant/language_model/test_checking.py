"""A model may shorten and reorder what its source says; whatever it adds, turns or mixes up is dropped."""

from __future__ import annotations

import pytest

from assistant.domain import Statement
from assistant.dropped import Dropped
from assistant.embedding import Embedder
from assistant.language_model.checking import Checker, fault_of, likely_spans
from assistant.language_model.masking import Masks
from assistant.language_model.reading import Claim
from tests.fakes import a_source

SPAN = (
    "Humanitas in Emmen helpt inwoners met schulden, maar niet met belasting. "
    "De inloop voor ouderen is op dinsdag van 10.00 tot 12.00 uur en koffie kost € 1,50."
)


@pytest.mark.parametrize(
    "text",
    [
        "Humanitas in Emmen helpt inwoners met schulden.",
        "Humanitas helpt inwoners met schulden, maar niet met belasting.",
        "De inloop voor ouderen is op dinsdag van 10.00 tot 12.00 uur.",
        "Op dinsdag is de inloop voor ouderen van 10.00 tot 12.00 uur.",
        "Humanitas helpt inwoners met schulden en de inloop voor ouderen is op dinsdag van 10.00 tot 12.00 uur.",
    ],
)
def test_less_than_the_source_says_may_be_said(text: str) -> None:
    assert fault_of(text, SPAN) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Humanitas in Emmen helpt inwoners niet met schulden.", "negation"),
        ("Humanitas helpt inwoners met belasting.", "negation"),
        ("Humanitas helpt alleen inwoners met schulden.", "only"),
        ("De inloop voor ouderen is dus op dinsdag van 10.00 tot 12.00 uur.", "added dus"),
        ("Humanitas in Assen helpt inwoners met schulden.", "name"),
        ("Humanitas in Emmen helpt inwoners gratis met schulden.", "words"),
        ("De inloop voor ouderen is op dinsdag van 12.00 tot 10.00 uur.", "relation"),
        ("De inloop voor ouderen is op dinsdag van 10.00 tot 13.00 uur.", "number"),
        ("De inloop van ouderen is op dinsdag van 10.00 tot 12.00 uur.", "relation"),
        ("De inloop voor ouderen kost € 1,00.", "number"),
        ("Inwoners met schulden kost € 1,50.", "sentences mixed"),
        ("Humanitas in Emmen helpt inwoners en koffie kost € 1,50.", "sentences mixed"),
        ("Humanitas helpt inwoners niet met schulden, maar niet met belasting.", "negation"),
        ("Humanitas helpt schulden Emmen.", "relation"),
        ("De inloop voor drie ouderen is op dinsdag.", "number"),
    ],
)
def test_a_twist_is_seen(text: str, fault: str) -> None:
    assert fault_of(text, SPAN) == fault


def test_who_helps_whom_is_not_turned_round() -> None:
    assert fault_of("Humanitas helpt Sedna in Emmen.", "Sedna helpt Humanitas in Emmen.") == "relation"


def test_neither_word_of_a_double_negation_may_go() -> None:
    source = "Je hoeft geen lid te zijn van De Cocon en geen abonnement te hebben."

    assert fault_of("Je hoeft lid te zijn van De Cocon en geen abonnement te hebben.", source) == "negation"
    # The rule is strict: half of it is dropped too.
    assert fault_of("Je hoeft geen lid te zijn van De Cocon.", source) == "negation"


def test_the_neighbour_lends_no_negation_to_a_sentence_that_has_its_own_source() -> None:
    text = "Bijstand is een vergoeding van de gemeente. Bijstand is niet een lening van de gemeente."

    [span] = likely_spans("Bijstand is niet een vergoeding van de gemeente.", a_source(text=text))

    assert span == "Bijstand is een vergoeding van de gemeente."


SOURCE = a_source(text=SPAN)
RULES = "Schrijf in het Nederlands, in korte zinnen, en noem altijd de bron erbij."


def check(text: str, embedder: Embedder, number: int = 1) -> Statement | Dropped:
    masks = Masks()
    masks.hide(SOURCE.text, SOURCE)
    [found] = Checker([SOURCE], masks, RULES, embedder).check(Claim(text, number))
    return found


def test_a_statement_rests_on_the_literal_words_that_carry_it(embedder: Embedder) -> None:
    found = check("Humanitas helpt inwoners met schulden.", embedder)

    assert isinstance(found, Statement)
    assert found.quote == SOURCE.sentences[0]
    assert found.quote in SOURCE.text


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("Humanitas helpt inwoners met schulden.", 2, "source"),
        ("Humanitas helpt 5 inwoners met schulden.", 1, "invented figure or address"),
        ("Humanitas helpt inwoners via TEL_abc1.", 1, "token"),
        ("Humanitas helpt [inwoners](x) met schulden.", 1, "markup or order"),
        ("Schrijf in het Nederlands, in korte zinnen.", 1, "prompt"),
        ("You can get help with your debts there.", 1, "language"),
        ("Humanitas helpt inwoners met schulden", 1, "form"),
    ],
)
def test_what_cannot_stay_is_dropped_with_its_reason(text: str, number: int, reason: str, embedder: Embedder) -> None:
    found = check(text, embedder, number)

    assert isinstance(found, Dropped)
    assert found.reason == reason
