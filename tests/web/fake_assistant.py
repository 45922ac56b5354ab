"""An assistant with fixed sources and fixed answers, for tests of the web and for screenshots."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import Assistant, replies
from assistant.domain import (
    Answer,
    Card,
    Chunk,
    Citation,
    Contact,
    Exchange,
    Filter,
    Kind,
    Manifest,
    Outcome,
    Passage,
    Question,
    Scores,
    Selection,
    Source,
    Turn,
)
from assistant.errors import IndexMissing
from assistant.rules.matching import find_crisis
from assistant.streaming import CheckedSentence, Event, Finished, Progress

SEDNA = Source(
    id="emmen-sedna",
    title="Sedna: welzijn en ontmoeting in Emmen",
    kind=Kind.SERVICE,
    url="https://www.sedna-emmen.nl/ontmoeten",
    url_title="Ontmoeten | Sedna",
    publisher="Sedna",
    checked="2026-11-22",
    text="Sedna helpt inwoners van Emmen die anderen willen ontmoeten. Meedoen is gratis [1].\n\nBel 0591 680800.",
    sentences=("Sedna helpt inwoners van Emmen die anderen willen ontmoeten.", "Meedoen is gratis."),
    organisation="Sedna",
    municipalities=("Emmen",),
    themes=("sociale basis",),
    topics=("eenzaamheid", "vrijwilligerswerk"),
    audience=("inwoner", "professional"),
    contact=Contact(
        phone="0591 680800",
        email="info@sedna-emmen.nl",
        address="Boermarkeweg 75, 7822 HM Emmen",
        website="www.sedna-emmen.nl",
        opening_hours="maandag tot en met vrijdag van 9.00 tot 17.00 uur",
        costs="gratis",
    ),
    date="2019-05",
)
MARKE = Source(
    id="gezonde-marke",
    title="Wat is Gezonde Marke?",
    kind=Kind.THEME,
    url="https://gezondemarke.nl/ons-verhaal",
    url_title="Ons verhaal | Gezonde Marke",
    publisher="Gezonde Marke",
    checked="2026-11-22",
    text="Gezonde Marke is een netwerk van organisaties in Drenthe.",
    sentences=("Gezonde Marke is een netwerk van organisaties in Drenthe.",),
    municipalities=("heel Drenthe",),
    themes=("netwerkaanpak",),
    audience=("inwoner", "professional"),
)
SOURCES = (SEDNA, MARKE)

SUGGESTION = "Wat kost het om bij Sedna mee te doen?"


def cite(source: Source, number: int, *, stale: bool = False) -> Citation:
    return Citation(number, source, source.summary, f"{source.url}#:~:text=helpt", stale)


def answered(municipality: str | None) -> Answer:
    return Answer(
        Outcome.ANSWERED,
        text=(
            "In Emmen kun je terecht bij **Sedna**. Je ontmoet er andere mensen uit je buurt. [1] "
            "Bel 0591 680800 of loop binnen. [1]\n\n- Samen koffiedrinken [1]\n- Samen wandelen [2]\n\n"
            "Het netwerk bestaat uit 113 organisaties. [9]"
        ),
        citations=(cite(SEDNA, 1, stale=True), cite(MARKE, 2)),
        cards=(Card(SEDNA, SEDNA.summary, 1),),
        suggestions=(SUGGESTION, "Hoe kan ik Sedna bellen?"),
        short_text="Ga naar **Sedna**. Daar ontmoet je mensen. [1]",
        selection=Selection(municipality=municipality, topic="eenzaamheid", total=7),
        municipality=municipality,
        milliseconds=12.5,
    )


class FakeAssistant(Assistant):
    """Remembers what it was asked in `asked`; `is_missing` plays that there is no index."""

    def __init__(self, *, is_missing: bool = False) -> None:
        self.asked: list[tuple[Question, tuple[Exchange, ...]]] = []
        self.is_missing = is_missing
        self.has_settled = False

    async def start(self) -> None:
        if self.is_missing:
            raise IndexMissing("no generation is live; run `python -m ingest refresh`")

    async def settle(self) -> None:
        self.has_settled = True

    async def close(self) -> None:
        return None

    def recalls(self, question: Question) -> bool:
        return False

    async def take_turn(self, question: Question, history: Sequence[Exchange] = ()) -> Turn:
        self.asked.append((question, tuple(history)))
        if "stuk" in question.text:
            raise RuntimeError("a mistake of our own")
        text = question.text.replace("06 12345678", "[telefoonnummer]")
        turn = Turn(question, tuple(history), text=text, municipality=question.municipality, search_text=text.lower())
        return replace(turn, answer=self.answer(question))

    async def stream(self, question: Question, history: Sequence[Exchange] = ()) -> AsyncGenerator[Event, None]:
        """The pieces of the answer; “langzaam” in a question asks for a pause before each."""
        turn = await self.take_turn(question, history)
        assert turn.answer is not None
        yield Progress("Ik lees 2 bronnen")
        for piece in pieces(turn.answer.text) if turn.answer.outcome.cites else ():
            await self.before_a_sentence(question)
            yield piece
        await self.before_a_sentence(question)
        yield Finished(turn)

    async def before_a_sentence(self, question: Question) -> None:
        await asyncio.sleep(0.4 if "langzaam" in question.text else 0)

    def answer(self, question: Question) -> Answer:
        if crisis := find_crisis(question.text):
            return Answer(crisis.outcome, replies.CRISIS[crisis.outcome])
        if self.is_missing:
            return Answer(Outcome.FAILED, replies.FAILED)
        if question.text.startswith("Who "):
            return Answer(Outcome.UNANSWERABLE, f"Ik vond niets. {replies.LANGUAGE_NOTES['en']}", language="en")
        if "weer" in question.text:
            return Answer(
                Outcome.UNANSWERABLE, "Ik kan hierover niets vinden in mijn bronnen.", suggestions=(SUGGESTION,)
            )
        return answered(question.municipality)

    async def search(self, text: str, limit: int = 10, filter: Filter = Filter()) -> list[Passage]:
        sources = [s for s in await self.sources(filter) if text.casefold() in s.text.casefold()]
        chunk = Chunk("c", "s", 0, (), "", "")
        return [Passage(source, chunk, Scores(fused=0.81234)) for source in sources][:limit]

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        await self.start()
        return [source for source in SOURCES if passes(source, filter)]

    async def manifest(self) -> Manifest:
        await self.start()
        return Manifest("g1", "bundled:e5-small", 384, "2026-11-22T10:00:00+00:00", desks={"Emmen": SEDNA.id})

    async def facets(self, key: str, filter: Filter = Filter()) -> dict[str, int]:
        values = [value for source in await self.sources(filter) for value in facet_values(source, key)]
        return {value: values.count(value) for value in values}

    async def chunks(self, source: str) -> list[Chunk]:
        found = await self.source(source)
        return [Chunk("c", source, 0, (), found.text, "d")] if found else []

    @property
    def embedding_model(self) -> str:
        return "letters"

    async def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """Questions of the same letters, in whatever order, mean the same here."""
        counts = [[float(text.lower().count(letter)) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
        return [[number / (sum(n * n for n in row) ** 0.5 or 1.0) for number in row] for row in counts]

    async def source(self, id: str) -> Source | None:
        await self.start()
        return next((source for source in SOURCES if source.id == id), None)


def pieces(text: str) -> list[CheckedSentence]:
    parts = re.split(r"(\n+|(?<=\]) )", text)
    return [CheckedSentence(piece, before) for before, piece in zip(["", *parts[1::2]], parts[::2], strict=True)]


def facet_values(source: Source, key: str) -> tuple[str, ...]:
    return (source.kind.value,) if key == "kind" else getattr(source, key)


def passes(source: Source, filter: Filter) -> bool:
    wanted = (
        (filter.municipalities, source.municipalities),
        (filter.themes, source.themes),
        (filter.topics, source.topics),
        (filter.kinds, (source.kind.value,)),
        (filter.audiences, source.audience),
    )
    return all(not chosen or set(chosen) & set(values) for chosen, values in wanted)


if __name__ == "__main__":
    # `python -m tests.web.fake_assistant` serves the pages with these fixed answers, to look at them.
    import uvicorn

    from assistant.settings import read_settings
    from web.app import create_app

    settings = read_settings(data_dir=Path(os.environ.get("DATA_DIR", "/tmp/markewijzer-fake")), rate_limit="off")
    uvicorn.run(create_app(settings, FakeAssistant()), host=settings.host, port=settings.port, access_log=False)
