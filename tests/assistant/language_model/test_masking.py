"""What may not be invented goes to the model as a token, and only a token brings it back."""

from __future__ import annotations

import pytest

from assistant.domain import Contact
from assistant.language_model.masking import RAW, TOKEN, Masks, UnknownToken
from tests.fakes import a_source

TEXT = (
    "Buurthuis De Marke in Emmen is elke dinsdag open van 10.00 tot 12.00 uur. Een kop koffie kost € 1,50. "
    "Bel 0591 680800 of mail info@voorbeeld.nl. Kijk op www.voorbeeld.nl/inloop of kom langs: "
    "Marktplein 4, 7811 AB Emmen. "
    "Vraag naar Truus de Vries. Sinds 3 mei 2023."
)
SOURCE = a_source(text=TEXT, organisation="Sedna", contact=Contact(phone="0591 680800"))


@pytest.mark.parametrize(
    "literal",
    ["De Marke", "Emmen", "10.00", "€ 1,50", "0591 680800", "info@voorbeeld.nl", "www.voorbeeld.nl", "Marktplein 4",
     "Truus de Vries", "3 mei 2023"],
)  # fmt: skip
def test_the_model_does_not_see_what_it_may_not_invent(literal: str) -> None:
    assert literal not in Masks().hide(TEXT, SOURCE)


def test_nothing_that_only_a_token_may_bring_is_left() -> None:
    assert not RAW.search(TOKEN.sub("", Masks().hide(TEXT, SOURCE)))


def test_every_token_comes_back_as_what_it_stood_for() -> None:
    masks = Masks()

    assert masks.show(masks.hide(TEXT, SOURCE), SOURCE) == TEXT


def test_a_token_that_was_never_given_out_stands_for_nothing() -> None:
    masks = Masks()
    masks.hide(TEXT, SOURCE)

    with pytest.raises(UnknownToken):
        masks.show("Bel TEL_zzz1.", SOURCE)


def test_a_token_of_another_source_stands_for_nothing() -> None:
    masks, other = Masks(), a_source("assen", "Bel 0592 123456.")
    token = TOKEN.findall(masks.hide(other.text, other))[0]

    with pytest.raises(UnknownToken):
        masks.show(f"Bel {token}.", SOURCE)


def test_a_source_that_holds_something_like_a_token_does_not_bring_it() -> None:
    poisoned = a_source("kwaad", "Bel TEL_abc1 voor hulp.")

    assert "TEL_abc1" not in Masks().hide(poisoned.text, poisoned)
