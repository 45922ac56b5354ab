"""An assistant with enough sources to browse: three pages of them, over several municipalities, themes and kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Chunk, Contact, Filter, Kind, Manifest, Passage, Scores, Source
from tests.fakes import a_source
from tests.web.fake_assistant import FakeAssistant, passes

DESK = a_source(
    "emmen-loket",
    "Het loket van Emmen helpt je op weg. Bel 14 0591.",
    title="Loket Emmen",
    kind=Kind.ORGANISATION,
    topics=("clientondersteuning",),
    contact=Contact(phone="14 0591", website="https://voorbeeld.nl/loket"),
    date="2019-05",
    desk=True,
    questions=("Hoe bel ik het loket?", "loket emmen nummer"),
)
INLOOP = a_source(
    "emmen-koffie",
    "De koffieochtend in Emmen is er voor wie mensen wil ontmoeten. Een kop koffie kost € 1,50.",
    title="Koffieochtend in Emmen",
    organisation="Sedna",
    audience=("inwoner", "professional"),
)
PROJECT = a_source(
    "emmen-project",
    "Samen Sterk is een project in Emmen en Assen dat sinds 2022 loopt.",
    title="Project Samen Sterk",
    kind=Kind.PROJECT,
    municipalities=("Emmen", "Assen"),
    themes=("netwerkaanpak",),
    date="2022",
)
FIGURE = a_source(
    "drenthe-cijfer",
    "In Drenthe voelt 46 procent zich eenzaam. In Emmen is dat 48 procent. In Assen is dat 44 procent.",
    title="Eenzaamheid in cijfers",
    kind=Kind.FIGURE,
    municipalities=("heel Drenthe",),
    date="2025-06",
)
POLICY = a_source(
    "drenthe-beleid", "Het plan loopt tot 2030.", title="Regioplan", kind=Kind.POLICY, municipalities=("heel Drenthe",)
)
THEME = a_source(
    "thema-sociale-basis",
    "De sociale basis is alles wat mensen samen doen.",
    title="Thema sociale basis",
    kind=Kind.THEME,
    municipalities=("heel Drenthe",),
    topics=(),
)
HELPLINE = a_source(
    "nl-lijn",
    "Bij de Luisterlijn kun je je verhaal kwijt.",
    title="De Luisterlijn",
    kind=Kind.HELPLINE,
    municipalities=("heel Nederland",),
    contact=Contact(phone="088 0767 000"),
)
WALKS = tuple(
    a_source(
        f"assen-wandelen-{n:02}",
        f"Wandelgroep {n:02} loopt elke week door Assen.",
        title=f"Wandelgroep {n:02} in Assen",
        municipalities=("Assen",),
        themes=("gezonde leefomgeving",),
        topics=("bewegen-en-leefstijl", "eenzaamheid") if n % 2 else ("bewegen-en-leefstijl",),
    )
    for n in range(1, 41)
)
SOURCES = tuple(
    sorted((DESK, INLOOP, PROJECT, FIGURE, POLICY, THEME, HELPLINE, *WALKS), key=lambda source: source.title.casefold())
)


class ShelfAssistant(FakeAssistant):
    """Finds by literal words; `generation` may be changed, `searches` counts what was searched."""

    def __init__(self, sources: Sequence[Source] = SOURCES) -> None:
        super().__init__()
        self.held = tuple(sources)
        self.generation = "g1"
        self.searches = 0

    async def manifest(self) -> Manifest:
        return replace(await super().manifest(), generation=self.generation, desks={"Emmen": DESK.id})

    async def sources(self, filter: Filter = Filter()) -> list[Source]:
        await self.start()
        return [source for source in self.held if passes(source, filter)]

    async def source(self, id: str) -> Source | None:
        return next((source for source in self.held if source.id == id), None)

    async def search(self, text: str, limit: int = 10, filter: Filter = Filter()) -> list[Passage]:
        self.searches += 1
        await self.start()
        scored = [(0.9 if text.casefold() in source.text.casefold() else 0.84, source) for source in self.held]
        best = sorted(scored, key=lambda pair: -pair[0])[:limit]
        return [Passage(source, Chunk("c", source.id, 0, (), "", ""), Scores(fused=score)) for score, source in best]
