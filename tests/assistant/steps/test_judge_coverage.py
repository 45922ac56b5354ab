"""What the evidence allows us to claim."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.domain import Evidence, Exchange, Outcome, Passage, Place, Scores, Turn
from assistant.evidence import calibration, weigh
from assistant.library import Library
from assistant.steps.find_passages import FindPassages
from assistant.steps.judge_coverage import JudgeCoverage, judge, settled, telling_first
from tests.fakes import EMMEN, GRONINGEN, a_passage, a_source, a_turn

SURE, PERHAPS = calibration()["sure"], calibration()["perhaps"]
HERE = (a_passage(fused=0.85),)
BETTER_AWAY = (a_passage(a_source("assen-inloop", municipalities=["Assen"]), fused=0.95),)


def judged(probability: float, *, passages: tuple[Passage, ...] = HERE, **known: Any) -> Outcome:
    return judge(a_turn(passages=passages, evidence=Evidence(probability), **known))


@pytest.mark.parametrize(
    ("probability", "outcome"),
    [
        (1.0, Outcome.ANSWERED),
        (SURE, Outcome.ANSWERED),
        ((SURE + PERHAPS) / 2, Outcome.SUGGESTED),
        (PERHAPS, Outcome.SUGGESTED),
        (PERHAPS / 2, Outcome.UNANSWERABLE),
        (0.0, Outcome.UNANSWERABLE),
    ],
    ids=["surely", "just surely", "perhaps", "just perhaps", "hardly", "not at all"],
)
def test_the_outcome_follows_from_the_chance_that_it_is_answered(probability: float, outcome: Outcome) -> None:
    assert judged(probability) is outcome


def test_without_passages_nothing_can_be_answered() -> None:
    assert judged(1.0, passages=()) is Outcome.UNANSWERABLE


@pytest.mark.parametrize(
    "evidence",
    [Evidence(1.0, missing=("phone",)), Evidence(1.0, unknown_names=("Thuisanker",))],
    ids=["the fact that was asked is missing", "a name is unknown"],
)
def test_the_right_subject_without_the_fact_is_only_suggested(evidence: Evidence) -> None:
    assert judge(a_turn(passages=HERE, evidence=evidence)) is Outcome.SUGGESTED


@pytest.mark.parametrize(
    ("question", "evidence", "outcome"),
    [
        (0.999, Evidence(0.0), Outcome.ANSWERED),
        (0.98, Evidence(0.0), Outcome.UNANSWERABLE),
        (0.999, Evidence(0.0, missing=("phone",)), Outcome.UNANSWERABLE),
    ],
    ids=["its words", "nearly its words", "but the fact is missing"],
)
def test_a_question_that_the_editors_wrote_with_a_source_is_answered_by_it(
    question: float, evidence: Evidence, outcome: Outcome
) -> None:
    passage = a_passage(scores=Scores(fused=0.9, base=0.9, question=question))

    assert judge(a_turn(passages=(passage,), evidence=evidence)) is outcome


def test_a_detail_of_what_was_cited_is_answered() -> None:
    assert judged(0.0, about=("emmen-inloop",)) is Outcome.ANSWERED


def test_what_follows_on_a_suggestion_is_no_surer() -> None:
    earlier = (Exchange("Is er een moestuin?", Outcome.SUGGESTED, sources=("emmen-inloop",)),)

    assert judged(1.0, about=("emmen-inloop",), history=earlier) is Outcome.SUGGESTED


@pytest.mark.parametrize(("probability", "outcome"), [(1.0, Outcome.SUGGESTED), (0.0, Outcome.UNANSWERABLE)])
def test_for_a_place_outside_drenthe_nothing_is_claimed(probability: float, outcome: Outcome) -> None:
    assert judged(probability, places=(GRONINGEN,)) is outcome


def test_help_that_is_only_elsewhere_is_said_to_be_there() -> None:
    outcome = judged(1.0, elsewhere=BETTER_AWAY, municipality="Emmen", places=(EMMEN,))

    assert outcome is Outcome.ANSWERED_ELSEWHERE


def test_help_here_that_fits_as_well_goes_before_help_elsewhere() -> None:
    same = (a_passage(a_source("assen-inloop", municipalities=["Assen"]), fused=0.85),)

    assert judged(1.0, elsewhere=same, municipality="Emmen") is Outcome.ANSWERED


LOCAL_HELP = (a_passage(fused=0.9), *BETTER_AWAY)


def test_somebody_who_needs_help_that_differs_by_municipality_is_asked_where() -> None:
    assert judged(1.0, passages=LOCAL_HELP, about_me=True) is Outcome.CLARIFY_MUNICIPALITY


@pytest.mark.parametrize(
    "known",
    [
        {"about_me": False},
        {"municipality": "Emmen"},
        {"wants_list": True},
        {"history": (Exchange("Wie helpt mij?", Outcome.CLARIFY_MUNICIPALITY),)},
    ],
    ids=["not for themselves", "known already", "a list", "asked before"],
)
def test_nobody_is_asked_where_without_need(known: dict[str, object]) -> None:
    assert judged(1.0, passages=LOCAL_HELP, **{"about_me": True, **known}) is Outcome.ANSWERED


def test_help_for_all_of_drenthe_is_given_without_asking_where() -> None:
    wide = a_passage(a_source("drenthe", municipalities=["heel Drenthe"]), fused=0.95)

    assert judged(1.0, passages=(wide, *LOCAL_HELP), about_me=True) is Outcome.ANSWERED


async def weighed(library: Library, text: str, **known: Any) -> Turn:
    return await JudgeCoverage(library)(await FindPassages(library)(a_turn(text, **known)))


async def test_a_question_of_a_source_weighs_more_than_one_about_something_else(library: Library) -> None:
    known, unknown = (
        await weighed(library, "Wat is Gezonde Marke?"),
        await weighed(library, "Wie repareert mijn fiets?"),
    )

    assert known.evidence is not None
    assert unknown.evidence is not None
    assert 0 <= unknown.evidence.probability < known.evidence.probability <= 1
    assert known.outcome is Outcome.ANSWERED


async def test_a_fact_that_no_near_source_holds_is_noticed(library: Library) -> None:
    turn = await weighed(library, "Wat is het telefoonnummer van Gezonde Marke?")

    assert turn.evidence is not None
    assert turn.evidence.missing == ("phone",)
    assert turn.outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("In Drenthe is 20 procent van de inwoners eenzaam. Ook in Emmen is daar aandacht voor.", ("count",)),
        ("In Drenthe is 20 procent van de inwoners eenzaam. In Emmen is dat 25 procent.", ()),
    ],
    ids=["a figure of the province that names the municipality elsewhere", "a figure of the municipality"],
)
def test_a_figure_counts_for_the_municipality_that_it_is_of(
    library: Library, text: str, missing: tuple[str, ...]
) -> None:
    figures = a_source("cijfers", text, title="Eenzaamheid", municipalities=["heel Drenthe"])
    turn = a_turn("Hoeveel procent van de inwoners is eenzaam?", passages=(a_passage(figures),), municipality="Emmen")

    assert weigh(turn, library).missing == missing


async def test_a_name_that_no_source_knows_is_noticed(library: Library) -> None:
    turn = await weighed(library, "Hoe meld ik mijn moeder aan bij Thuisanker?")

    assert turn.evidence is not None
    assert turn.evidence.unknown_names == ("Thuisanker",)
    assert turn.outcome is not Outcome.ANSWERED


ALTEVEERS = (Place("Alteveer", "Hoogeveen"), Place("Alteveer", "Noordenveld"))
IN_ALTEVEER: dict[str, Any] = {"places": ALTEVEERS, "choices": ("Hoogeveen", "Noordenveld")}


def test_a_name_that_two_municipalities_have_is_asked_about_when_help_is_local() -> None:
    assert judged(1.0, **IN_ALTEVEER) is Outcome.CLARIFY_MUNICIPALITY


@pytest.mark.parametrize(
    ("probability", "passages", "history"),
    [
        (1.0, (a_passage(a_source(municipalities=["heel Nederland"]), fused=0.9), a_passage(fused=0.8)), ()),
        (1.0, HERE, (Exchange("hulp", Outcome.CLARIFY_MUNICIPALITY),)),
        (0.0, HERE, ()),
    ],
    ids=["the answer is the same everywhere", "asked before", "nothing was found anyway"],
)
def test_it_is_not_asked_about_without_need(
    probability: float, passages: tuple[Passage, ...], history: tuple[Exchange, ...]
) -> None:
    outcome = judged(probability, passages=passages, history=history, **IN_ALTEVEER)

    assert outcome is not Outcome.CLARIFY_MUNICIPALITY


def test_the_source_that_speaks_of_the_place_tells_which_is_meant() -> None:
    source = a_source(text="De inloop in Alteveer is op dinsdag.", municipalities=["Hoogeveen"])

    turn = settled(a_turn(passages=(a_passage(source),), **IN_ALTEVEER))

    assert (turn.municipality, turn.choices) == ("Hoogeveen", ())


def test_what_serves_only_the_other_place_of_that_name_falls_out() -> None:
    source = a_source(text="De inloop in Alteveer is op dinsdag.", municipalities=["Hoogeveen"])
    other, wide = a_source("ander", municipalities=["De Wolden"]), a_source("wijd", municipalities=["heel Drenthe"])

    turn = settled(a_turn(passages=tuple(map(a_passage, (source, other, wide))), **IN_ALTEVEER))

    assert [p.source.id for p in turn.passages] == ["emmen-inloop", "wijd"]


def test_a_source_that_does_not_speak_of_the_place_tells_nothing() -> None:
    turn = a_turn(passages=(a_passage(a_source(municipalities=["Hoogeveen"])),), **IN_ALTEVEER)

    assert settled(turn) == turn


def test_of_earlier_sources_the_one_that_holds_the_fact_goes_first() -> None:
    silent = a_passage(a_source("stil", "Kom gerust eens langs."), fused=0.9)
    telling = a_passage(a_source("open", "De inloop is op dinsdag open."), fused=0.8)

    turn = a_turn("wanneer is dat open?", passages=(silent, telling), about=("stil", "open"))

    assert [p.source.id for p in telling_first(turn)] == ["open", "stil"]


@pytest.mark.parametrize(("covered", "outcome"), [(1.0, Outcome.SUGGESTED), (0.5, Outcome.UNANSWERABLE)])
def test_a_source_with_every_word_of_the_question_is_at_least_suggested(covered: float, outcome: Outcome) -> None:
    evidence = Evidence(0.0, {"covered": covered})

    assert judge(a_turn(passages=HERE, evidence=evidence)) is outcome
