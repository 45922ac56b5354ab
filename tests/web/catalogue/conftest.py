"""The app on the shelf of sources, in this process and on a port for a real browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from tests.web.catalogue.shelf import ShelfAssistant
from tests.web.helpers import some_settings
from web.app import create_app


@pytest.fixture
def assistant() -> ShelfAssistant:
    return ShelfAssistant()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs in a thread."""
    app = create_app(some_settings(tmp_path_factory.mktemp("catalogue")), ShelfAssistant())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
