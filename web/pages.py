"""The pages for residents and professionals. Every form works without JavaScript; htmx only saves the reload."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, model_validator

from assistant.domain import Audience, Question
from web.asking import ask
from web.assets import FOR_EVER
from web.fields import ChosenAudience, ChosenMunicipality, ConversationId, WholeText, not_blank
from web.kept_turns import KeptTurn
from web.parts import Parts, WithParts
from web.problems import Problem

router = APIRouter(include_in_schema=False)

STARTERS = (
    "Wat is Gezonde Marke?",
    "Waar kan ik andere mensen ontmoeten?",
    "Wie helpt mij met geldzorgen?",
    "Ik zorg voor mijn partner. Wie helpt mij?",
    "Welke projecten zijn er over bewegen?",
    "Wie kan met mij meedenken over mijn zorg?",
)


class Choice(BaseModel):
    """What a visitor chose next to the question; it travels in the form and in the address."""

    gemeente: ChosenMunicipality = None
    ik_ben: ChosenAudience = None

    def as_query(self) -> str:
        """The choice as the end of an address."""
        chosen = {name: value for name, value in (("gemeente", self.gemeente), ("ik_ben", self.ik_ben)) if value}
        return f"?{urlencode(chosen)}" if chosen else ""


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


@router.get("/")
async def get_home(choice: Annotated[Choice, Query()], parts: WithParts) -> HTMLResponse:
    """The conversation page before the first question."""
    return show(parts, choice, None, [])


@router.get("/gesprek/{conversation}")
async def get_conversation(conversation: UUID, choice: Annotated[Choice, Query()], parts: WithParts) -> HTMLResponse:
    """The conversation so far."""
    turns = await parts.conversations.turns(conversation)
    if not turns:
        raise Problem(404, "Dit gesprek is er niet meer. We bewaren een gesprek vier weken.")
    return show(parts, choice, conversation, turns)


@router.post("/vraag")
async def post_question(form: Annotated[QuestionForm, Form()], request: Request, parts: WithParts) -> Response:
    """Answers a question: as a fragment for htmx, else by going to the conversation page."""
    audience: Audience | None = form.ik_ben
    turn = await ask(parts, request, Question(form.question, form.gemeente, audience), form.gesprek)
    address = f"/gesprek/{turn.conversation}{form.as_query()}"
    if request.headers.get("HX-Request"):
        fragment = parts.templates.render("parts/added.html", turn=turn, choice=form, conversation=turn.conversation)
        if turn.saved:
            fragment.headers["HX-Replace-Url"] = address
        return fragment
    if not turn.saved:  # there is no conversation to go to, but the answer must be seen
        return show(parts, form, turn.conversation, [turn])
    return RedirectResponse(f"{address}#antwoord-{turn.anchor}", status_code=303)


@router.get("/bron/{id}")
async def get_source(id: str, parts: WithParts) -> HTMLResponse:
    """All that we know of one source."""
    source = await parts.assistant.source(id)
    if source is None:
        raise Problem(404, "Deze bron kennen we niet (meer). Stel je vraag opnieuw, dan zoeken we wat er nu is.")
    return parts.templates.render("source.html", source=source)


@router.get("/static/{digest}/{name}")
async def get_asset(digest: str, name: str, parts: WithParts) -> Response:
    """A static file. An address with another digest is from before an update, and is not kept."""
    asset = parts.assets.get(name)
    if asset is None:
        raise Problem(404)
    headers = {"Cache-Control": FOR_EVER} if digest == asset.digest else {}
    return Response(asset.content, media_type=asset.media_type, headers=headers)


def show(parts: Parts, choice: Choice, conversation: UUID | None, turns: list[KeptTurn]) -> HTMLResponse:
    """The conversation page."""
    return parts.templates.render(
        "conversation.html", choice=choice, conversation=conversation, turns=turns, starters=STARTERS
    )
