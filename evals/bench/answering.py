"""Measures our whole answer, question after question, in a process of its own: each step, the ranking, and memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.build import build_embedder, build_home
from assistant.domain import Question
from assistant.embedding import Embedder, open_embedder
from assistant.settings import Settings, read_settings
from evals.bench.children import serve
from evals.bench.material import engine_of
from evals.bench.memory import peak_mb, resident_mb

WARM_UP = 5
"""Questions that are asked first and not counted."""


class StandIn:
    """Another encoder with the same weights, so that an index takes it for the one that made it."""

    def __init__(self, embedder: Embedder, name: str) -> None:
        self._embedder = embedder
        self.name, self.dimension, self.max_tokens = name, embedder.dimension, embedder.max_tokens

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question."""
        return self._embedder.embed_questions(texts)

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text."""
        return self._embedder.embed_texts(texts)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text."""
        return self._embedder.count_tokens(text)


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Asks `questions` of the index in `data`, with the encoder of the settings or the one in the folder `encoder`."""
    settings = read_settings(data_dir=Path(job["data"]), llm_base_url=None)
    embedder = build_embedder(settings)
    engine = engine_of(embedder)
    if job.get("encoder"):
        embedder = StandIn(open_embedder(job["encoder"]), embedder.name)
    return asyncio.run(_ask(settings, embedder, job)) | {"engine": engine}


async def _ask(settings: Settings, embedder: Embedder, job: dict[str, Any]) -> dict[str, Any]:
    questions = [_question(asked) for asked in job["questions"]]
    assistant = Assistant(settings, build_home(settings), embedder)
    try:
        await assistant.start()
        await assistant.take_turn(_reworded(questions[0]))
        ready = time.time() - job["started"]
        await assistant.settle()  # a server does so within ten seconds
        for question in questions[:WARM_UP]:
            await assistant.take_turn(_reworded(question))
        steps, whole, rankings = [], [], []
        for question in questions:
            began = time.perf_counter()
            turn = await assistant.take_turn(question)
            whole.append((time.perf_counter() - began) * 1000)
            steps.append(dict(turn.milliseconds))
            rankings.append([passage.source.id for passage in turn.passages])
        sources = (await assistant.manifest()).sources
    finally:
        await assistant.close()
    memory = {"memory_mb": resident_mb(), "peak_mb": peak_mb()}
    encode = [_encode(embedder, f"{question.text} alsjeblieft") for question in questions]
    return memory | {
        "steps": steps,
        "whole": whole,
        "rankings": rankings,
        "encode": encode,
        "sources": sources,
        "ready": ready,
    }


def _question(asked: dict[str, Any]) -> Question:
    return Question(asked["text"], asked["municipality"], asked["audience"])


def _reworded(question: Question) -> Question:
    """Asked to warm up: no cache may know the question that counts."""
    return Question(f"Even vooraf: {question.text}", question.municipality, question.audience)


def _encode(embedder: Embedder, text: str) -> float:
    began = time.perf_counter()
    embedder.embed_questions([text])
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    serve(work)
