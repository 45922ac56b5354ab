from __future__ import annotations

from dataclasses import replace

from assistant.domain import Kind, Manifest
from tests.fakes import a_source
from tests.web.catalogue.shelf import DESK, FIGURE, INLOOP, POLICY, PROJECT, SOURCES, THEME, WALKS
from web.catalogue.collection import Collection
from web.catalogue.portraits import portrait_of_municipality, portrait_of_theme

COLLECTION = Collection(Manifest("g1", "fake", 4, "2026-11-22", desks={"Emmen": DESK.id}), SOURCES)


def test_a_municipality_has_its_desk_its_help_by_topic_and_its_projects() -> None:
    portrait = portrait_of_municipality(COLLECTION, "Emmen")

    assert portrait.desk == DESK
    assert portrait.help == {"eenzaamheid": (INLOOP,)}
    assert portrait.projects == (PROJECT,)
    assert portrait.total == 3


def test_a_municipality_without_a_desk_has_none() -> None:
    assert portrait_of_municipality(COLLECTION, "Assen").desk is None


def test_a_figure_of_the_province_is_told_in_the_sentences_about_the_municipality() -> None:
    (figure,) = portrait_of_municipality(COLLECTION, "Emmen").figures

    assert figure.source == FIGURE
    assert figure.sentences == ("In Emmen is dat 48 procent.",)


def test_a_figure_that_does_not_name_the_municipality_is_kept_apart() -> None:
    portrait = portrait_of_municipality(COLLECTION, "Meppel")

    assert portrait.figures == ()
    assert portrait.wide_figures == (FIGURE,)


def test_each_source_stands_once_under_its_first_topic() -> None:
    portrait = portrait_of_municipality(COLLECTION, "Assen")

    assert portrait.help == {"bewegen-en-leefstijl": WALKS}


def test_projects_come_newest_first_and_undated_ones_last() -> None:
    dates = ("2019", "2024-03", None, "2024-11-01")
    sources = [replace(a_source(f"p{n}", kind=Kind.PROJECT), date=date) for n, date in enumerate(dates)]
    collection = Collection(COLLECTION.manifest, sources)

    projects = portrait_of_municipality(collection, "Emmen").projects

    assert [project.date for project in projects] == ["2024-11-01", "2024-03", "2019", None]


def test_a_theme_has_its_own_text_and_counts_help_per_municipality() -> None:
    portrait = portrait_of_theme(COLLECTION, "sociale basis")

    assert portrait.about == (THEME,)
    assert portrait.policy == (POLICY,)
    assert portrait.help_counts == {"Emmen": 2}
    assert [figure.source for figure in portrait.figures] == [FIGURE]
