"""‘Hielp dit antwoord?’ and ‘Klopt dit niet?’: a form in the page, a page without JavaScript, and a call of the API."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from web.api import answer, errors
from web.asking import hold_to_rate
from web.bodies import Body
from web.choices import Choice
from web.database import AWAY
from web.fields import BlankAsNone, ConversationId, WholeText, blank_as_none
from web.parts import Parts, WithParts
from web.problems import Problem
from web.rate_limit import visitor_of
from web.security import refuse_other_sites

LONGEST = 1000
"""Characters of a reason; the form stops there too."""

Words = Annotated[Annotated[WholeText, Field(max_length=LONGEST)] | None, BeforeValidator(blank_as_none)]

router = APIRouter(include_in_schema=False, dependencies=[Depends(refuse_other_sites)])
api = APIRouter(prefix="/api/v1", tags=["Markewijzer"])


class RatingForm(Choice):
    """Whether an answer helped, with a reason if the visitor wants to give one."""

    beurt: UUID
    gesprek: UUID
    hielp: Literal["ja", "nee"]
    reden: Words = None


class ReportForm(Choice):
    """What is not right in a source: in one that an answer showed, or, without a turn, on its own page."""

    beurt: Annotated[UUID | None, BlankAsNone] = None
    gesprek: ConversationId = None
    bron: Annotated[WholeText, Field(min_length=1, max_length=200)]
    tekst: Words = None


class FeedbackBody(Body):
    """Een oordeel over een antwoord (`helped`), of een melding over een bron ervan (`source`)."""

    turn: UUID = Field(description="De beurt, zoals die in het antwoord staat.")
    helped: bool | None = Field(None, description="Of het antwoord hielp.")
    reason: Words = Field(None, description="Waarom wel of niet.")
    source: Annotated[WholeText, Field(max_length=200)] | None = Field(None, description="De bron die niet klopt.")
    text: Words = Field(None, description="Wat er niet klopt.")

    @model_validator(mode="after")
    def check_one(self) -> FeedbackBody:
        """A rating or a report, not both and not neither."""
        if (self.helped is None) == (self.source is None):
            raise PydanticCustomError("one_of_two", "Stuur óf ‘helped’, óf ‘source’.")
        return self


class StoredBody(BaseModel):
    """Dat het bewaard is."""

    stored: Literal[True]


@router.post("/oordeel")
async def post_rating(form: Annotated[RatingForm, Form()], request: Request, parts: WithParts) -> HTMLResponse:
    """Keeps whether the answer helped, and thanks; the thanks have room for a reason while there is none."""
    await slow_down(parts, request)
    await rate(parts, form.beurt, form.hielp == "ja", form.reden)
    return thank(parts, request, form, "parts/rated.html")


@router.post("/melding")
async def post_report(form: Annotated[ReportForm, Form()], request: Request, parts: WithParts) -> HTMLResponse:
    """Keeps that something in a source is not right, and thanks."""
    await slow_down(parts, request)
    if form.beurt is None:
        await report_page(parts, form.bron, form.tekst)
    else:
        await report(parts, form.beurt, form.bron, form.tekst)
    return thank(parts, request, form, "parts/reported.html")


@api.post(
    "/feedback",
    summary="Geef een oordeel of een melding",
    responses={**answer(StoredBody), **errors(404, 413, 422, 429, 503)},
)
async def post_feedback(body: FeedbackBody, request: Request, parts: WithParts) -> JSONResponse:
    """Bewaart of een antwoord hielp, of dat een bron niet klopt. Persoonsgegevens halen we uit de tekst."""
    await slow_down(parts, request)
    if body.source is not None:
        await report(parts, body.turn, body.source, body.text)
    else:
        await rate(parts, body.turn, bool(body.helped), body.reason)
    return JSONResponse({"stored": True})


async def slow_down(parts: Parts, request: Request) -> None:
    """Holds feedback to a rate of its own, so that it never keeps a question waiting."""
    visitor = f"feedback of {visitor_of(request)}"
    await hold_to_rate(parts.rate_limit, visitor, "Je stuurt veel achter elkaar", "probeer het dan opnieuw")


async def rate(parts: Parts, turn: UUID, helped: bool, reason: str | None) -> None:
    """Keeps a rating. Raises `Problem` 404 or 503 when it was not kept."""
    await keep(parts.feedback.rate(turn, helped, reason))
    parts.metrics.feedback("helped" if helped else "did not help")


async def report(parts: Parts, turn: UUID, source: str, text: str | None) -> None:
    """Keeps a report. Raises `Problem` 404 or 503 when it was not kept."""
    await keep(parts.feedback.report(turn, source, text))
    parts.metrics.feedback("report")


async def report_page(parts: Parts, source: str, text: str | None) -> None:
    """Keeps a report from the page of a source. Raises `Problem` 404, 429 or 503 when it was not kept."""
    if source not in (await parts.catalogue.collection()).by_id:
        raise Problem(404, "We konden dit niet bewaren, want deze bron is er niet meer.")
    if not await stored(parts.feedback.report_page(source, text)):
        raise Problem(429, "Over deze bron kwamen vandaag al veel meldingen binnen. De redactie kijkt ernaar.")
    parts.metrics.feedback("report")


async def keep(storing: Awaitable[bool]) -> None:
    """Raises `Problem` 404 when there is nothing to store this with, and 503 when it cannot be stored now."""
    require(await stored(storing))


async def stored(storing: Awaitable[bool]) -> bool:
    """Whether it was stored. Raises `Problem` 503 when it cannot be stored now."""
    try:
        return await storing
    except AWAY as exc:
        detail = "We konden dit nu niet bewaren. Probeer het over een paar minuten nog eens."
        raise Problem(503, detail, headers={"Retry-After": "60"}) from exc


def require(is_stored: bool) -> None:
    """Raises `Problem` 404 when nothing was stored."""
    if not is_stored:
        detail = (
            "We konden dit niet bewaren, want het antwoord is er niet meer. Stel je vraag opnieuw en probeer het dan."
        )
        raise Problem(404, detail)


def thank(parts: Parts, request: Request, form: RatingForm | ReportForm, fragment: str) -> HTMLResponse:
    """The thanks: in place for htmx, else as a page with the way back."""
    if request.headers.get("HX-Request"):
        return parts.templates.render(fragment, form=form)
    back = way_back(form)
    template = "widget/thanks.html" if form.kader else "thanks.html"
    return parts.templates.render(template, form=form, fragment=fragment, back=back)


def way_back(form: RatingForm | ReportForm) -> str:
    """Where the form stood: at an answer, or on the page of a source."""
    if form.beurt is None:
        return f"/bron/{quote(form.bron, safe='')}"
    return form.address(form.gesprek) + f"#antwoord-{form.beurt.hex[:8]}"
