"""The rules of safety, held against what people type. The phrases stand in `phrases.yaml`, by what must come out."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.resources import files

import pytest
import yaml

from assistant.domain import Outcome
from assistant.rules import find_boundary, find_crisis, shows_distress
from assistant.rules.matching import names_somebody, speaks_from_a_distance
from assistant.rules.phrases import compile_filler, compile_phrase
from assistant.rules.tables import load_table

PHRASES: dict[str, list[str]] = yaml.safe_load((files("assistant.rules") / "phrases.yaml").read_text("utf-8"))
CRISES = ("crisis_suicide", "crisis_danger", "crisis_violence")
BOUNDARIES = ("small_talk", "refused_medical", "refused_personal_advice", "refused_off_topic", "refused_unsafe")
LONGEST = 0.1
"""Seconds of computing that 20,000 characters may take."""


def table(*names: str) -> list[tuple[str, str]]:
    return [(phrase, name) for name in names for phrase in PHRASES[name]]


@pytest.mark.parametrize(("phrase", "outcome"), table(*CRISES))
def test_a_crisis_is_recognised(phrase: str, outcome: str) -> None:
    match = find_crisis(phrase)

    assert match is not None
    assert match.outcome == outcome


@pytest.mark.parametrize("phrase", PHRASES["lookalikes"] + PHRASES["in_scope"] + PHRASES["calm"])
def test_what_only_looks_like_a_crisis_is_none(phrase: str) -> None:
    assert find_crisis(phrase) is None


@pytest.mark.parametrize(("phrase", "outcome"), table(*BOUNDARIES))
def test_a_question_out_of_bounds_is_recognised(phrase: str, outcome: str) -> None:
    match = find_boundary(phrase)

    assert match is not None
    assert match.outcome == outcome
    assert find_crisis(phrase) is None


@pytest.mark.parametrize("phrase", PHRASES["in_scope"])
def test_a_question_for_us_goes_through(phrase: str) -> None:
    assert find_boundary(phrase) is None


@pytest.mark.parametrize("phrase", PHRASES["distress"])
def test_distress_is_heard_without_being_a_crisis(phrase: str) -> None:
    assert shows_distress(phrase)
    assert find_crisis(phrase) is None


@pytest.mark.parametrize("phrase", PHRASES["calm"])
def test_a_plain_question_shows_no_distress(phrase: str) -> None:
    assert not shows_distress(phrase)


def test_a_match_says_which_rule_found_what() -> None:
    match = find_crisis("Hallo! Eigenlijk wil ik écht DOOD...")

    assert match is not None
    assert (match.tier, match.outcome) == ("suicide", Outcome.CRISIS_SUICIDE)
    assert match.rule == "wens-om-dood-te-zijn"
    assert match.fragment == "wil ik echt dood"


def test_suicide_goes_before_danger_and_violence() -> None:
    match = find_crisis("Mijn man slaat me, hij heeft een mes en ik wil niet meer leven.")

    assert match is not None
    assert match.outcome == Outcome.CRISIS_SUICIDE


@pytest.mark.parametrize(
    ("text", "is_crisis"),
    [
        ("mijn vader is al twee keer gevallen en durft niet meer te lopen", False),
        ("mijn kind is in het meer gevallen", True),
        ("wij wandelen niet meer sinds mijn zoontje net in de vijver viel en verdrinkt", True),
    ],
)
def test_no_more_is_not_a_lake(text: str, *, is_crisis: bool) -> None:
    assert (find_crisis(text) is not None) is is_crisis


def test_a_look_alike_does_not_hide_a_crisis_beside_it() -> None:
    assert find_crisis("Ik ga dood van verveling.") is None
    assert find_crisis("Ik ga dood van verveling, maar eigenlijk wil ik echt dood.") is not None


def test_every_rule_finds_a_phrase_that_no_earlier_rule_finds() -> None:
    rules = {(rule.tier, rule.name) for rule in load_table("crisis").rules if rule.outcome}

    found = {(m.tier, m.rule) for phrase, _ in table(*CRISES) if (m := find_crisis(phrase))}

    assert found == rules


LONG = {
    "words": "waar is de huisarts in emmen en hoe laat is hij open ",
    "half a crisis": "ik wil echt gewoon soms altijd mijn man dood niet ",
    "one letter": "a",
    "single letters": "a ",
    "signs": "?!. ",
    "stars": "a*",
    "blob": "aB3",
    "greetings": "hallo bedankt ",
    "words nobody knows": "xqvdre plomfs zwertik ",
    "glued words": "ikwilnaardehuisartsinemmen ",
    "one glued word": "ikwilnaardehuisarts",
    "dots": "ik.wil.naar.de.huisarts.",
}


@pytest.mark.parametrize("search", [find_crisis, find_boundary, shows_distress])
@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
def test_a_long_text_is_read_in_time(search: Callable[[str], object], piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    search("warm")

    def seconds() -> float:
        start = time.process_time()
        search(text)
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < LONGEST


USUAL = 0.002
"""Seconds of computing that an ordinary question may take on average."""


def test_an_ordinary_question_takes_no_time() -> None:
    questions = PHRASES["in_scope"][:60]
    find_crisis("warm op, xqvdre")

    def seconds() -> float:
        start = time.process_time()
        for question in questions:
            find_crisis(question)
        return (time.process_time() - start) / len(questions)

    assert min(seconds() for _ in range(3)) < USUAL


@pytest.mark.parametrize(
    ("text", "somebody"),
    [("Mijn buurvrouw doet zo raar", True), ("ik hoor iets", True), ("Wat is suïcidaliteit?", False)],
    ids=["another", "oneself", "a word only"],
)
def test_it_is_seen_whether_there_is_a_person_in_a_text(text: str, somebody: bool) -> None:
    assert names_somebody(text) is somebody


def test_length_never_hides_a_crisis() -> None:
    text = "waar is de huisarts in emmen en hoe laat is hij open. " * 2_000

    assert find_crisis(text + "ik wil niet meer leven") is not None


@pytest.mark.parametrize("source", ["ik (wil dood", "ik + dood", "ik * dood"], ids=["bracket", "sign", "bare star"])
def test_a_phrase_that_we_cannot_read_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="ik "):
        compile_phrase(source, lists={}, filler=compile_filler("echt gewoon"))


def test_the_parts_of_a_phrase_with_an_ampersand_stand_in_any_order() -> None:
    phrase = compile_phrase("kind & (sloot|vijver)", lists={}, filler=compile_filler("echt"))

    assert phrase.pattern.search(" ^ het kind ligt in de sloot $ ")
    assert phrase.pattern.search(" ^ in de vijver ligt een kind $ ")
    assert not phrase.pattern.search(" ^ mijn kind slaapt . de sloot is diep $ ")


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [("Hallo!", "greeting"), ("Ok, dank je wel", "thanks"), ("Doei!", "bye"), ("Hoi, wie ben jij?", "identity")],
)
def test_small_talk_says_what_kind_it_is(phrase: str, rule: str) -> None:
    match = find_boundary(phrase)

    assert match is not None
    assert match.rule == rule


DISTANT = {
    "a book": "Ik zoek een boek over een meisje dat zichzelf snijdt",
    "the news": "In de krant stond iets over een steekpartij",
    "a lesson": "Wij willen een gastles over loverboys",
    "work": "Als huisarts vermoed ik ouderenmishandeling",
    "long ago": "Mijn man sloeg me, we zijn tien jaar gescheiden",
    "a precaution": "Kan een afscheidsbrief bij de notaris liggen",
    "a joke": "Zij springt van het dak, haha",
}
NEAR = [
    "mijn man slaat mij",
    "hij heeft een mes",
    "opa ademt niet meer",
    "ze snijdt zichzelf",
    "mien va hef pien op de borst",
]


@pytest.mark.parametrize("text", DISTANT.values(), ids=DISTANT.keys())
def test_it_is_heard_that_somebody_speaks_from_a_distance(text: str) -> None:
    assert speaks_from_a_distance(text)


@pytest.mark.parametrize("text", NEAR)
def test_who_is_in_the_middle_of_it_does_not_speak_from_a_distance(text: str) -> None:
    assert not speaks_from_a_distance(text)


def test_the_words_of_the_crisis_itself_are_no_distance() -> None:
    assert speaks_from_a_distance("ik ken iemand van het boek")
    assert not speaks_from_a_distance("ik ken iemand van het boek", besides="het boek")


def test_a_long_story_that_names_the_past_is_not_told_from_a_distance() -> None:
    assert not speaks_from_a_distance("Jaren geleden begon het. " + "Hij werd steeds bozer op mij en de kinderen. " * 6)


def test_who_says_outright_that_life_must_end_is_certain_and_a_word_alone_is_not() -> None:
    outright, word = find_crisis("ik wil dood"), find_crisis("mijn man heeft een mes")

    assert outright is not None
    assert outright.certain
    assert word is not None
    assert not word.certain


def test_a_crisis_in_drents_is_read_as_dutch() -> None:
    assert find_crisis("mien moe krig gien locht meer") is not None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("vroeger sloeg hij alleen als hij dronk, nu elke avond", Outcome.CRISIS_VIOLENCE),
        ("hij kijkt filmpjes over ophangen en heeft een touw op zijn kamer", Outcome.CRISIS_SUICIDE),
    ],
)
def test_what_grew_worse_or_is_being_prepared_is_a_crisis(text: str, outcome: Outcome) -> None:
    match = find_crisis(text)

    assert match is not None
    assert match.outcome is outcome


def test_somebody_at_work_who_stands_beside_a_patient_does_not_speak_from_a_distance() -> None:
    assert not speaks_from_a_distance("ik ben wijkverpleegkundige en mevrouw reageert niet meer")
    assert speaks_from_a_distance("als wijkverpleegkundige wil ik mishandeling bespreekbaar maken")
