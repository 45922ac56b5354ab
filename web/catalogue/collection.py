"""All sources of the live generation in memory: it never changes, so it is read once and then counted fast."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain import COUNTRY, PROVINCE, TOPICS, Manifest, Source
from web.catalogue.facets import FACETS, Facet
from web.catalogue.selection import Selection
from web.catalogue.wording import WordIndex

RELATED = 5
"""Sources that the page of another one leads to."""
TOPIC_WEIGHT = 2.0
"""What a shared topic counts for, against a shared place or organisation that is as rare."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, with how many sources you would see with it, given the rest of the selection."""

    facet: Facet
    value: str
    count: int
    chosen: bool

    @property
    def label(self) -> str:
        """What the visitor reads."""
        return self.facet.label_of(self.value)


class Collection:
    """The sources of one generation, by title."""

    def __init__(self, manifest: Manifest, sources: Sequence[Source]) -> None:
        self.manifest = manifest
        self.sources = tuple(sources)
        self.by_id: Mapping[str, Source] = {source.id: source for source in sources}
        self.words = WordIndex(sources)
        self._ties = Counter(tie for source in sources for tie in ties_of(source))

    @property
    def generation(self) -> str:
        """The id of the generation."""
        return self.manifest.generation

    def desk(self, municipality: str) -> Source | None:
        """The desk of a municipality, None when the corpus names none."""
        return self.by_id.get(self.manifest.desks.get(municipality, ""))

    def of(self, test: Callable[[Source], bool]) -> tuple[Source, ...]:
        """The sources that pass a test, by title."""
        return tuple(filter(test, self.sources))

    def related(self, source: Source) -> tuple[Source, ...]:
        """The nearest others: what few sources share ties them most."""
        own = ties_of(source)
        others = [other for other in self.sources if other.id != source.id and is_near(source, other)]
        strength = {other.id: self._strength(own, other) for other in others}
        best = sorted(others, key=lambda other: (-strength[other.id], other.title.casefold()))
        return tuple(other for other in best[:RELATED] if strength[other.id] > 0)

    def _strength(self, own: frozenset[str], other: Source) -> float:
        theirs = ties_of(other)
        shared = sum(self._weight(tie) for tie in own & theirs)
        return shared / math.sqrt(len(own | theirs))

    def _weight(self, tie: str) -> float:
        rarity = math.log(len(self.sources) / self._ties[tie])
        return TOPIC_WEIGHT * rarity if tie in TOPICS else rarity


@dataclass(frozen=True, slots=True)
class Found:
    """What a selection holds: the sources best first (by title without words), and the choices of each facet."""

    sources: tuple[Source, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)


def select(sources: Sequence[Source], selection: Selection) -> Found:
    """The selected ones of `sources` in the same order, and the counts per facet."""
    found = tuple(source for source in sources if selection.passes(source))
    return Found(found, {facet.name: tuple(choices_of(facet, sources, selection)) for facet in FACETS})


def choices_of(facet: Facet, sources: Iterable[Source], selection: Selection) -> Iterable[Choice]:
    """The values that lead somewhere, and those that were chosen."""
    counts = Counter(value for s in sources if selection.passes(s, but=facet) for value in set(facet.of(s)))
    for value in facet.values:
        chosen = selection.has(facet.name, value)
        if counts[value] or chosen:
            yield Choice(facet, value, counts[value], chosen)


def ties_of(source: Source) -> frozenset[str]:
    """What a source may have in common with another; about what, where and by whom."""
    ties = [*source.municipalities, *source.themes, *source.topics, source.kind.value, f"url:{source.url}"]
    if source.organisation:
        ties.append(f"organisation:{source.organisation}")
    return frozenset(ties)


def is_near(source: Source, other: Source) -> bool:
    """Whether somebody whom the one is for can use the other: the help of another municipality is no use."""
    wide = {PROVINCE, COUNTRY}
    if not source.municipalities or wide & set(source.municipalities):
        return bool(wide & set(other.municipalities))
    return any(other.serves(municipality) for municipality in source.municipalities)
