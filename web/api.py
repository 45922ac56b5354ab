"""The JSON API for other programs (DESIGN: contracts)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from assistant.domain import Question
from assistant.presentation import passage_as_json, search_result_as_json, source_as_json
from web.asking import admit_search, ask
from web.bodies import AnswerBody, AskBody, ProblemBody, SearchBody, SearchQuery, SourceBody
from web.parts import Parts, WithParts
from web.problems import TITLES, Problem
from web.streaming import event_for_programs, stream, wants_stream

SEARCHED = 100
"""Sources that a search by words looks at; a list by filter has no such limit."""


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": ProblemBody.model_json_schema()}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}


def answer(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """What a route answers when all is well, for the OpenAPI document."""
    return {200: {"description": "Gelukt", "model": model}}


router = APIRouter(prefix="/api/v1", tags=["Markewijzer"])


@router.post("/ask", summary="Stel een vraag", responses={**answer(AnswerBody), **errors(413, 422, 429)})
async def post_ask(body: AskBody, request: Request, parts: WithParts) -> Response:
    """Geeft een antwoord met bronnen. Persoonsgegevens worden niet bewaard.

    Met `Accept: text/event-stream` komt het antwoord in stukken: `begin` (conversation en turn), `progress` (text),
    `sentence` (text, en before: wat ertussen staat) en aan het einde `answer`, het hele antwoord, of `problem`.
    """
    question = Question(body.question, body.municipality, body.audience)
    if wants_stream(request):
        return await stream(parts, request, question, body.conversation, event_for_programs)
    kept = await ask(parts, request, question, body.conversation)
    return JSONResponse(kept.answer)


@router.get(
    "/conversations/{conversation}/turns/{turn}",
    summary="Haal een antwoord op",
    responses={**answer(AnswerBody), **errors(404, 422, 503)},
)
async def get_turn(conversation: UUID, turn: UUID, parts: WithParts) -> JSONResponse:
    """Geeft een antwoord dat af is; bijvoorbeeld als de verbinding wegviel."""
    kept = await parts.conversations.turn(conversation, turn)
    if kept is None:
        raise Problem(404, "Dit antwoord is er niet, of nog niet.")
    return JSONResponse(kept.answer)


@router.get("/search", summary="Zoek bronnen", responses={**answer(SearchBody), **errors(422, 429, 503)})
async def get_search(query: Annotated[SearchQuery, Query()], request: Request, parts: WithParts) -> JSONResponse:
    """Geeft de beste bronnen bij je zoekwoorden, of alle bronnen van een gemeente, thema, onderwerp of soort."""
    await admit_search(parts, request, query.q)
    results = await find(parts, query)
    page = results[query.offset : query.offset + query.limit]
    return JSONResponse({"total": len(results), "results": page})


@router.get("/sources/{id}", summary="Haal een bron op", responses={**answer(SourceBody), **errors(404, 422, 503)})
async def get_source(id: str, parts: WithParts) -> JSONResponse:
    """Geeft alles wat we van een bron weten."""
    source = await parts.assistant.source(id)
    if source is None:
        raise Problem(404, "Deze bron kennen we niet. Zoek hem op met ‘/api/v1/search’.")
    return JSONResponse(source_as_json(source))


async def find(parts: Parts, query: SearchQuery) -> list[dict[str, Any]]:
    """The results for a query: best first, or by title when there are no words to search for."""
    if not query.q.strip():
        return [search_result_as_json(source, None) for source in await parts.assistant.sources(query.as_filter())]
    passages = await parts.assistant.search(query.q, SEARCHED, query.as_filter())
    return [passage_as_json(passage) for passage in passages]
