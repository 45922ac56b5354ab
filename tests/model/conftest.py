"""Assistants with a model behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from assistant import Assistant
from assistant.build import build_home, build_model
from assistant.embedding import Embedder
from tests.conftest import Workplace, copied
from tests.model.endpoint import Endpoint, Line, Seen, running, sentences

Opens = Callable[..., Assistant]


@pytest.fixture(scope="session")
def workplace(small: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A copy that no assistant owns yet. Shared by the tests of models: read only."""
    return copied(small, tmp_path_factory.mktemp("model"))


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """A server that copies the first sentence of the first source, until a test tells it otherwise."""

    async def honest(seen: Seen, line: Line) -> None:
        await line.say(sentences((seen.first, 1)))

    async with running(honest) as endpoint:
        yield endpoint


@pytest.fixture
async def with_model(workplace: Workplace, embedder: Embedder, endpoint: Endpoint) -> AsyncIterator[Opens]:
    """Opens an assistant whose model is the endpoint; settings may be changed by keyword."""
    opened: list[Assistant] = []

    def open_assistant(**changes: object) -> Assistant:
        known: dict[str, object] = {"llm_base_url": endpoint.url, "llm_patience": 2.0, "llm_time_limit": 4.0}
        settings = workplace.settings.model_copy(update={**known, **changes})
        opened.append(Assistant(settings, build_home(settings), embedder, build_model(settings)))
        return opened[-1]

    yield open_assistant
    for assistant in opened:
        await assistant.close()
