"""The five ways in which sources are divided, with the words that visitors read for each value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from assistant.domain import THEMES, TOPICS, Kind, Source
from web.fields import AUDIENCES, PLACES

KIND_LABELS: Mapping[str, str] = {
    Kind.SERVICE: "Diensten",
    Kind.HELPLINE: "Hulplijnen",
    Kind.REGULATION: "Regelingen",
    Kind.ORGANISATION: "Organisaties",
    Kind.PROJECT: "Projecten",
    Kind.FIGURE: "Cijfers",
    Kind.POLICY: "Beleid",
    Kind.NEWS: "Nieuws",
    Kind.THEME: "Thema’s",
}
AUDIENCE_LABELS: Mapping[str, str] = {"inwoner": "Voor inwoners", "professional": "Voor professionals"}
TOPIC_LABELS: Mapping[str, str] = {
    "clientondersteuning": "Cliëntondersteuning",
    "huisarts-en-ziekenhuis": "Huisarts en ziekenhuis",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide the sources. `name` stands in the address, `values` in the order in which we show them."""

    name: str
    label: str
    noun: str
    values: tuple[str, ...]
    of: Callable[[Source], Collection[str]]
    label_of: Callable[[str], str]


def topic_label(topic: str) -> str:
    """`bewegen-en-leefstijl` as ‘Bewegen en leefstijl’."""
    return TOPIC_LABELS.get(topic) or topic.replace("-", " ").capitalize()


def sentence_case(word: str) -> str:
    """The word with a capital; names of places keep the ones they have."""
    return word[:1].upper() + word[1:]


FACETS: tuple[Facet, ...] = (
    Facet("gemeente", "Gemeente", "gemeente", PLACES, lambda s: s.municipalities, sentence_case),
    Facet("thema", "Thema", "thema", THEMES, lambda s: s.themes, sentence_case),
    Facet("onderwerp", "Onderwerp", "onderwerp", TOPICS, lambda s: s.topics, topic_label),
    Facet("soort", "Soort", "soort", tuple(KIND_LABELS), lambda s: (s.kind.value,), lambda v: KIND_LABELS[v]),
    Facet("doelgroep", "Doelgroep", "doelgroep", AUDIENCES, lambda s: s.audience, lambda v: AUDIENCE_LABELS[v]),
)
