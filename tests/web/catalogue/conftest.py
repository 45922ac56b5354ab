"""The app on the shelf of sources, in this process and on a port for a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.catalogue.shelf import ShelfAssistant
from tests.web.helpers import served, some_settings
from web.app import create_app


@pytest.fixture
def assistant() -> ShelfAssistant:
    return ShelfAssistant()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs in a thread."""
    app = create_app(some_settings(tmp_path_factory.mktemp("catalogue")), ShelfAssistant())
    with served(app) as address:
        yield address
