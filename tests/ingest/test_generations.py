"""Looking at generations and switching between them."""

from __future__ import annotations

import pytest

from assistant.errors import IndexMissing
from ingest import refresh
from ingest.generations import generations, publish, rollback
from tests.conftest import Workplace
from tests.small_corpus import write_source


@pytest.fixture
async def two(workplace: Workplace) -> Workplace:
    """A second generation, with one source more."""
    write_source(workplace.corpus, "breiclub", "De breiclub in Emmen breit elke woensdag sokken.", titel="Breiclub")
    await refresh(workplace.settings, workplace.corpus)
    return workplace


async def test_generations_are_described_oldest_first(two: Workplace) -> None:
    old, new = await generations(two.settings)

    assert (old.sources, old.live) == (12, False)
    assert (new.sources, new.live) == (13, True)
    assert old.created <= new.created
    assert old.id < new.id


async def test_a_rollback_makes_the_one_before_live(two: Workplace) -> None:
    old, _ = await generations(two.settings)

    assert await rollback(two.settings) == old.id

    assert [generation.live for generation in await generations(two.settings)] == [True, False]


async def test_a_rollback_from_the_oldest_is_refused(two: Workplace) -> None:
    await rollback(two.settings)

    with pytest.raises(IndexMissing, match="no older generation"):
        await rollback(two.settings)


async def test_a_generation_that_was_rolled_back_can_be_published_again(two: Workplace) -> None:
    _, new = await generations(two.settings)
    await rollback(two.settings)

    await publish(two.settings, new.id)

    assert [generation.live for generation in await generations(two.settings)] == [False, True]


async def test_publishing_an_unknown_generation_is_refused_and_changes_nothing(two: Workplace) -> None:
    before = await generations(two.settings)

    with pytest.raises(IndexMissing, match="onbekend"):
        await publish(two.settings, "onbekend")

    assert await generations(two.settings) == before


async def test_a_refresh_after_a_rollback_publishes_what_the_corpus_says(two: Workplace) -> None:
    await rollback(two.settings)

    report = await refresh(two.settings, two.corpus)

    assert (report.new, report.published) == (("breiclub",), True)
