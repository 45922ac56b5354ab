"""One municipality or one theme on one page, for a professional: who to call first, then help, projects and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.domain import HELP_KINDS, MUNICIPALITIES, PROVINCE, TOPICS, Kind, Source
from web.catalogue.collection import Collection

HELP_AND_RULES = HELP_KINDS | {Kind.REGULATION}
AT_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A source of figures, with the literal sentences that are about the place or theme of the page."""

    source: Source
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityPortrait:
    """What there is in one municipality. Each source stands once; help stands under its first topic."""

    name: str
    total: int
    desk: Source | None
    help: Mapping[str, tuple[Source, ...]]
    projects: tuple[Source, ...]
    figures: tuple[Figure, ...]
    wide_figures: tuple[Source, ...]
    policy: tuple[Source, ...]
    news: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ThemePortrait:
    """What there is on one theme; of help only how much, per municipality."""

    name: str
    total: int
    about: tuple[Source, ...]
    projects: tuple[Source, ...]
    organisations: tuple[Source, ...]
    figures: tuple[Figure, ...]
    policy: tuple[Source, ...]
    news: tuple[Source, ...]
    help_counts: Mapping[str, int]


def portrait_of_municipality(collection: Collection, name: str) -> MunicipalityPortrait:
    """All that is about one municipality in particular."""
    local = collection.of(lambda source: name in source.municipalities)
    desk = collection.desk(name)
    wide = collection.of(lambda source: source.kind is Kind.FIGURE and PROVINCE in source.municipalities)
    naming = tuple(source for source in wide if name in source.text)
    figures = (*of_kind(local, Kind.FIGURE), *naming)
    return MunicipalityPortrait(
        name=name,
        total=len(local),
        desk=desk,
        help=by_topic(source for source in local if source.kind in HELP_AND_RULES and source != desk),
        projects=newest(of_kind(local, Kind.PROJECT)),
        figures=tuple(Figure(source, sentences_about(source, name)) for source in newest(figures)),
        wide_figures=newest(source for source in wide if source not in naming),
        policy=newest(of_kind(local, Kind.POLICY)),
        news=newest(of_kind(local, Kind.NEWS)),
    )


def portrait_of_theme(collection: Collection, name: str) -> ThemePortrait:
    """All that is about one theme."""
    ours = collection.of(lambda source: name in source.themes)
    counts = Counter(m for source in ours if source.kind in HELP_AND_RULES for m in source.municipalities)
    figures = newest(of_kind(ours, Kind.FIGURE))
    return ThemePortrait(
        name=name,
        total=len(ours),
        about=tuple(source for source in of_kind(ours, Kind.THEME) if source.themes == (name,)),
        projects=newest(of_kind(ours, Kind.PROJECT)),
        organisations=of_kind(ours, Kind.ORGANISATION),
        figures=tuple(Figure(source, source.sentences[:1]) for source in figures),
        policy=newest(of_kind(ours, Kind.POLICY)),
        news=newest(of_kind(ours, Kind.NEWS)),
        help_counts={m: counts[m] for m in (*MUNICIPALITIES, PROVINCE) if counts[m]},
    )


def of_kind(sources: Iterable[Source], kind: Kind) -> tuple[Source, ...]:
    """Those of one kind, in the same order."""
    return tuple(source for source in sources if source.kind is kind)


def by_topic(sources: Iterable[Source]) -> dict[str, tuple[Source, ...]]:
    """The sources under their first topic, in the order of `TOPICS`; those without one come last, under ''."""
    topics: dict[str, list[Source]] = {topic: [] for topic in (*TOPICS, "")}
    for source in sources:
        topics[source.topics[0] if source.topics else ""].append(source)
    return {topic: tuple(found) for topic, found in topics.items() if found}


def newest(sources: Iterable[Source]) -> tuple[Source, ...]:
    """By date, the newest first; a source without a date comes last."""
    return tuple(sorted(sources, key=lambda source: source.date or "", reverse=True))


def sentences_about(source: Source, name: str) -> tuple[str, ...]:
    """The sentences that name the municipality, or else the first one."""
    naming = tuple(sentence for sentence in source.sentences if name in sentence)
    return naming[:AT_MOST_SENTENCES] or source.sentences[:1]
