"""A real server with the small corpus, and a small encoder so that it starts at once. Run as a program."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence

import pytest

from assistant.assistant import Assistant
from assistant.domain import Beyond, Exchange, Question, Turn
from assistant.rules.examples import load_examples
from assistant.settings import Settings, read_settings
from assistant.streaming import Tell
from ingest.limits import Order, Publish
from ingest.running import run_refresh
from tests.fakes import HashingEmbedder
from web.__main__ import app

SLOWLY = 1.5
"""Seconds that a question with “langzaam” in it takes."""
FRESH = 0.2
"""Seconds that a look at the parts is shared."""


class SlowAssistant(Assistant):
    """The real one; only a question that asks for it takes long."""

    async def _turn(self, question: Question, history: Sequence[Exchange], tell: Tell) -> Turn:
        if "langzaam" in question.text:
            await asyncio.sleep(SLOWLY)
        return await super()._turn(question, history, tell)


def small_encoder(settings: Settings) -> HashingEmbedder:
    """In the place of the encoder that we ship."""
    return HashingEmbedder()


def few_examples() -> tuple[Beyond, ...]:
    """Thousands are no fault, and take a while."""
    return load_examples()[:50]


def main() -> None:
    """Serves, or refreshes when that is asked for."""
    patch = pytest.MonkeyPatch()
    patch.setattr("assistant.assistant.build_embedder", small_encoder)
    patch.setattr("ingest.synchronise.build_embedder", small_encoder)
    patch.setattr("ingest.collecting.load_examples", few_examples)
    patch.setattr("web.parts.Assistant", SlowAssistant)
    patch.setattr("web.readiness.FRESH", FRESH)
    if sys.argv[1:] == ["refresh"]:
        settings = read_settings()
        pause = float(os.environ.get("PAUSE", "0"))

        def slowly(what: str, done: int, total: int) -> None:
            time.sleep(pause)

        asyncio.run(run_refresh(settings, settings.corpus_dir, Order(Publish.ALWAYS), by="proef", progress=slowly))
        return
    app()


if __name__ == "__main__":
    main()
