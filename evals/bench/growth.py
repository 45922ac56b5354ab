"""The garden: the real corpus, grown with made-up sources step by step, refreshed and asked at every size."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evals.bench.children import BenchFailed, call
from evals.bench.figures import OWN, Grown, Refreshed, System
from evals.bench.questions import Asked
from evals.bench.systems import Rival, measure_ours, measure_peer, peer_system

PEERS = ("LlamaIndex query engine", "Haystack embedding", "Chroma", "txtai")
PEER_QUESTIONS = 40
"""A peer that compares in Python takes seconds a question on a large corpus."""
SHARE = 0.01
"""Of the sources, how many change before the second refresh."""
SECONDS_EACH = 0.05
"""Of the limit for a refresh, on top of five minutes, for every source."""


class Garden:
    """Grows only: ask for the sizes from small to large. Nothing is planted before the first is asked for."""

    def __init__(self, corpus: Path, folder: Path, data: Path, tell: Callable[[str], None]) -> None:
        self._real, self._folder, self._seed, self._tell = corpus, folder, data, tell
        self._sources = 0
        self._made_up = 0
        self._version = 0
        self._built: dict[int, Refreshed] = {}

    @property
    def data(self) -> Path:
        """The data folder of the garden."""
        return self._folder / "data"

    def measure(self, size: int, asked: Sequence[Asked], python: Path) -> Grown:
        """Our whole answer and the search of peers at `size` sources."""
        self.build(size)
        self._tell(f"{self._sources} sources: our answer")
        ours, _ = measure_ours(self.data, asked, limit=900)
        passages = self._folder / "passages"
        passages.mkdir(exist_ok=True)
        material = call("evals.bench.material", {"data": str(self.data), "folder": str(passages)}, limit=900)
        rival = Rival(python, None, passages, self.data, material["passages"])
        found = [self._peer(rival, name, asked[:PEER_QUESTIONS]) for name in PEERS]
        peers = tuple(system for system in found if system is not None)
        return Grown(sources=self._sources, points=material["points"], ours=ours, peers=peers)

    def refreshes(self, size: int) -> list[Refreshed]:
        """The first refresh at this size, then one after a share has changed, and one after nothing has."""
        self.build(size)
        self._version += 1
        changed = self._refresh(f"{SHARE:.0%} changed", change=int(SHARE * self._sources))
        return [self._built[size], changed, self._refresh("nothing changed")]

    def build(self, size: int) -> None:
        """Brings the index to `size` sources, unless it is there already; 0 is the real corpus as it is."""
        if not self._sources:
            self._plant()
        if size and size not in self._built:
            self._built[size] = self._refresh("grown", want=size - self._sources + self._made_up)

    def _plant(self) -> None:
        shutil.copytree(self._real, self._folder / "corpus")
        shutil.copytree(self._seed, self.data)
        self._refresh("nothing changed")

    def _refresh(self, kind: str, *, want: int | None = None, change: int = 0) -> Refreshed:
        want = self._made_up if want is None else want
        if want < self._made_up:
            raise BenchFailed(f"a garden of {self._sources} sources does not shrink; ask for the smaller size first")
        self._tell(f"{self._sources + want - self._made_up} sources: refresh, {kind}")
        job = {"corpus": str(self._folder / "corpus"), "data": str(self.data), "have": self._made_up, "want": want}
        limit = 300 + SECONDS_EACH * (self._sources + want)
        done = call("evals.bench.growing", {**job, "change": change, "version": self._version}, limit=limit)
        self._made_up, self._sources = want, done["sources"]
        return Refreshed(
            sources=done["sources"],
            kind=kind,
            changed=done["changed"],
            seconds=round(done["seconds"], 1),
            processor=round(done["processor"], 1),
            peak_mb=done["peak_mb"],
        )

    def _peer(self, rival: Rival, name: str, asked: Sequence[Asked]) -> System | None:
        self._tell(f"{self._sources} sources: {name}")
        try:
            result: dict[str, Any] = measure_peer(rival, name, OWN, asked, limit=600)
        except BenchFailed as exc:
            self._tell(str(exc))
            return None
        return peer_system(name, OWN, rival.count, result, {})
