"""The fields that a form, a query and a JSON body share, with their checks and the Dutch sentence when one fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from assistant.domain import COUNTRY, MUNICIPALITIES, PROVINCE, THEMES, TOPICS, Audience, Kind

AUDIENCES: tuple[Audience, ...] = ("inwoner", "professional")
T = TypeVar("T")


def one_of(noun: str, allowed: Sequence[str]) -> Callable[[object], str]:
    """A check that takes a word in any case and gives it as we write it; the error names all that is allowed."""
    by_folded = {word.casefold(): word for word in allowed}

    def check(value: object) -> str:
        word = by_folded.get(str(value).strip().casefold())
        if word is None:
            choices = ", ".join(allowed)
            raise PydanticCustomError("not_allowed", f"Dit is geen {noun} die we kennen. Kies uit: {choices}.")
        return word

    return check


def whole_text(value: str) -> str:
    """Refuses half a character (a lone surrogate): JSON can hold it, but it can be neither stored nor sent."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise PydanticCustomError("broken_text", "Je tekst bevat een teken dat we niet kunnen lezen. Typ hem opnieuw.")
    return value


def not_blank(value: str) -> str:
    """Refuses a question without a word in it."""
    if not any(character.isalnum() for character in value):
        raise PydanticCustomError(
            "empty_question", "Je hebt nog geen vraag getypt. Typ je vraag in je eigen woorden en verstuur hem dan."
        )
    return value


def blank_as_none(value: object) -> object:
    """A form sends an empty field where nothing was chosen."""
    return None if isinstance(value, str) and not value.strip() else value


def allowed(words: Sequence[str]) -> dict[str, list[str]]:
    """For the API documentation."""
    return {"enum": list(words)}


BlankAsNone = BeforeValidator(blank_as_none)
PLACES = (*MUNICIPALITIES, PROVINCE, COUNTRY)
KINDS = tuple(kind.value for kind in Kind)

MunicipalityName = Annotated[
    str, AfterValidator(one_of("gemeente", MUNICIPALITIES)), Field(json_schema_extra=allowed(MUNICIPALITIES))
]
PlaceName = Annotated[str, AfterValidator(one_of("gemeente", PLACES)), Field(json_schema_extra=allowed(PLACES))]
ThemeName = Annotated[str, AfterValidator(one_of("thema", THEMES)), Field(json_schema_extra=allowed(THEMES))]
TopicName = Annotated[str, AfterValidator(one_of("onderwerp", TOPICS)), Field(json_schema_extra=allowed(TOPICS))]
KindName = Annotated[str, AfterValidator(one_of("soort", KINDS)), Field(json_schema_extra=allowed(KINDS))]
AudienceName = Annotated[
    Audience, BeforeValidator(one_of("doelgroep", AUDIENCES)), Field(json_schema_extra=allowed(AUDIENCES))
]
WholeText = Annotated[str, AfterValidator(whole_text)]
QuestionText = Annotated[WholeText, AfterValidator(not_blank)]

ChosenMunicipality = Annotated[MunicipalityName | None, BlankAsNone]
ChosenAudience = Annotated[AudienceName | None, BlankAsNone]
ConversationId = Annotated[UUID | None, BlankAsNone]
