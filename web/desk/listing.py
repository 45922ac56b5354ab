"""Lines the live index up with the files of the corpus, so that editors see what is live, waiting or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.domain import Source
from assistant.freshness import age_in_years, is_outdated, is_stale
from ingest import SourceFile

Freshness = Literal["actueel", "ouder dan twee jaar", "ouder dan vijf jaar", "zonder datum"]
FRESHNESS: tuple[Freshness, ...] = ("actueel", "ouder dan twee jaar", "ouder dan vijf jaar", "zonder datum")
State = Literal["live", "gewijzigd", "nieuw", "uitgesloten", "zonder bestand"]
STATES: tuple[State, ...] = ("live", "gewijzigd", "nieuw", "uitgesloten", "zonder bestand")
"""As in the file; changed since the refresh; not indexed yet; left out by the editors; indexed but not a file here."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A source in the list; `source` is None when the index does not have it."""

    id: str
    title: str
    state: State
    source: Source | None

    @property
    def freshness(self) -> Freshness | None:
        """How old the source itself is, None when it is not in the index."""
        return freshness_of(self.source) if self.source else None

    @property
    def words(self) -> str:
        """What a search by words looks at."""
        organisation = self.source.organisation if self.source else None
        return f"{self.title} {self.id} {organisation or ''}".casefold()


def line_up(live: Sequence[Source], files: Sequence[SourceFile], digests: Mapping[str, str]) -> list[Listed]:
    """Every source of the index and of the corpus once, by title. `digests` are those of the index, by id."""
    by_id = {file.id: file for file in files}
    indexed = {source.id for source in live}
    listed = [
        Listed(source.id, source.title, state_of(by_id.get(source.id), digests.get(source.id)), source)
        for source in live
    ]
    waiting = [
        Listed(file.id, file.title, "uitgesloten" if file.left_out else "nieuw", None)
        for file in files
        if file.id not in indexed
    ]
    return sorted([*waiting, *listed], key=lambda one: one.title.casefold())


def state_of(file: SourceFile | None, indexed: str | None) -> State:
    """How the file of a source in the index relates to it."""
    if file is None:
        return "zonder bestand"
    if file.left_out:
        return "uitgesloten"
    return "live" if file.digest == indexed else "gewijzigd"


def freshness_of(source: Source) -> Freshness:
    """How old the source itself is."""
    if age_in_years(source) is None:
        return "zonder datum"
    if is_outdated(source):
        return "ouder dan vijf jaar"
    return "ouder dan twee jaar" if is_stale(source) else "actueel"
