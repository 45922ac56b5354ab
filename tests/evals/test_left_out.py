"""Questions of editors that were left out of the index are drawn, asked and counted."""

from __future__ import annotations

import pytest

from assistant.domain import Source
from evals.left_out import Asked, Sample, ask_left_out, draw_samples, rates, twins_of
from tests.conftest import Workplace
from tests.evals.builders import an_answer
from tests.fakes import a_source

INLOOP = a_source("emmen-inloop", questions=("Waar kan ik koffie drinken?", "Is er een inloop?"))
OTHER = a_source(
    "emmen-taxi", "De taxi rijdt alleen op zondag naar het ziekenhuis.", title="Taxi", questions=("Taxi?",)
)


def asked(*cited: Source) -> Asked:
    sample = Sample("Is er een inloop?", INLOOP, frozenset({"emmen-tweeling"}))
    return Asked(sample, an_answer("Ja. [1]", *cited))


def test_the_same_seed_draws_the_same_questions() -> None:
    sources = [a_source(f"bron-{n}", questions=(f"vraag {n}", f"andere vraag {n}")) for n in range(20)]

    one, again, other = (draw_samples(sources, 5, seed) for seed in (1, 1, 2))

    assert one == again != other
    assert len({sample.source.id for sample in one}) == 5


def test_a_source_without_questions_is_not_drawn() -> None:
    assert draw_samples([a_source(questions=())], 5, 1) == []


@pytest.mark.parametrize(
    ("municipalities", "chosen"),
    [(("Emmen",), "Emmen"), (("Emmen", "Assen"), None), (("heel Drenthe",), None), (("Emmen", "heel Drenthe"), None)],
)
def test_a_municipality_is_chosen_for_a_local_source(municipalities: tuple[str, ...], chosen: str | None) -> None:
    assert Sample("?", a_source(municipalities=municipalities), frozenset()).municipality == chosen


def test_twins_say_the_same_for_the_same_place() -> None:
    same_words = a_source("emmen-tweeling", title="Koffie")
    same_title = a_source("emmen-naamgenoot", OTHER.text)
    far_away = a_source("assen-inloop", municipalities=("Assen",))

    assert twins_of(INLOOP, [INLOOP, same_words, same_title, far_away, OTHER]) == {"emmen-tweeling", "emmen-naamgenoot"}


def test_a_twin_counts_only_where_twins_do() -> None:
    twin = a_source("emmen-tweeling")

    found = rates([asked(INLOOP), asked(OTHER, INLOOP), asked(twin), asked(OTHER)])

    assert [estimate.value for estimate in found.values() if estimate] == [0.5, 0.25, 0.75, 0.5]


async def test_the_questions_are_asked_of_an_index_that_lacks_them(workplace: Workplace) -> None:
    found = await ask_left_out(workplace.settings, workplace.corpus, count=3, seed=1)

    assert len(found) == 3
    assert all(a.answer.text for a in found)
