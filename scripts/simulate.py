"""Measures a refresh of a made-up corpus: `python -m scripts.simulate --sources 50000`.

The vectors are made up too: what is measured is all the work around the encoder, on as many sources as you like.
`docs/refresh.md` has the figures.
"""

from __future__ import annotations

import asyncio
import random
import resource
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from unittest.mock import patch

import numpy as np
import typer

from assistant.domain import MUNICIPALITIES
from assistant.settings import read_settings
from ingest import synchronise
from ingest.limits import Order, Publish

WORDS = """
inloop koffie buurthuis schulden geldzorgen mantelzorg dementie eenzaamheid vrijwilliger wandelen bewegen
taalles computer rijbewijs vervoer huisarts wijkverpleging jeugd opvoeden school sport gezond eten moestuin
rouw verlies steun gesprek spreekuur loket gemeente dorp wijk vereniging cursus training afspraak aanmelden
gratis kosten euro dinsdag woensdag ochtend middag avond ruimte team organisatie begeleiding hulp advies vraag
antwoord plan samen buurt
""".split()


class MadeUpEmbedder:
    """A unit vector that follows from the text."""

    name = "bundled:e5-small"
    dimension = 384
    max_tokens = 512

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question."""
        return self.embed_texts(texts)

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text."""
        rows = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimension) for text in texts]
        return [[float(x) for x in row / np.linalg.norm(row)] for row in rows]

    def count_tokens(self, text: str) -> int:
        """Three for every two words."""
        return len(text.split()) * 3 // 2 + 4


def write_source(folder: Path, number: int, version: int) -> None:
    """A file of three sentences and three questions, another one for another version."""
    chance = random.Random(f"{number}/{version}")

    def sentence() -> str:
        words = " ".join(chance.choices(WORDS, k=14))
        return f"{words.capitalize()} in {chance.choice(MUNICIPALITIES)} nummer {chance.randrange(10**6)}."

    questions = "\n".join(f"- waar vind ik {' '.join(chance.choices(WORDS, k=5))} {number}" for _ in range(3))
    path = folder / f"{number // 1000:03d}" / f"bron-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\nid: bron-{number}\ntitel: Bron {number} over {chance.choice(WORDS)}\nsoort: dienst\n"
        f"gemeenten: [{chance.choice(MUNICIPALITIES)}]\nthemas: [sociale basis]\nonderwerpen: [eenzaamheid]\n"
        f"doelgroep: [inwoner]\nbron: https://voorbeeld.nl/{number}\nbron_titel: Bron {number}\n"
        f"uitgever: voorbeeld.nl\ngecontroleerd: 2026-11-22\nvragen:\n{questions}\n---\n\n"
        f"{sentence()} {sentence()} {sentence()}\n",
        encoding="utf-8",
    )


def main(
    sources: Annotated[int, typer.Option(min=100)] = 50_000,
    share: Annotated[float, typer.Option(help="Share of the sources that changes.")] = 0.01,
) -> None:
    """Builds, changes a share of the sources, and refreshes; prints seconds for each kind of work, and memory."""
    made_up = patch.object(synchronise, "build_embedder", lambda settings: MadeUpEmbedder())
    with made_up, tempfile.TemporaryDirectory(prefix="markewijzer-simulate-") as folder:
        corpus, data = Path(folder) / "corpus", Path(folder) / "data"
        for number in range(sources):
            write_source(corpus, number, 0)
        measure("a first refresh", corpus, data)
        for number in random.Random(1).sample(range(sources), int(share * sources)):
            write_source(corpus, number, 1)
        measure(f"a refresh of {share:.0%}", corpus, data)
        measure("a refresh of nothing", corpus, data)


def measure(name: str, corpus: Path, data: Path) -> None:
    """One refresh, timed."""
    begun: dict[str, float] = {}

    def progress(what: str, done: int, total: int) -> None:
        if what not in begun:
            begun[what] = time.monotonic()

    started, worked = time.monotonic(), time.process_time()
    order = Order(Publish.WITHIN_LIMITS)
    report = asyncio.run(synchronise.refresh(read_settings(data_dir=data), corpus, progress=progress, order=order))
    ended = time.monotonic()
    moments = [*begun.values(), ended]
    parts = ", ".join(
        f"{what} {later - at:.0f} s" for (what, at), later in zip(begun.items(), moments[1:], strict=True)
    )
    processor = time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {ended - started:.0f} s, {processor:.0f} s of processor time ({parts}); {report.sources} sources, "
        f"{len(report.changed)} changed, "
        f"{report.embedded} texts embedded, published: {report.published}; at most {memory:.0f} MB so far",
        flush=True,
    )


if __name__ == "__main__":
    typer.run(main)
