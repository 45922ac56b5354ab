"""Markewijzer as a model with the interface of OpenAI, so that an assistant of somebody else can ask us."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT
from pydantic import BaseModel, Field, field_validator

from assistant.domain import Question
from assistant.streaming import CheckedSentence
from web.asking import admit_visitor, answered
from web.earlier import Said
from web.fields import BlankAsNone, ChosenAudience, ChosenMunicipality, WholeText, not_blank
from web.kept_turns import KeptTurn
from web.parts import Parts, WithParts, parts_of
from web.problems import Problem, openai_error
from web.streaming import HEADERS, Begun, Waiting, Watched, watch
from web.written import left_over, written_out

router = APIRouter(prefix="/v1", include_in_schema=False)

MODEL = "markewijzer"
BEGAN = 1_763_769_600
"""A moment, which the list of models must have; it means nothing here."""


def holder_of_key(request: Request) -> str:
    """Who asks. Raises `Problem` 404 when this is off, and 401 without a key."""
    return parts_of(request).api_keys.holder(request)


WithKey = Annotated[str, Depends(holder_of_key)]


class TextPart(BaseModel):
    """A part of a message; pictures and sounds we cannot read."""

    type: Literal["text"]
    text: WholeText


class Message(BaseModel):
    """One message of the conversation. Instructions of others (`system`) are not followed: our sources decide."""

    role: str
    content: WholeText | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """All its words."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a program may want in a stream."""

    include_usage: bool | None = False


class Metadata(BaseModel):
    """What the visitor chose next to the question."""

    municipality: ChosenMunicipality = None
    audience: ChosenAudience = None


class ChatBody(BaseModel):
    """A request for the next message; what makes no sense here, such as a temperature, is left unread."""

    messages: list[Message] = Field(min_length=1)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    metadata: Annotated[Metadata | None, BlankAsNone] = None

    @field_validator("messages")
    @classmethod
    def ends_with_a_question(cls, messages: list[Message]) -> list[Message]:
        """The last message must be somebody's question."""
        not_blank(messages[-1].text if messages[-1].role == "user" else "")
        return messages

    @property
    def question(self) -> Question:
        """The question that is asked now."""
        chosen = self.metadata or Metadata()
        return Question(self.messages[-1].text, chosen.municipality, chosen.audience)

    @property
    def talk(self) -> list[Said]:
        """What was said before, in pairs of a question and its reply."""
        before = [message for message in self.messages[:-1] if message.role in {"user", "assistant"}]
        pairs = (pair for pair in pairwise(before) if [message.role for message in pair] == ["user", "assistant"])
        return [Said(one.text, other.text) for one, other in pairs]


@router.get("/models")
async def get_models(holder: WithKey) -> JSONResponse:
    """The one model that we are."""
    model = {"id": MODEL, "object": "model", "created": BEGAN, "owned_by": MODEL}
    return JSONResponse({"object": "list", "data": [model]})


@router.post("/chat/completions")
async def post_chat(body: ChatBody, holder: WithKey, parts: WithParts) -> Response:
    """The next message: an answer with its hulpkaarten and sources written out, as a whole or in pieces."""
    question = await admit_visitor(parts.api_rate_limit, holder, body.question)
    conversation, history = parts.earlier.recall(holder, body.talk)
    chat = Chat(parts, holder, question)
    if body.stream:
        watched = watch(parts, question, conversation, history)
        with_usage = bool(body.stream_options and body.stream_options.include_usage)
        return StreamingResponse(chat.chunks(watched, with_usage), media_type="text/event-stream", headers=HEADERS)
    turn = await answered(parts, question, conversation, history=history)
    return JSONResponse(await chat.completion(turn))


class Chat:
    """One question of a program, answered in its format."""

    def __init__(self, parts: Parts, holder: str, question: Question) -> None:
        self._parts = parts
        self._holder = holder
        self._question = question.text
        self._created = int(time.time())

    async def completion(self, turn: KeptTurn) -> dict[str, Any]:
        """The whole message. `markewijzer` has the object of our own API."""
        content = written_out(turn.answer)
        await self._remember(turn, content)
        choice = {"message": {"role": "assistant", "content": content, "refusal": None}}
        return self._head("chat.completion", turn.id, choice, "stop") | {"usage": NO_TOKENS, "markewijzer": turn.answer}

    async def chunks(self, watched: AsyncIterator[Watched], with_usage: bool) -> AsyncIterator[bytes]:
        """The message in pieces, each as soon as it is there."""
        told, id = "", None
        async for event in watched:
            match event:
                case Begun():
                    id = event.turn
                    yield self._chunk(id, {"role": "assistant", "content": ""})
                case CheckedSentence():
                    told += event.before + event.text
                    yield self._chunk(id, {"content": event.before + event.text})
                case Waiting():
                    yield KEEPALIVE_COMMENT
                case KeptTurn():
                    rest = left_over(event.answer, told)
                    await self._remember(event, told + rest)
                    yield self._chunk(id, {"content": rest})
                    yield self._chunk(id, {}, "stop", markewijzer=event.answer)
                    if with_usage:
                        yield data(self._head("chat.completion.chunk", id, None) | {"usage": NO_TOKENS})
                case Problem():
                    yield data(openai_error(event))
        yield b"data: [DONE]\n\n"

    async def _remember(self, turn: KeptTurn, content: str) -> None:
        if exchanges := await self._parts.conversations.history(turn.conversation):
            self._parts.earlier.remember(self._holder, Said(self._question, content), turn.conversation, exchanges[-1])

    def _chunk(self, id: UUID | None, delta: dict[str, str], reason: str | None = None, **more: Any) -> bytes:
        return data(self._head("chat.completion.chunk", id, {"delta": delta}, reason) | more)

    def _head(
        self, kind: str, id: UUID | None, choice: dict[str, Any] | None, reason: str | None = None
    ) -> dict[str, Any]:
        choices = [{"index": 0, "logprobs": None, "finish_reason": reason, **choice}] if choice else []
        return {"id": f"chatcmpl-{id}", "object": kind, "created": self._created, "model": MODEL, "choices": choices}


NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""We count questions and not tokens."""


def data(value: dict[str, Any]) -> bytes:
    """One event without a name, as clients of OpenAI read it."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
