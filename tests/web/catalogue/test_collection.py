from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Manifest, Source
from ingest.checking import read_corpus
from tests.fakes import a_source
from web.catalogue.collection import Collection, select
from web.catalogue.facets import FACETS
from web.catalogue.selection import Selection

MANIFEST = Manifest("g1", "fake", 4, "2026-11-22", desks={"Emmen": "emmen-loket"})


def a_collection(*sources: Source) -> Collection:
    return Collection(MANIFEST, sources)


@pytest.fixture(scope="module")
def everything(real_corpus: Path) -> Collection:
    """The whole corpus of this repository."""
    sources = [reading.source for reading in read_corpus(real_corpus)]
    return Collection(MANIFEST, sources)


def counts(collection: Collection, selection: Selection, facet: str) -> dict[str, int]:
    return {choice.value: choice.count for choice in select(collection.sources, selection).choices[facet]}


def test_counts_are_given_the_rest_of_the_selection() -> None:
    collection = a_collection(
        a_source("a", municipalities=("Emmen",), topics=("rouw",)),
        a_source("b", municipalities=("Assen",), topics=("rouw", "werk")),
        a_source("c", municipalities=("Assen",), topics=("werk",)),
    )
    selection = Selection(chosen={"gemeente": ("Assen",)})

    assert counts(collection, selection, "onderwerp") == {"rouw": 1, "werk": 2}
    assert counts(collection, selection, "gemeente") == {"Assen": 2, "Emmen": 1}


def test_a_chosen_value_stays_in_sight_when_nothing_is_left_of_it() -> None:
    collection = a_collection(a_source("a", municipalities=("Emmen",), topics=("rouw",)))
    selection = Selection(chosen={"gemeente": ("Assen",), "onderwerp": ("rouw",)})

    assert counts(collection, selection, "gemeente") == {"Assen": 0, "Emmen": 1}


@settings(max_examples=25)
@given(
    chosen=st.fixed_dictionaries({}, optional={f.name: st.sampled_from(f.values).map(lambda v: (v,)) for f in FACETS})
)
def test_a_count_is_what_you_find_when_you_choose_it(
    everything: Collection, chosen: dict[str, tuple[str, ...]]
) -> None:
    selection = Selection(chosen=chosen)

    for facet in FACETS:
        for choice in select(everything.sources, selection).choices[facet.name]:
            only = selection.choosing(facet.name, (choice.value,))
            assert choice.count == sum(map(only.passes, everything.sources))


def test_counting_the_whole_corpus_takes_less_than_50_milliseconds(everything: Collection) -> None:
    times = []
    for selection in (Selection(), Selection(chosen={"gemeente": ("Emmen",), "soort": ("dienst", "project")})) * 5:
        begun = time.perf_counter()
        select(everything.sources, selection)
        times.append(time.perf_counter() - begun)

    assert len(everything.sources) > 600
    assert statistics.median(times) < 0.05


def test_related_sources_share_what_few_share_and_serve_the_same_people() -> None:
    source = a_source("a", municipalities=("Emmen",), topics=("dementie",))
    near = a_source("near", municipalities=("Emmen",), topics=("dementie",), themes=())
    wide = a_source("wide", municipalities=("heel Drenthe",), topics=("dementie",), themes=())
    elsewhere = a_source("elsewhere", municipalities=("Assen",), topics=("dementie",))
    others = [a_source(f"other-{n}", municipalities=("Emmen",), topics=("werk",), themes=()) for n in range(9)]

    related = a_collection(source, near, wide, elsewhere, *others).related(source)

    assert [r.id for r in related[:2]] == ["near", "wide"]
    assert source not in related
    assert elsewhere not in related


def test_every_source_of_the_corpus_has_related_ones(everything: Collection) -> None:
    lonely = [source.id for source in everything.sources if not everything.related(source)]

    assert lonely == []
