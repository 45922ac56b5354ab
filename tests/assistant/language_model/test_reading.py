"""A reply is read while it comes, and whatever it looks like."""

from __future__ import annotations

import pytest

from assistant.language_model.reading import LONGEST, Claim, ReplyReader, read_object

REPLY = '{"zinnen": [{"tekst": "De inloop is open.", "bron": 1}, {"tekst": "Kom langs.", "bron": 2}]}'


def read(reply: str, size: int = 1) -> list[Claim]:
    reader = ReplyReader()
    found = [claim for n in range(0, len(reply), size) for claim in reader.feed(reply[n : n + size])]
    return [*found, *reader.end()]


@pytest.mark.parametrize("size", [1, 7, 500])
def test_each_sentence_is_given_once_in_pieces_of_any_size(size: int) -> None:
    assert read(REPLY, size) == [Claim("De inloop is open.", 1), Claim("Kom langs.", 2)]


def test_the_first_sentence_does_not_wait_for_the_last() -> None:
    assert ReplyReader().feed(REPLY[:65]) == [Claim("De inloop is open.", 1)]


@pytest.mark.parametrize(
    ("reply", "claims"),
    [
        ("De inloop is open. [1]\nKom langs [2].", [Claim("De inloop is open.", 1), Claim("Kom langs", 2)]),
        ("- De inloop is open. (bron 1)", [Claim("De inloop is open.", 1)]),
        (f"Hier is de JSON:\n```json\n{REPLY}\n```", [Claim("De inloop is open.", 1), Claim("Kom langs.", 2)]),
        ('{"tekst": "Zonder bron."}', [Claim("Zonder bron.", 0)]),
        ("De inloop is open.", []),
        ('{"zinnen": [{"tekst": "Afgebroken', []),
        ('{"tekst": 5, "bron": "x"}', []),
        ("", []),
        ("{{{{}}}}", []),
    ],
    ids=["lines with marks", "a list", "a fence", "no source", "no marks", "broken", "wrong types", "empty", "braces"],
)
def test_a_reply_of_another_form_is_read_as_far_as_it_goes(reply: str, claims: list[Claim]) -> None:
    assert read(reply, 50) == claims


def test_an_endless_reply_is_given_up() -> None:
    reader = ReplyReader()
    reader.feed("x" * LONGEST)

    assert reader.is_full


@pytest.mark.parametrize(
    ("reply", "value"),
    [('{"a": 1} en meer', {"a": 1}), ("geen json", {}), ('{"a": ', {}), ("[1]", {}), ('{"a":' * 5000, {})],
    ids=["followed by words", "none", "broken", "a list", "deep"],
)
def test_an_object_is_found_or_nothing(reply: str, value: dict[str, int]) -> None:
    assert read_object(reply) == value
