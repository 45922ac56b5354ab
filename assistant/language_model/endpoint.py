"""Any OpenAI-compatible endpoint, through LlamaIndex; the only module that speaks to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from typing import Any

from llama_index.core.llms import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike
from openai import BadRequestError, DefaultAsyncHttpxClient, UnprocessableEntityError

from assistant.errors import ModelUnavailable
from assistant.language_model import Prompt

logger = logging.getLogger(__name__)

CONTEXT = 8192
LONGEST_TOKEN = 12
"""Characters a token has at most on average; a server that goes on beyond `Prompt.tokens` is cut off there."""

FORM_REFUSED = (BadRequestError, UnprocessableEntityError)
"""How a server says that it knows no `response_format`."""


class EndpointModel:
    """Asks for JSON by a schema where the server can hold the model to one, and without it elsewhere."""

    def __init__(self, base_url: str, model: str, key: str = "", *, time_limit: float = 30.0) -> None:
        self.name = model
        self._time_limit = time_limit
        self._knows_schemas = True
        self._address = {"model": model, "api_base": base_url, "api_key": key or "none"}
        self._client = DefaultAsyncHttpxClient(timeout=time_limit)
        self._llm = self._speaking()

    def _speaking(self) -> OpenAILike:
        return OpenAILike(
            **self._address,
            is_chat_model=True,
            is_function_calling_model=False,
            context_window=CONTEXT,
            temperature=0.0,
            timeout=self._time_limit,
            max_retries=0,
            async_http_client=self._client,
        )

    async def close(self) -> None:
        """Closes the connections; a later prompt opens them again."""
        await self._client.aclose()

    async def write(self, prompt: Prompt, visitor: str = "") -> AsyncGenerator[str]:
        """The reply in pieces. Raises `ModelUnavailable`, also when it takes longer than the time limit."""
        deadline = asyncio.get_running_loop().time() + self._time_limit
        left = prompt.tokens * LONGEST_TOKEN
        replies, reply = await self._begun(prompt, deadline)
        try:
            while left > 0 and reply is not None:
                piece = str(reply.delta or "")
                yield piece[:left]
                left -= len(piece)
                reply = await _next(replies, deadline)
        finally:
            await replies.aclose()

    async def _begun(self, prompt: Prompt, deadline: float) -> tuple[Any, Any]:
        """The stream, and its first reply, None when it is empty: before that nobody knows whether it was accepted."""
        try:
            replies = await _within(deadline, self._ask(prompt))
            return replies, await _within(deadline, anext(replies, None))
        except FORM_REFUSED as exc:
            if not self._knows_schemas:
                raise ModelUnavailable(f"the endpoint refuses the request: {type(exc).__name__}") from exc
            logger.warning("%s takes no response_format; asking without it from now on", self.name)
            self._knows_schemas = False
            return await self._begun(prompt, deadline)
        except Exception as exc:
            # Whatever goes wrong at another's server, in any of three libraries, means the same to us.
            raise ModelUnavailable(f"{type(exc).__name__} before the first word") from exc

    async def _ask(self, prompt: Prompt) -> Any:
        if self._client.is_closed:
            self._client = DefaultAsyncHttpxClient(timeout=self._time_limit)
            self._llm = self._speaking()
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
            ChatMessage(role=MessageRole.USER, content=prompt.user),
        ]
        return await self._llm.astream_chat(messages, max_tokens=prompt.tokens, **self._form(prompt))

    def _form(self, prompt: Prompt) -> dict[str, Any]:
        if not self._knows_schemas:
            return {}
        schema = {"name": "antwoord", "strict": True, "schema": dict(prompt.schema)}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}


async def _next(replies: Any, deadline: float) -> Any:
    """The next reply; None at the end."""
    try:
        return await _within(deadline, anext(replies, None))
    except Exception as exc:
        raise ModelUnavailable(f"{type(exc).__name__} in the middle of a reply") from exc


async def _within(deadline: float, work: Any) -> Any:
    return await asyncio.wait_for(work, max(0.0, deadline - asyncio.get_running_loop().time()))
