"""What a visitor chose next to the question: it travels in the form and in the address, never in a cookie."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from web.fields import (
    BlankAsNone,
    ChosenAudience,
    ChosenMunicipality,
    ConversationId,
    ThemeName,
    WholeText,
    not_blank,
)

Frame = Annotated[Literal["widget"] | None, BlankAsNone]


class Choice(BaseModel):
    """The municipality, the audience and the theme; and the frame: the whole window, or the widget on `site`."""

    gemeente: ChosenMunicipality = None
    ik_ben: ChosenAudience = None
    thema: Annotated[ThemeName | None, BlankAsNone] = None
    kader: Frame = None
    site: Annotated[str, Field(max_length=300)] = ""

    def address(self, conversation: UUID | None, **more: str) -> str:
        """Where a conversation, or the beginning of one, is shown in this frame."""
        if self.kader:
            own = {"gesprek": str(conversation)} if conversation else {}
            return f"/widget?{urlencode({**own, **self.chosen(), **more, 'site': self.site})}"
        query = urlencode({**self.chosen(), **more})
        path = f"/gesprek/{conversation}" if conversation else "/"
        return f"{path}?{query}" if query else path

    def chosen(self) -> dict[str, str]:
        """The choices that were made, under the names that they have in an address."""
        named = {"gemeente": self.gemeente, "ik_ben": self.ik_ben, "thema": self.thema}
        return {name: value for name, value in named.items() if value}


class QuestionForm(Choice):
    """The question form. `gekozen` is the question on the button that was pressed, and then goes before `vraag`."""

    vraag: WholeText = ""
    gekozen: WholeText = ""
    gesprek: ConversationId = None

    @model_validator(mode="after")
    def check_question(self) -> QuestionForm:
        """One of the two must say something."""
        not_blank(self.question)
        return self

    @property
    def question(self) -> str:
        """The question that is asked."""
        return self.gekozen or self.vraag


class EraseForm(Choice):
    """Which conversation to erase; `weg` leaves the site as well."""

    gesprek: ConversationId = None
    weg: bool = False
