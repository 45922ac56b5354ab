"""What programs send to the API and get back from it (DESIGN: contracts); the OpenAPI document follows from this."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain import Filter, Outcome
from web.fields import (
    AudienceName,
    BlankAsNone,
    ChosenAudience,
    ChosenMunicipality,
    KindName,
    PlaceName,
    QuestionText,
    ThemeName,
    TopicName,
    WholeText,
)


class Body(BaseModel):
    """Unknown fields are refused: a misspelt filter would otherwise seem to work."""

    model_config = ConfigDict(extra="forbid")


class AskBody(Body):
    """Een vraag."""

    question: QuestionText = Field(description="De vraag, in gewone taal.", examples=["Wie helpt mij met geldzorgen?"])
    municipality: ChosenMunicipality = Field(
        None, description="Een van de twaalf Drentse gemeenten.", examples=["Emmen"]
    )
    audience: ChosenAudience = Field(None, description="Voor wie het antwoord is.")
    conversation: UUID | None = Field(None, description="Het gesprek waar deze vraag bij hoort; leeg voor een nieuw.")


class SearchQuery(Body):
    """Waarop je zoekt; een leeg veld beperkt niet."""

    q: WholeText = Field(
        "", max_length=2000, description="Zoekwoorden; leeg geeft alle bronnen die door het filter komen."
    )
    municipality: Annotated[PlaceName | None, BlankAsNone] = Field(None, description="Voor welke gemeente of streek.")
    theme: Annotated[ThemeName | None, BlankAsNone] = Field(None, description="Een van de zes thema's.")
    topic: Annotated[TopicName | None, BlankAsNone] = Field(None, description="Een onderwerp.")
    kind: Annotated[KindName | None, BlankAsNone] = Field(None, description="Het soort bron.")
    audience: Annotated[AudienceName | None, BlankAsNone] = Field(None, description="Voor wie de bron is.")
    limit: int = Field(20, ge=1, le=100, description="Hoeveel bronnen je terugkrijgt.")
    offset: int = Field(0, ge=0, description="Hoeveel bronnen je overslaat.")

    def as_filter(self) -> Filter:
        """The filter for a search."""
        chosen = {
            "municipalities": self.municipality,
            "themes": self.theme,
            "topics": self.topic,
            "kinds": self.kind,
            "audiences": self.audience,
        }
        return Filter(**{name: (value,) for name, value in chosen.items() if value})


class CitationBody(Body):
    """De bron achter een [n] in het antwoord."""

    number: int
    source: str
    title: str
    publisher: str
    url: str
    quote: str = Field(description="De letterlijke passage.")
    link: str = Field(description="Adres dat naar de passage zelf springt.")
    source_date: str | None = Field(description="JJJJ, JJJJ-MM of JJJJ-MM-DD.")
    checked: str
    stale: bool


class ContactBody(Body):
    """Hoe je iemand bereikt, zoals de bron het geeft."""

    phone: str | None
    email: str | None
    address: str | None
    website: str | None
    opening_hours: str | None
    costs: str | None


class CardBody(ContactBody):
    """Een hulpkaart."""

    source: str
    title: str
    organisation: str | None
    summary: str
    municipalities: list[str]
    citation: int
    source_date: str | None = Field(description="JJJJ, JJJJ-MM of JJJJ-MM-DD.")
    stale: bool = Field(description="Ouder dan twee jaar: bel eerst even.")


class SelectionBody(Body):
    """Hoe je dezelfde lijst in de zoekpagina of de zoek-API ziet en verder filtert."""

    query: str
    municipality: str | None
    theme: str | None
    topic: str | None
    kind: str | None
    total: int


class AnswerBody(Body):
    """Een antwoord met bronnen."""

    conversation: UUID
    turn: UUID
    outcome: Outcome
    text: str = Field(description="Markdown met [1] als verwijzing.")
    citations: list[CitationBody]
    cards: list[CardBody]
    suggestions: list[str]
    short_text: str = Field(description="Hetzelfde in minder en makkelijker woorden; leeg bij een vaste tekst.")
    selection: SelectionBody | None = Field(description="Bij een lijst: waarmee je hem opnieuw vindt.")
    municipality: str | None
    language: str
    engine: str
    milliseconds: float


class ResultBody(Body):
    """Een gevonden bron."""

    source: str
    title: str
    kind: str
    summary: str
    url: str
    municipalities: list[str]
    themes: list[str]
    topics: list[str]
    score: float | None


class SearchBody(Body):
    """Gevonden bronnen."""

    total: int
    results: list[ResultBody]


class SourceBody(Body):
    """Een bron."""

    id: str
    title: str
    kind: str
    organisation: str | None
    summary: str
    text: str
    url: str
    url_title: str
    publisher: str
    municipalities: list[str]
    themes: list[str]
    topics: list[str]
    audience: list[str]
    contact: ContactBody
    source_date: str | None
    checked: str


class ProblemBody(BaseModel):
    """Een fout (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="Wat er mis is en wat je kunt doen, in het Nederlands.")
