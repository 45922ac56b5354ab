"""The conversation page. Every form works without JavaScript; htmx only saves the reload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.domain import Question
from assistant.rules.matching import find_crisis
from web.asking import ask
from web.assets import FOR_EVER
from web.choices import Choice, EraseForm, QuestionForm
from web.drafting import Drafting
from web.human import desk_of
from web.kept_turns import KeptTurn
from web.parts import Parts, WithParts
from web.problems import Problem
from web.security import refuse_other_sites
from web.sites import known_site
from web.starters import starters
from web.streaming import stream, wants_stream

router = APIRouter(include_in_schema=False)


@router.get("/")
async def get_home(choice: Annotated[Choice, Query()], parts: WithParts, gewist: bool = False) -> HTMLResponse:
    """The conversation page before the first question; `gewist` after a conversation was erased."""
    return await show(parts, choice, is_erased=gewist)


@router.get("/gesprek/{conversation}")
async def get_conversation(conversation: UUID, choice: Annotated[Choice, Query()], parts: WithParts) -> HTMLResponse:
    """The conversation so far."""
    return await show(parts, choice, conversation, await kept(parts, conversation))


@router.post("/vraag")
async def post_question(form: Annotated[QuestionForm, Form()], request: Request, parts: WithParts) -> Response:
    """Answers a question: as events for our script, as a fragment for htmx, else by going to the conversation page."""
    if not find_crisis(form.question):  # somebody in danger is answered, wherever the form stands
        refuse_other_sites(request)
    question = Question(form.question, form.gemeente, form.ik_ben)
    site = known_site(form.site, parts.settings) if form.kader else ""
    if wants_stream(request):
        drafting = Drafting(parts.templates, form, question, lambda turn: added(parts, form, turn))
        return await stream(parts, request, question, form.gesprek, drafting.event, site)
    turn = await ask(parts, request, question, form.gesprek, site)
    address = form.address(turn.conversation)
    if request.headers.get("HX-Request"):
        fragment = await added(parts, form, turn)
        if turn.saved:
            fragment.headers["HX-Replace-Url"] = address
        return fragment
    if not turn.saved:  # there is no conversation to go to, but the answer must be seen
        return await show(parts, form, turn.conversation, [turn])
    return RedirectResponse(f"{address}#antwoord-{turn.anchor}", status_code=303)


@router.get("/gesprek/{conversation}/beurt/{id}")
async def get_turn(conversation: UUID, id: UUID, choice: Annotated[Choice, Query()], parts: WithParts) -> HTMLResponse:
    """One finished turn as a fragment, for who lost the connection while it was written."""
    turn = await parts.conversations.turn(conversation, id)
    if turn is None:
        raise Problem(404, "Dit antwoord is er niet, of nog niet.")
    fragment = await added(parts, choice, turn)
    fragment.headers["HX-Replace-Url"] = choice.address(conversation)
    return fragment


@router.get("/keuze")
async def get_choice(choice: Annotated[Choice, Query()], parts: WithParts) -> HTMLResponse:
    """What changes on the page with another municipality, for htmx: the starter questions and the desk."""
    return parts.templates.render("parts/chosen.html", **await around(parts, choice))


@router.post("/wissen", dependencies=[Depends(refuse_other_sites)])
async def post_erase(form: Annotated[EraseForm, Form()], parts: WithParts) -> Response:
    """Erases the conversation, and leaves to an ordinary page when asked (`weg`)."""
    is_erased = form.gesprek is None or await parts.conversations.erase(form.gesprek)
    parts.refreshing.erased()
    if form.weg:  # whoever must leave now is not stopped by a failure
        return RedirectResponse(parts.settings.exit_url, status_code=303)
    if not is_erased:
        raise Problem(503, "Het wissen lukt nu niet. Probeer het over een paar minuten nog eens.")
    return RedirectResponse(form.address(None, gewist="1"), status_code=303)


@router.get("/static/{digest}/{name}")
async def get_asset(digest: str, name: str, parts: WithParts) -> Response:
    """A static file. An address with another digest is from before an update, and is not kept."""
    asset = parts.assets.get(name)
    if asset is None:
        raise Problem(404)
    headers = {"Cache-Control": FOR_EVER} if digest == asset.digest else {}
    return Response(asset.content, media_type=asset.media_type, headers=headers)


async def kept(parts: Parts, conversation: UUID) -> list[KeptTurn]:
    """The turns of a conversation. Raises `Problem` 404 when there are none (any more)."""
    turns = await parts.conversations.turns(conversation)
    if not turns:
        detail = "Dit gesprek is er niet meer. Het is gewist, of het is te oud. Je kunt een nieuw gesprek beginnen."
        raise Problem(404, detail)
    return turns


async def show(
    parts: Parts,
    choice: Choice,
    conversation: UUID | None = None,
    turns: Sequence[KeptTurn] = (),
    *,
    template: str = "conversation.html",
    **values: Any,
) -> HTMLResponse:
    """The conversation page, or another `template` that shows a conversation."""
    values = {"is_erased": False, **await around(parts, choice, conversation, turns), **values}
    return parts.templates.render(template, **values)


async def added(parts: Parts, choice: Choice, turn: KeptTurn) -> HTMLResponse:
    """A finished turn and what changes around it, as htmx adds them to the page."""
    return parts.templates.render("parts/added.html", **await around(parts, choice, turn.conversation, [turn]))


async def around(
    parts: Parts, choice: Choice, conversation: UUID | None = None, turns: Sequence[KeptTurn] = ()
) -> dict[str, Any]:
    """The turns and what stands around them: the choice, the place it is about, its desk, and starter questions."""
    place = choice.gemeente or (turns[-1].answer["municipality"] if turns else None)
    return {
        "turns": turns,
        "choice": choice,
        "conversation": conversation,
        "place": place,
        "desk": await desk_of(parts.assistant, place),
        "starters": () if turns else await starters(parts.assistant, choice.gemeente, choice.thema),
    }
