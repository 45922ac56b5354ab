"""Markewijzer as tools for another assistant (Model Context Protocol): over stdio, or behind `web.door`."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from typing import Annotated, Any, TypeVar
from uuid import uuid4

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from starlette.requests import Request

from assistant.domain import Filter, Question
from assistant.errors import StoreError
from assistant.presentation import passage_as_json, source_as_json
from web.asking import admit_visitor, answered, hold_to_rate
from web.bodies import AnswerBody, SearchBody, SourceBody
from web.fields import AudienceName, BlankAsNone, MunicipalityName, QuestionText, WholeText
from web.parts import Parts
from web.problems import DETAILS, Problem
from web.written import written_out

logger = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Markewijzer geeft antwoorden met bronnen over hulp, gezondheid en welzijn in de provincie Drenthe. "
    "Gebruik `vraag` voor een vraag van een inwoner of professional en geef het antwoord letterlijk door, met de "
    "bronnen erbij. Gebruik `zoek` en `bron` om zelf in de bronnen te kijken."
)
MOST_FOUND = 25

Municipality = Annotated[
    MunicipalityName | None, BlankAsNone, Field(description="Een van de twaalf Drentse gemeenten.")
]
Audience = Annotated[AudienceName | None, BlankAsNone, Field(description="Voor wie het antwoord is.")]
T = TypeVar("T")
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class Tools:
    """What another assistant may do with us. A tool that fails says so in Dutch."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def vraag(
        self,
        vraag: Annotated[QuestionText, Field(description="De vraag, in gewone taal.")],
        context: Context[Any, Request],
        gemeente: Municipality = None,
        ik_ben: Audience = None,
    ) -> Annotated[CallToolResult, AnswerBody]:
        """Beantwoordt een vraag over hulp, gezondheid en welzijn in Drenthe, met bronnen en hulpkaarten."""
        question = Question(vraag, gemeente, ik_ben)
        if holder := self._holder(context):
            question = await told(admit_visitor(self._parts.api_rate_limit, holder, question))
        turn = await told(answered(self._parts, question, uuid4(), history=()))
        return result(written_out(turn.answer), turn.answer)

    async def zoek(
        self,
        woorden: Annotated[WholeText, Field(description="Zoekwoorden.", min_length=1, max_length=2000)],
        context: Context[Any, Request],
        gemeente: Municipality = None,
        hoeveel: Annotated[int, Field(description="Hoeveel bronnen je terugkrijgt.", ge=1, le=MOST_FOUND)] = 10,
    ) -> Annotated[CallToolResult, SearchBody]:
        """Zoekt de beste bronnen bij zoekwoorden. Haal met `bron` op wat erin staat."""
        await self._hold_back(context)
        filter = Filter(municipalities=(gemeente,) if gemeente else ())
        passages = await told(self._parts.assistant.search(woorden, hoeveel, filter))
        found = [passage_as_json(passage) for passage in passages]
        lines = [f"- `{one['source']}`: [{one['title']}](<{one['url']}>). {one['summary']}" for one in found]
        return result("\n".join(lines) or "Niets gevonden.", {"total": len(found), "results": found})

    async def bron(
        self,
        id: Annotated[WholeText, Field(description="De id van de bron, zoals `zoek` of `vraag` hem geeft.")],
        context: Context[Any, Request],
    ) -> Annotated[CallToolResult, SourceBody]:
        """Geeft alles wat we van een bron weten, met de tekst, de contactgegevens en hoe oud het is."""
        await self._hold_back(context)
        source = await told(self._parts.assistant.source(id))
        if source is None:
            raise ToolError("Deze bron kennen we niet. Zoek hem op met `zoek`.")
        head = f"# {source.title}\n\n{source.publisher}, {source.url}, gecontroleerd op {source.checked}"
        return result(f"{head}\n\n{source.text}", source_as_json(source))

    def _holder(self, context: Context[Any, Request]) -> str | None:
        """Whose key it is; None for whoever started us on this computer, who has no limit."""
        request = context.request_context.request
        return self._parts.api_keys.holder(request) if request else None

    async def _hold_back(self, context: Context[Any, Request]) -> None:
        if holder := self._holder(context):
            limit = self._parts.api_rate_limit
            await told(hold_to_rate(limit, holder, "Je vraagt veel achter elkaar", "probeer het dan opnieuw"))


def mcp_server(parts: Parts) -> MCPServer[Any]:
    """The server with its three tools."""
    server: MCPServer[Any] = MCPServer(
        "markewijzer", title="Markewijzer", instructions=INSTRUCTIONS, log_level="WARNING"
    )
    tools = Tools(parts)
    for tool, title in (
        (tools.vraag, "Stel een vraag"),
        (tools.zoek, "Zoek bronnen"),
        (tools.bron, "Haal een bron op"),
    ):
        server.add_tool(tool, title=title, annotations=READS)
    return server


async def serve_on_stdio(parts: Parts) -> None:
    """The tools over standard input and output, until that closes."""
    try:
        await parts.assistant.start()
    except StoreError as exc:
        logger.warning("started without an index: %s", exc)
    try:
        await mcp_server(parts).run_stdio_async()
    finally:
        await parts.database.close()
        await parts.assistant.close()


async def told(work: Awaitable[T]) -> T:
    """What the work gives; what we can explain reaches the other assistant in words."""
    try:
        return await work
    except Problem as exc:
        raise ToolError(exc.detail) from exc
    except StoreError as exc:
        raise ToolError(DETAILS[503]) from exc


def result(text: str, structured: dict[str, Any]) -> CallToolResult:
    """The same for who reads text and for who reads an object."""
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)
