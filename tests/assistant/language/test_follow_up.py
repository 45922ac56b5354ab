"""A question that leans on the one before it is told from one that stands alone."""

from __future__ import annotations

import pytest

from assistant.language.follow_up import asks_a_detail, is_only_a_place, leans_on_history, pointed_at


@pytest.mark.parametrize(
    "text",
    [
        "en in Assen?",
        "En in Hoogeveen dan?",
        "wat kost dat?",
        "hoe kan ik ze bellen?",
        "wanneer is het open?",
        "Is dat gratis?",
        "en voor jongeren?",
        "wat is het telefoonnummer?",
        "waar zit dat?",
        "Hoe meld ik me daarvoor aan? aanmelden",
    ],
)
def test_a_question_that_points_back_leans_on_the_one_before(text: str) -> None:
    assert leans_on_history(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wie helpt mij met schulden in Emmen?",
        "Ik zoek vervoer naar het ziekenhuis voor mijn moeder van 83",
        "Waar vind ik een maatje voor mijn vader?",
        "Wat is Gezonde Marke?",
        "En hoe vraag ik in Coevorden een bijdrage aan voor de sportclub van mijn zoon?",
    ],
)
def test_a_question_with_a_subject_of_its_own_stands_alone(text: str) -> None:
    assert not leans_on_history(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wat kost het?", True),
        ("wat zijn de openingstijden", True),
        ("hoe kan ik ze bereiken", True),
        ("en in het weekend?", True),
        ("en in Assen?", False),
        ("Wie helpt bij het aanvragen van een gehandicaptenparkeerkaart zonder kosten in Emmen?", False),
    ],
)
def test_asking_for_a_property_is_recognised_by_its_words(text: str, expected: bool) -> None:
    assert asks_a_detail(text) is expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", True),
        ("ik woon in", True),
        ("in de gemeente", True),
        ("hulp bij schulden in", False),
    ],
)
def test_a_place_alone_is_told_from_a_question_with_a_place(rest: str, expected: bool) -> None:
    assert is_only_a_place(rest) is expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("en de tweede?", "b"),
        ("vertel meer over de eerste", "a"),
        ("wat kost die laatste", "c"),
        ("en de vierde", None),
        ("de eerste keer dat ik hulp vroeg ging het mis", None),
        ("wat kost dat?", None),
    ],
)
def test_a_source_is_pointed_at_by_its_number(text: str, meant: str | None) -> None:
    assert pointed_at(text, ["a", "b", "c"]) == meant
