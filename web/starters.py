"""The questions to begin with: a municipality gets those that its own sources answer."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import Assistant
from assistant.domain import HELP_KINDS, Filter, Kind
from assistant.errors import StoreError

COUNT = 6

GENERAL: tuple[str, ...] = (
    "Wat is Gezonde Marke?",
    "Waar kan ik andere mensen ontmoeten?",
    "Wie helpt mij met geldzorgen?",
    "Ik zorg voor mijn partner. Wie helpt mij?",
    "Welke projecten zijn er over bewegen?",
    "Wie kan met mij meedenken over mijn zorg?",
)

LOCAL: Mapping[str, str] = {
    "eenzaamheid": "Waar kan ik in {place} andere mensen ontmoeten?",
    "geldzorgen": "Wie helpt mij in {place} met geldzorgen?",
    "mantelzorg": "Ik zorg voor mijn partner in {place}. Wie helpt mij?",
    "taal-en-digitaal": "Waar leer ik in {place} omgaan met de computer?",
    "jeugd-en-opvoeden": "Waar kan ik in {place} terecht met vragen over opvoeden?",
    "vervoer": "Is er in {place} vervoer als ik zelf niet kan rijden?",
    "clientondersteuning": "Wie denkt in {place} met mij mee over mijn zorg?",
    "bewegen-en-leefstijl": "Waar kan ik in {place} samen bewegen?",
    "dementie": "Welke hulp is er in {place} bij dementie?",
}
"""By topic, the most asked first; only asked of a municipality that has help of its own for it."""

PROJECTS = "Welke projecten zijn er in {place}?"
OF_THEME = ("Wat houdt het thema {theme} in?", "Welke projecten horen bij {theme}?")


async def starters(assistant: Assistant, municipality: str | None, theme: str | None = None) -> tuple[str, ...]:
    """Six questions that our sources answer, the nearest to what was chosen first."""
    of_theme = [question.format(theme=theme) for question in OF_THEME] if theme else []
    local = await local_starters(assistant, municipality) if municipality else []
    return tuple([*of_theme, *local, *GENERAL][:COUNT])


async def local_starters(assistant: Assistant, municipality: str) -> list[str]:
    """Questions about one municipality; none while the index is away."""
    here = (municipality,)
    try:
        topics = await assistant.facets("topics", Filter(here, kinds=tuple(kind.value for kind in HELP_KINDS)))
        kinds = await assistant.facets("kind", Filter(here))
    except StoreError:
        return []
    help_here = [question for topic, question in LOCAL.items() if topics.get(topic)]
    projects = [PROJECTS] if kinds.get(Kind.PROJECT) else []
    return [question.format(place=municipality) for question in (*help_here[: COUNT - len(projects)], *projects)]
