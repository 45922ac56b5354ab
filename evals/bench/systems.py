"""Measures every system on the same questions: our whole answer, and each peer, each with both encoders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench import quality
from evals.bench.children import PYTHON, BenchFailed, call
from evals.bench.figures import OURS, OWN, PLAIN, Gain, Step, System, times_of
from evals.bench.peers.measuring import PEERS
from evals.bench.questions import Asked

WITHOUT_ENCODER = frozenset({"Haystack BM25"})
LIMIT = 300.0
"""Seconds that one system may take over all questions before it is left out."""


@dataclass(frozen=True, slots=True)
class Rival:
    """What is needed to measure a peer: its Python, the plain encoder, the passages, and our data for our encoder."""

    python: Path
    plain: Path | None
    passages: Path
    data: Path
    count: int

    def job(self, peer: str, encoder: str | None, questions: Sequence[str]) -> dict[str, Any]:
        """For `evals.bench.peers.measuring`."""
        job: dict[str, Any] = {"peer": peer, "folder": str(self.passages), "questions": list(questions)}
        if encoder == PLAIN:
            return job | {"plain": str(self.plain)}
        return job | ({"pipe": [str(PYTHON), "-m", "evals.bench.encoder_pipe", str(self.data)]} if encoder else {})


def measure_systems(
    rival: Rival, asked: Sequence[Asked], tell: Callable[[str], None]
) -> tuple[tuple[System, ...], tuple[Gain, ...], tuple[str, ...]]:
    """All systems, what ours gains over the best peer, and which peers failed. Raises `BenchFailed` when ours does."""
    right = [question.right for question in asked]
    systems, failed = [], []
    scores: dict[str, quality.Scored] = {}
    ours: quality.Scored = {}
    for encoder in (OWN, PLAIN):
        tell(f"{OURS}, {encoder}")
        system, scored = measure_ours(rival.data, asked, rival.plain if encoder == PLAIN else None)
        systems.append(system)
        ours = ours or scored
    for name in PEERS:
        for chosen in (None,) if name in WITHOUT_ENCODER else (PLAIN, OWN):
            tell(f"{name}, {chosen or 'no encoder'}")
            try:
                result = measure_peer(rival, name, chosen, asked)
            except BenchFailed as exc:
                failed.append(f"{name}, {chosen or 'no encoder'}: {exc}")
                continue
            scored = quality.score(result["rankings"], right)
            scores[f"{name}, {chosen or 'no encoder'}"] = scored
            systems.append(peer_system(name, chosen, rival.count, result, scored))
    return tuple(systems), quality.gains(ours, scores), tuple(failed)


def measure_ours(
    data: Path, asked: Sequence[Asked], plain: Path | None = None, *, limit: float = LIMIT
) -> tuple[System, quality.Scored]:
    """Our whole answer, with our engine unless a folder with the plain encoder is given."""
    job = {"data": str(data), "questions": [q.as_job() for q in asked], "encoder": str(plain) if plain else None}
    result = call("evals.bench.answering", job, limit=limit)
    scored = quality.score(result["rankings"], [question.right for question in asked])
    system = System(
        name=OURS,
        version="",
        encoder=PLAIN if plain else OWN,
        passages=result["sources"],
        whole=times_of(result["whole"]),
        encode=times_of(result["encode"]),
        steps=steps_of(result["steps"]),
        ready_seconds=round(result["ready"], 2),
        memory_mb=result["memory_mb"],
        ndcg_at_10=quality.mean(scored["ndcg_at_10"]),
        recall_at_5=quality.mean(scored["recall_at_5"]),
    )
    return system, scored


def measure_peer(
    rival: Rival, name: str, encoder: str | None, asked: Sequence[Asked], *, limit: float = LIMIT
) -> dict[str, Any]:
    """What a peer made of the questions. Raises `BenchFailed`."""
    questions = [question.for_peers for question in asked]
    return call("evals.bench.peers.measuring", rival.job(name, encoder, questions), limit=limit, python=rival.python)


def peer_system(
    name: str, encoder: str | None, passages: int, result: Mapping[str, Any], scored: quality.Scored
) -> System:
    """The figures of a peer; its search is the whole without the encoder."""
    search = [whole - encode for whole, encode in zip(result["whole"], result["encode"], strict=True)]
    return System(
        name=name,
        version=result["version"],
        encoder=encoder,
        passages=passages,
        whole=times_of(result["whole"]),
        encode=times_of(result["encode"]) if encoder else None,
        search=times_of(search),
        ready_seconds=round(result["ready"], 2),
        memory_mb=result["memory_mb"],
        ndcg_at_10=quality.mean(scored.get("ndcg_at_10", ())),
        recall_at_5=quality.mean(scored.get("recall_at_5", ())),
    )


def steps_of(turns: Sequence[Mapping[str, float]]) -> tuple[Step, ...]:
    """Each step in the order of the pipeline, over the turns that reached it."""
    names = dict.fromkeys(step for turn in sorted(turns, key=len, reverse=True) for step in turn)
    return tuple(Step(name=n, times=times_of([turn[n] for turn in turns if n in turn])) for n in names)
