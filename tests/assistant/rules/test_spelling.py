"""Need types in a hurry: a mistake, a missing space or a disguise does not hide what somebody says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.domain import Outcome
from assistant.rules import find_boundary, find_crisis
from assistant.rules.spelling import Spelling, unglue

SPELLING = Spelling({"slaat": 3, "mijn": 5, "man": 5, "mij": 4, "leven": 2, "niet": 6, "meer": 6}, {"zelfmoord": 2})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("slaat", "slaat"),
        ("slaatt", "slaat"),
        ("sklaatt", "sklaatt"),
        ("slaar", "slaat"),
        ("lveen", "leven"),
        ("sl4at", "slaat"),
        ("slaaaaat", "slaat"),
        ("lever", "lever"),
        ("zelfmort", "zelfmoord"),
        ("zelfstandig", "zelfstandig"),
    ],
    ids=[
        "a known word",
        "a letter too many",
        "two mistakes",
        "a wrong letter",
        "two letters swapped",
        "a digit for a letter",
        "a stretched letter",
        "another Dutch word",
        "a key word further away",
        "a word that only begins alike",
    ],
)
def test_a_misspelling_is_read_as_the_word_that_was_meant(typed: str, read: str) -> None:
    assert SPELLING.read(typed) == read


def test_of_two_words_that_are_as_near_the_commoner_is_meant() -> None:
    spelling = Spelling({"pillen": 9, "pellen": 1}, {})

    assert spelling.read("pxllen") == "pillen"


@pytest.mark.parametrize(
    ("typed", "apart"),
    [
        ("mijnmanslaatmij", ["mijn", "man", "slaat", "mij"]),
        ("nietmeerleven", ["niet", "meer", "leven"]),
        ("mijnbuurmanslaatmij", ["mijnbuurmanslaatmij"]),
        ("slaat", ["slaat"]),
    ],
    ids=["words of the rules", "as few as may be", "a word we do not know in between", "one word"],
)
def test_words_without_spaces_are_set_apart(typed: str, apart: list[str]) -> None:
    assert unglue([typed], SPELLING) == apart


CRISES = {
    "ik wil niet meer leven": Outcome.CRISIS_SUICIDE,
    "mijn vader reageert niet meer": Outcome.CRISIS_DANGER,
    "mijn man slaat mij elke dag": Outcome.CRISIS_VIOLENCE,
}
DISGUISES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "no spaces": lambda text: text.replace(" ", ""),
    "dots": lambda text: text.replace(" ", "."),
    "loose dots": lambda text: text.replace(" ", " . "),
    "new lines": lambda text: text.replace(" ", "\n"),
    "emoji": lambda text: text.replace(" ", "😭"),
    "underscores": lambda text: text.replace(" ", "_"),
    "characters nobody sees": lambda text: "\u200b".join(text),
    "blanks that count as letters": lambda text: text.replace("e", "e\u3164"),
    "soft hyphens": lambda text: text.replace("e", "e\u00ad"),
    "stretched": lambda text: text.replace("ee", "eeeee").replace("aa", "aaaaa"),
    "in a long text": lambda text: f"{'ik zoek een taalcursus in Emmen. ' * 100}{text}. {'dank je wel. ' * 50}",
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
@pytest.mark.parametrize(("text", "outcome"), CRISES.items())
def test_a_disguise_hides_no_crisis(text: str, outcome: Outcome, disguise: Callable[[str], str]) -> None:
    match = find_crisis(disguise(text))

    assert match is not None
    assert match.outcome is outcome


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leevn",
        "ik wil niet meer lven",
        "ik wil mezelf ophnagen",
        "mijn moeeder wil dood",
        "mijn baby ademt neit",
        "mijn man slaaat mij",
        "mijn vader heeft een hartaanvla",
        "er is brnad in de keuken",
    ],
)
def test_a_crisis_survives_a_typing_mistake(text: str) -> None:
    assert find_crisis(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Hallo. Ik. Zoek. Hulp. In. Emmen.",
        "welkeprojectenzijnerinassen",
        "zelfmoordpreventieprogramma in Drenthe",
        "waar is de bieb in Sleen",
    ],
)
def test_what_is_read_more_broadly_raises_no_false_alarm(text: str) -> None:
    assert find_crisis(text) is None


def test_a_boundary_survives_a_typing_mistake() -> None:
    match = find_boundary("hoeveel paracetmol mag ik nemen")

    assert match is not None
    assert match.outcome is Outcome.REFUSED_MEDICAL


def test_a_short_word_in_a_script_that_we_have_no_words_of_is_no_misspelling() -> None:
    spelling = Spelling({"حريق": 1, "البوابات": 1}, {})

    assert spelling.read("طريق") == "طريق"
    assert spelling.read("البوابت") == "البوابات"
